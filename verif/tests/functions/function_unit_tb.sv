// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Two function units on the same registers of eight words: one with two lanes, one with a lane for every word.
module function_unit_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [1:0]   valid_i,
  output logic [1:0]   ready_o,
  output logic [1:0]   free_o,
  output logic [1:0]   due_o,
  input  logic [2:0]   fn_i,
  input  logic [255:0] x_i,
  input  logic [6:0]   tag_i,
  output logic [1:0]   valid_o,
  output logic [6:0]   tag_o[2],
  output logic [255:0] data_o[2],
  output logic [3:0]   flags_o[2],
  output logic [1:0]   busy_o
);
  localparam int unsigned Words = 8;

  for (genvar u = 0; u < 2; u++) begin : gen_unit
    function_unit #(
      .Words(Words),
      .Lanes(u == 0 ? 2 : Words)
    ) u_dut (
      .clk_i,
      .rst_ni,
      .valid_i(valid_i[u]),
      .ready_o(ready_o[u]),
      .free_o (free_o[u]),
      .due_o  (due_o[u]),
      .fn_i   (function_pkg::fn_e'(fn_i)),
      .x_i,
      .tag_i,
      .valid_o(valid_o[u]),
      .tag_o  (tag_o[u]),
      .data_o (data_o[u]),
      .flags_o(flags_o[u]),
      .busy_o (busy_o[u])
    );
  end
endmodule : function_unit_tb
