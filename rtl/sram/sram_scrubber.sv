// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Walks through all lines of the SRAM, over and over, and has each column's repair unit look at its word.
///
/// Every `interval_i` cycles in which the node is awake for other reasons one line comes up; 0 turns it off. A line is
/// done when each of its words has been read in an idle slot of its bank. In cycles in which `awake_i` is low nothing
/// moves, so the result is the same whether the clock runs in them or not.
/// `sweep_i`: a wrong word was seen but not noted. Then all lines come up at once, one after the other, and `busy_o`
/// keeps the clock running until they are done.
module sram_scrubber (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  input  logic                              awake_i,
  input  logic [sram_pkg::CountW-1:0]       interval_i,
  input  logic                              sweep_i,
  output logic [sram_map_pkg::Columns-1:0]  probe_o,
  output sram_map_pkg::slot_t               slot_o,
  input  logic [sram_map_pkg::Columns-1:0]  probed_i,
  output logic                              busy_o
);
  localparam int unsigned Lines = cfg_pkg::SramBanks * cfg_pkg::SramRows;
  localparam int unsigned LineCountW = $clog2(Lines + 1);
  localparam logic [LineCountW-1:0] LastLine = LineCountW'(Lines - 1);

  logic [sram_pkg::CountW-1:0] timer_q;  // cycles from the one in which a line came up, that one counted
  logic [sram_map_pkg::Columns-1:0] left_q;  // words of the line that have not been read
  logic [LineCountW-1:0] line_q, sweep_q;  // the line, and how many are to come at once
  logic moves, due, ends;

  assign busy_o  = sweep_q != '0;
  assign moves   = awake_i || busy_o;
  assign due     = interval_i != '0 && timer_q >= interval_i;
  assign probe_o = moves ? left_q : '0;
  assign slot_o  = sram_map_pkg::slot_of(sram_map_pkg::LineW'(line_q));
  assign ends    = left_q != '0 && (left_q & ~probed_i) == '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      timer_q <= sram_pkg::CountW'(1);
      left_q  <= '0;
      line_q  <= '0;
      sweep_q <= '0;
    end else begin
      if (moves) begin
        if (interval_i == '0) timer_q <= sram_pkg::CountW'(1);
        else if (!due) timer_q <= timer_q + 1'b1;
        if (left_q != '0) left_q <= left_q & ~probed_i;
        else if (due || busy_o) begin
          timer_q <= sram_pkg::CountW'(1);
          left_q  <= '1;
        end
        if (ends) begin
          line_q <= (line_q == LastLine) ? '0 : line_q + 1'b1;
          if (busy_o) sweep_q <= sweep_q - 1'b1;
        end
      end
      if (sweep_i) sweep_q <= LineCountW'(Lines);
    end
  end
endmodule : sram_scrubber
