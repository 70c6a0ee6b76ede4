// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One matrix element with the unpacking in front of it; operands and accumulator enter together.
module fused_dot4_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [63:0] a_i,
  input  logic [63:0] b_i,
  input  logic [31:0] acc_i,
  output logic        valid_o,
  output logic [31:0] result_o
);
  logic [6:1] valid_q;
  num_pkg::dot_operand_t a_q, b_q;
  logic [31:0] acc_q[1:2];

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[5:1], valid_i} : '0;
    if (valid_i) begin
      a_q <= num_pkg::unpack_bf16x4(a_i);
      b_q <= num_pkg::unpack_bf16x4(b_i);
      acc_q[1] <= acc_i;
    end
    if (valid_q[1]) acc_q[2] <= acc_q[1];
  end

  fused_dot4 u_dut (
    .clk_i,
    .en_i (valid_q[5:1]),
    .a_i  (a_q),
    .b_i  (b_q),
    .acc_i(acc_q[2]),
    .result_o
  );

  assign valid_o = valid_q[6];
endmodule : fused_dot4_tb
