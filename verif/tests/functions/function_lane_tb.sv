// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A function lane with its stage enables.
module function_lane_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [2:0]  fn_i,
  input  logic [31:0] x_i,
  output logic        valid_o,
  output logic [31:0] result_o,
  output logic [3:0]  flags_o
);
  logic [7:1] valid_q;

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[6:1], valid_i} : '0;
  end

  function_lane u_dut (
    .clk_i,
    .en_i({valid_q[6:1], valid_i}),
    .fn_i(function_pkg::fn_e'(fn_i)),
    .x_i,
    .result_o,
    .flags_o
  );

  assign valid_o = valid_q[7];
endmodule : function_lane_tb
