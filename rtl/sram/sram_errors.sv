// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Counts wrong words and remembers where they lie; holds the scrubber's interval.
///
/// A report counts in the cycle after it shows. Counters stop at their highest value. A write of software goes before
/// a report of the same cycle. All is zero after reset.
module sram_errors (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  input  logic [sram_map_pkg::Columns-1:0]  valid_i,
  input  sram_map_pkg::report_t             report_i[sram_map_pkg::Columns],
  input  sram_pkg::errors_write_t           write_i,
  output logic                              lost_o,    // in this cycle a report tells of a lost word
  output sram_pkg::errors_t                 errors_o
);
  localparam int unsigned SumW = 6;  // up to 7 of each column
  typedef logic [sram_pkg::CountW-1:0] count_t;

  count_t fixed_q, lost_q, scrub_q;
  sram_pkg::word_addr_t fixed_at_q, lost_at_q, fixed_at, lost_at;
  logic [2:0] lost_port_q, lost_port;
  logic [SumW-1:0] fixed, lost;

  always_comb begin
    fixed = '0;
    lost = '0;
    fixed_at = '0;
    lost_at = '0;
    lost_port = '0;
    if (valid_i != '0) begin
      for (int unsigned c = 0; c < sram_map_pkg::Columns; c++) begin
        if (valid_i[c] && report_i[c].fixed != '0) begin
          fixed = fixed + SumW'(report_i[c].fixed);
          fixed_at = sram_map_pkg::word_of(sram_map_pkg::column_t'(c), report_i[c].fixed_slot);
        end
        if (valid_i[c] && report_i[c].lost != '0) begin
          lost = lost + SumW'(report_i[c].lost);
          lost_at = sram_map_pkg::word_of(sram_map_pkg::column_t'(c), report_i[c].lost_slot);
          lost_port = report_i[c].lost_port;
        end
      end
    end
  end

  function automatic count_t sum(input count_t count, input logic [SumW-1:0] more);
    logic [sram_pkg::CountW:0] wide;
    wide = {1'b0, count} + (sram_pkg::CountW + 1)'(more);
    return wide[sram_pkg::CountW] ? '1 : wide[sram_pkg::CountW-1:0];
  endfunction

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      fixed_q     <= '0;
      lost_q      <= '0;
      scrub_q     <= '0;
      fixed_at_q  <= '0;
      lost_at_q   <= '0;
      lost_port_q <= '0;
    end else begin
      if (valid_i != '0) begin
        fixed_q <= sum(fixed_q, fixed);
        lost_q  <= sum(lost_q, lost);
      end
      if (fixed != '0) fixed_at_q <= fixed_at;
      if (lost != '0 && lost_q == '0) begin
        lost_at_q   <= lost_at;
        lost_port_q <= lost_port;
      end
      if (write_i.scrub) scrub_q <= write_i.data;
      if (write_i.fixed) fixed_q <= write_i.data;
      if (write_i.lost) lost_q <= write_i.data;
    end
  end

  function automatic sram_pkg::place_t place(input sram_pkg::word_addr_t addr, input logic [2:0] port);
    sram_pkg::place_t result;
    result = '0;
    result.addr = {addr, 3'b0};
    result.bank = 8'(sram_map_pkg::bank_of(addr[sram_pkg::WordAddrW-1:sram_map_pkg::ColumnW]));
    result.column = sram_map_pkg::column_of(addr);
    result.port = port;
    return result;
  endfunction

  assign lost_o = lost != '0;
  assign errors_o = '{
      scrub: scrub_q,
      fixed: fixed_q,
      fixed_at: place(fixed_at_q, '0),
      lost: lost_q,
      lost_at: place(lost_at_q, lost_port_q)
  };
endmodule : sram_errors
