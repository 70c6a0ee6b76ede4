// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The node's SRAM: SramBanks x SramRows lines of eight SECDED words, four read ports and two write ports.
///
/// Latency: a read that meets no conflict answers exactly 3 cycles after it is accepted (cycle 0 request, 1 access,
/// 2 parity, 3 correct and respond); a write is done 2 cycles after. Each cycle in which some word is held back adds one.
/// Throughput: 1 request per port and cycle while its words want different columns and no two ports want one macro.
/// Handshake: `*_ready_o` is high when the port is idle or its request is granted its last words in this cycle.
/// Responses come in order per port and cannot be held back. `wr_done_o` pulses once per accepted write, in order, even
/// when `en` was zero; every read accepted in that cycle or later sees the data.
/// Order: words of one request may be granted in different cycles; a word is never seen half-written.
/// Fairness: one port is the head of the order of service until its request is served, then the next one. So a request
/// is served after at most 92 cycles, whatever the other ports do.
/// Errors: single-bit errors are corrected in the response and flagged, and then put right in the memory, which takes its
/// bank for at most 2 cycles (see sram_repair); double-bit errors are flagged as uncorrectable and survive partial writes.
/// Both are counted. The scrubber uses idle slots. Addresses outside the SRAM are not allowed (asserted).
module sram (
  input  logic                                  clk_i,
  input  logic                                  rst_ni,
  // read ports
  input  logic [sram_map_pkg::Readers-1:0]      rd_valid_i,
  output logic [sram_map_pkg::Readers-1:0]      rd_ready_o,
  input  sram_pkg::read_req_t                   rd_i[sram_map_pkg::Readers],
  output logic [sram_map_pkg::Readers-1:0]      rd_valid_o,
  output sram_pkg::read_rsp_t                   rd_o[sram_map_pkg::Readers],
  // write ports
  input  logic [sram_map_pkg::Writers-1:0]      wr_valid_i,
  output logic [sram_map_pkg::Writers-1:0]      wr_ready_o,
  input  sram_pkg::write_req_t                  wr_i[sram_map_pkg::Writers],
  output logic [sram_map_pkg::Writers-1:0]      wr_done_o,
  // wrong words and the scrubber
  input  logic                                  awake_i,  // the clock runs for other reasons than this SRAM
  input  sram_pkg::errors_write_t               errors_write_i,
  output sram_pkg::errors_t                     errors_o,
  output logic                                  lost_o,   // an access met a word that cannot be put right
  // the clock must run in the next cycle
  output logic                                  busy_o
);
  localparam int unsigned Ports = sram_map_pkg::Ports;
  localparam int unsigned Readers = sram_map_pkg::Readers;
  localparam int unsigned Writers = sram_map_pkg::Writers;
  localparam int unsigned Columns = sram_map_pkg::Columns;
  localparam int unsigned Words = sram_pkg::Words;

  `TATAMI_ASSERT_STATIC(Banks, cfg_pkg::SramBanks == 2 ** $clog2(cfg_pkg::SramBanks),
                        "sram: sram_banks must be a power of two")
  `TATAMI_ASSERT_STATIC(Size, cfg_pkg::SramBytes <= 2 ** sram_pkg::ByteAddrW,
                        "sram: the SRAM must fit the 21-bit byte address; lower sram_banks or sram_rows")

  // Requests by port.
  logic [Ports-1:0] valid, ready, active, first, last;
  logic [Words-1:0] en[Ports];
  sram_pkg::word_addr_t [Words-1:0] addr[Ports];
  logic [Columns-1:0] req[Ports];
  logic [Columns-1:0] grant[Ports];
  logic [Words-1:0] take[Ports];
  logic [Words-1:0] word[Ports][Columns];
  sram_map_pkg::slot_t slot[Ports][Columns];
  sram_map_pkg::column_t column[Ports][Words];
  secded_pkg::code_t wcode[Writers][Columns];
  logic [sram_pkg::WordBytes-1:0] wstrb[Writers][Columns];
  logic [Writers-1:0] wflip;
  secded_pkg::code_t rcode[Readers][Columns];
  sram_map_pkg::slot_t rslot[Readers][Columns];
  logic [Columns-1:0] corrected[Readers];
  logic [Columns-1:0] lost[Readers];
  logic [Columns-1:0] column_busy, repair_busy, probe, probed, missed, report_valid;
  sram_map_pkg::slot_t probe_slot;
  sram_map_pkg::report_t report[Columns];
  logic [Readers-1:0] return_busy;
  logic serves, sweeps;

  logic unused_first;
  assign unused_first = ^first[Ports-1:Readers];

  // The head moves on when its request is served, or it has none and another port has. Without requests it stays, so
  // that a clock that stops in between changes nothing.
  logic [sram_map_pkg::PortW-1:0] head_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) head_q <= '0;
    else if (active[head_q] ? last[head_q] : active != '0)
      head_q <= (head_q == sram_map_pkg::PortW'(Ports - 1)) ? '0 : head_q + 1'b1;
  end

  for (genvar p = 0; p < Ports; p++) begin : gen_port
    sram_requester u_requester (
      .clk_i,
      .rst_ni,
      .valid_i(valid[p]),
      .ready_o(ready[p]),
      .en_i(en[p]),
      .addr_i(addr[p]),
      .req_o(req[p]),
      .word_o(word[p]),
      .slot_o(slot[p]),
      .grant_i(grant[p]),
      .active_o(active[p]),
      .first_o(first[p]),
      .last_o(last[p]),
      .take_o(take[p]),
      .column_o(column[p])
    );
  end

  for (genvar r = 0; r < Readers; r++) begin : gen_reader
    assign valid[r] = rd_valid_i[r];
    assign rd_ready_o[r] = ready[r];
    assign en[r] = rd_i[r].en;
    assign addr[r] = rd_i[r].addr;

    sram_read_return u_return (
      .clk_i,
      .rst_ni,
      .first_i(first[r]),
      .last_i(last[r]),
      .take_i(take[r]),
      .column_i(column[r]),
      .code_i(rcode[r]),
      .slot_i(rslot[r]),
      .corrected_o(corrected[r]),
      .lost_o(lost[r]),
      .valid_o(rd_valid_o[r]),
      .rsp_o(rd_o[r]),
      .busy_o(return_busy[r])
    );
  end

  for (genvar w = 0; w < Writers; w++) begin : gen_writer
    assign valid[Readers+w] = wr_valid_i[w];
    assign wr_ready_o[w] = ready[Readers+w];
    assign en[Readers+w] = wr_i[w].en;
    assign addr[Readers+w] = wr_i[w].addr;

    sram_write_data u_data (
      .clk_i,
      .accept_i(wr_valid_i[w] && wr_ready_o[w]),
      .data_i(wr_i[w].data),
      .strb_i(wr_i[w].strb),
      .flip_i(wr_i[w].flip),
      .req_i(req[Readers+w]),
      .word_i(word[Readers+w]),
      .code_o(wcode[w]),
      .strb_o(wstrb[w]),
      .flip_o(wflip[w])
    );

    // A partial write that is granted counts as done: its banks are locked until it is in the macro.
    always_ff @(posedge clk_i) begin
      if (!rst_ni) wr_done_o[w] <= 1'b0;
      else wr_done_o[w] <= last[Readers+w];
    end
  end

  for (genvar c = 0; c < Columns; c++) begin : gen_column
    logic [Ports-1:0] column_req, column_grant;
    sram_map_pkg::slot_t column_slot[Ports];
    secded_pkg::code_t column_wcode[Writers];
    logic [sram_pkg::WordBytes-1:0] column_wstrb[Writers];
    secded_pkg::code_t column_rcode[Readers];
    sram_map_pkg::slot_t column_rslot[Readers];
    logic [Readers-1:0] column_corrected, column_lost;

    for (genvar p = 0; p < Ports; p++) begin : gen_port
      assign column_req[p] = req[p][c];
      assign column_slot[p] = slot[p][c];
      assign grant[p][c] = column_grant[p];
    end
    for (genvar w = 0; w < Writers; w++) begin : gen_writer
      assign column_wcode[w] = wcode[w][c];
      assign column_wstrb[w] = wstrb[w][c];
    end
    for (genvar r = 0; r < Readers; r++) begin : gen_reader
      assign rcode[r][c] = column_rcode[r];
      assign rslot[r][c] = column_rslot[r];
      assign column_corrected[r] = corrected[r][c];
      assign column_lost[r] = lost[r][c];
    end

    sram_column u_column (
      .clk_i,
      .rst_ni,
      .head_i(head_q),
      .req_i(column_req),
      .slot_i(column_slot),
      .grant_o(column_grant),
      .wcode_i(column_wcode),
      .wstrb_i(column_wstrb),
      .wflip_i(wflip),
      .rcode_o(column_rcode),
      .rslot_o(column_rslot),
      .corrected_i(column_corrected),
      .lost_i(column_lost),
      .probe_i(probe[c]),
      .probe_slot_i(probe_slot),
      .probed_o(probed[c]),
      .missed_o(missed[c]),
      .report_valid_o(report_valid[c]),
      .report_o(report[c]),
      .busy_o(column_busy[c]),
      .repair_busy_o(repair_busy[c])
    );
  end

  assign serves = active != '0 || column_busy != '0 || return_busy != '0 || wr_done_o != '0;

  sram_scrubber u_scrubber (
    .clk_i,
    .rst_ni,
    .awake_i(awake_i || serves),
    .interval_i(errors_o.scrub),
    .sweep_i(missed != '0),
    .probe_o(probe),
    .slot_o(probe_slot),
    .probed_i(probed),
    .busy_o(sweeps)
  );

  sram_errors u_errors (
    .clk_i,
    .rst_ni,
    .valid_i(report_valid),
    .report_i(report),
    .write_i(errors_write_i),
    .lost_o,
    .errors_o
  );

  assign busy_o = serves || repair_busy != '0 || sweeps;
endmodule : sram
