// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The rows of a gather: the table is read piece by piece and not beyond its end, and one row, chosen by the solver, comes in its
/// turn with the place that its offset names. It exists exactly when the offset is a multiple of 8, within the job's room, and was read
/// without error; so no row that exists lies outside. Jobs of fewer than 2^`RowsW` rows, so of
/// one or two pieces, one after the other.
module index_proof #(
  localparam int unsigned RowsW = 5
) (
  input logic           clk_i,
  input logic           rst_ni,
  input logic           start_i,
  input dma_pkg::job_t  job_i,
  input logic           read_ready_i,
  input logic           data_valid_i,
  input dma_pkg::data_t data_i,
  input logic           row_ready_i
);
  localparam int unsigned Words = sram_pkg::Words;
  localparam int unsigned CountW = RowsW + 4;

  typedef logic [CountW-1:0] count_t;

  `TATAMI_FORMAL_RESET

  dma_pkg::job_t job, job_q;
  dma_pkg::read_t read;
  dma_pkg::row_t row;
  logic read_valid, row_valid, asks, gives;
  logic [RowsW-1:0] watched;

  any_constant #(
    .Width(RowsW)
  ) u_watched (
    .clk_i,
    .value_o(watched)
  );

  always_comb begin
    job = job_i;
    job.read_rows = dma_pkg::RowsW'(job_i.read_rows[RowsW-1:0]);
  end

  dma_index u_index (
    .clk_i,
    .rst_ni,
    .start_i,
    .job_i       (job),
    .read_valid_o(read_valid),
    .read_ready_i,
    .read_o      (read),
    .data_valid_i,
    .data_i,
    .row_valid_o (row_valid),
    .row_ready_i,
    .row_o       (row)
  );

  assign asks  = read_valid && read_ready_i;
  assign gives = row_valid && row_ready_i;

  // Rows asked for, answered, and handed out; the watched one's entry of the table.
  count_t rows, asked_q, answered_q, given_q;
  logic [31:0] entry, entry_q;
  logic lost, lost_q;

  assign rows  = count_t'(job_q.read_rows[RowsW-1:0]);
  assign entry = data_i.payload[32*watched[3:0]+:32];
  assign lost  = data_i.uncorrectable[watched[3:1]];

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      asked_q <= '0;
      answered_q <= '0;
      given_q <= '0;
      job_q.read_rows <= '0;
    end else if (start_i) begin
      job_q <= job;
      asked_q <= '0;
      answered_q <= '0;
      given_q <= '0;
    end else begin
      asked_q <= asked_q + (asks ? count_t'(2 * Words) : '0);
      answered_q <= answered_q + (data_valid_i ? count_t'(2 * Words) : '0);
      given_q <= given_q + count_t'(gives);
      if (data_valid_i && answered_q == count_t'({watched[RowsW-1:4], 4'd0})) begin
        entry_q <= entry;
        lost_q <= lost;
      end
    end
  end

  `TATAMI_ASSUME(StartWhenDone, !start_i || given_q + count_t'(gives) >= rows)
  `TATAMI_ASSUME(SomeRows, !start_i || job.read_rows != '0)
  `TATAMI_ASSUME(AnswersReads, !data_valid_i || answered_q < asked_q)

  logic exists;
  sram_pkg::word_addr_t src;
  assign src = job_q.src + sram_pkg::word_addr_t'(entry_q >> 3);
  assign exists = !lost_q && entry_q[2:0] == '0 && 33'(entry_q) <= 33'({job_q.room, 3'b0});

  `TATAMI_ASSERT(InTable, !read_valid || asked_q < rows)
  `TATAMI_ASSERT(Piece, !read_valid || read.addr == job_q.index + sram_pkg::word_addr_t'(asked_q >> 1))
  for (genvar i = 0; i < Words; i++) begin : gen_word
    `TATAMI_ASSERT(WithinTable, !read_valid || read.en[i] == (asked_q + count_t'(2 * i) < rows))
  end
  `TATAMI_ASSERT(Count, !row_valid || given_q < rows)
  `TATAMI_ASSERT(Answered, !row_valid || given_q < answered_q)
  `TATAMI_ASSERT(Exists, !row_valid || given_q != count_t'(watched) || row.broken == !exists)
  `TATAMI_ASSERT(Place, !row_valid || given_q != count_t'(watched) || row.broken || row.src == src)
  // What the unit keeps, in terms of what has come and gone; this makes the rest inductive.
  count_t out, used;  // rows that were handed on, pieces that are used up
  logic waits, slot;  // the watched row's entry has come and is not used yet; its piece
  dma_pkg::data_t piece;
  assign out   = given_q + count_t'(row_valid);
  assign used  = (out == rows) ? (rows + count_t'(15)) >> 4 : out >> 4;
  assign slot  = u_index.u_pieces.read_q ^ watched[4] ^ used[0];
  assign waits = answered_q > count_t'({watched[4], 4'd0}) && out <= count_t'(watched) && count_t'(watched) < rows;
  assign piece = u_index.u_pieces.mem_q[slot];
  `TATAMI_ASSERT(Job, rows == '0 || (u_index.src_q == job_q.src && u_index.room_q == job_q.room))
  `TATAMI_ASSERT(Idle, rows != '0 || {asked_q, answered_q, given_q, row_valid} == '0)
  `TATAMI_ASSERT(Pieces, {asked_q[3:0], answered_q[3:0]} == '0)
  `TATAMI_ASSERT(Bounds, asked_q < rows + count_t'(16) && answered_q <= asked_q && out <= answered_q && out <= rows)
  `TATAMI_ASSERT(AskCount, u_index.ask_q == ((asked_q < rows) ? dma_pkg::RowsW'(rows - asked_q) : '0))
  `TATAMI_ASSERT(AskPlace, rows == '0 || u_index.addr_q == job_q.index + sram_pkg::word_addr_t'(asked_q >> 1))
  `TATAMI_ASSERT(GiveCount, rows == '0 || u_index.give_q == dma_pkg::RowsW'(rows - out))
  `TATAMI_ASSERT(PlaceCount, rows == '0 || u_index.place_q == out[3:0])
  `TATAMI_ASSERT(PiecesOut, count_t'(u_index.pieces_q) == (asked_q >> 4) - used)
  `TATAMI_ASSERT(PiecesThere, count_t'(u_index.u_pieces.count_q) == (answered_q >> 4) - used)
  `TATAMI_ASSERT(PiecesRing, u_index.u_pieces.count_q[0] == (u_index.u_pieces.write_q ^ u_index.u_pieces.read_q))
  `TATAMI_ASSERT(
      Waits, !waits || {piece.payload[32*watched[3:0]+:32], piece.uncorrectable[watched[3:1]]} == {entry_q, lost_q})
  `TATAMI_COVER(SecondPiece, gives && given_q == count_t'(17) && watched == RowsW'(17) && !row.broken)
  `TATAMI_COVER(Again, start_i && given_q != '0)
endmodule : index_proof
