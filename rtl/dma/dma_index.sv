// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Reads the table of a gather, ahead of the walker, and says where each row lies.
///
/// Latency: from `start_i` to the first row 4 cycles plus the SRAM's read latency. Throughput: 1 row per cycle, as long as
/// pieces of 64 B (16 rows) come in time; dma_pkg::IndexPieces of them are under way or wait.
/// Handshake: `start_i` is a pulse that comes when all rows of the job before are taken; rows are valid/ready; read data
/// always has space. Work is left only while the walker has rows to send.
/// Errors: a row whose offset is not a multiple of 8, or is beyond the job's `room`, or lies in an uncorrectable word of the
/// table, is `broken`.
module dma_index (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             start_i,
  input  dma_pkg::job_t    job_i,
  // SRAM reads
  output logic             read_valid_o,
  input  logic             read_ready_i,
  output dma_pkg::read_t   read_o,
  input  logic             data_valid_i,
  input  dma_pkg::data_t   data_i,
  // rows
  output logic             row_valid_o,
  input  logic             row_ready_i,
  output dma_pkg::row_t    row_o
);
  localparam int unsigned RowsW = dma_pkg::RowsW;
  localparam int unsigned Offsets = noc_pkg::PayloadBytes / 4;  // in a piece
  localparam int unsigned PlaceW = $clog2(Offsets);
  localparam int unsigned CountW = $clog2(dma_pkg::IndexPieces + 1);

  logic [RowsW-1:0] ask_q, give_q;  // rows whose offset is still to be asked for, to be handed out
  sram_pkg::word_addr_t addr_q, src_q, room_q;
  logic [CountW-1:0] pieces_q;  // asked for and not used up
  logic [PlaceW-1:0] place_q;
  logic ask, space, data_valid, give, used_up;
  dma_pkg::data_t piece;
  logic [31:0] offset;
  logic lost;

  assign read_valid_o = ask_q != '0 && pieces_q != CountW'(dma_pkg::IndexPieces);
  assign ask = read_valid_o && read_ready_i;
  assign read_o.addr = addr_q;

  always_comb begin
    for (int unsigned i = 0; i < sram_pkg::Words; i++) read_o.en[i] = RowsW'(2 * i) < ask_q;
  end

  fifo #(
    .data_t(dma_pkg::data_t),
    .Depth(dma_pkg::IndexPieces)
  ) u_pieces (
    .clk_i,
    .rst_ni,
    .valid_i(data_valid_i),
    .ready_o(space),
    .data_i,
    .valid_o(data_valid),
    .ready_i(used_up),
    .data_o(piece)
  );

  assign give = data_valid && (!row_valid_o || row_ready_i);
  assign used_up = give && (place_q == '1 || give_q == RowsW'(1));
  assign offset = piece.payload[32*place_q+:32];
  assign lost = piece.uncorrectable[place_q[PlaceW-1:1]];

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      ask_q <= '0;
      pieces_q <= '0;
      row_valid_o <= 1'b0;
    end else begin
      if (start_i) ask_q <= job_i.read_rows;
      else if (ask) ask_q <= (ask_q > RowsW'(Offsets)) ? ask_q - RowsW'(Offsets) : '0;
      if (ask != used_up) pieces_q <= ask ? pieces_q + 1'b1 : pieces_q - 1'b1;
      if (give) row_valid_o <= 1'b1;
      else if (row_ready_i) row_valid_o <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      addr_q  <= job_i.index;
      src_q   <= job_i.src;
      room_q  <= job_i.room;
      give_q  <= job_i.read_rows;
      place_q <= '0;
    end else begin
      if (ask) addr_q <= addr_q + sram_pkg::WordAddrW'(sram_pkg::Words);
      if (give) begin
        give_q  <= give_q - 1'b1;
        place_q <= place_q + 1'b1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (give) begin
      row_o.broken <= lost || offset[2:0] != '0 || offset[31:3] > 29'(room_q);
      row_o.src <= src_q + offset[3+:sram_pkg::WordAddrW];
    end
  end

  `TATAMI_ASSERT(DataSpace, !data_valid_i || space)
  `TATAMI_ASSERT(StartWhenDone, !start_i || (ask_q == '0 && pieces_q == '0 && (!row_valid_o || row_ready_i)))
  `TATAMI_ASSERT_STREAM(Row, row_valid_o, row_ready_i, row_o)
endmodule : dma_index
