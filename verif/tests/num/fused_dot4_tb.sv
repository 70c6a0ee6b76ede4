// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One matrix element with the unpacking in front of it; operands, their formats and accumulator enter together.
module fused_dot4_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [15:0] a_format_i,
  input  logic [15:0] b_format_i,
  input  logic [63:0] a_i,
  input  logic [63:0] b_i,
  input  logic [31:0] acc_i,
  output logic        valid_o,
  output logic [31:0] result_o
);
  logic [6:1] valid_q;
  dot_pkg::operand_t a_q, b_q;
  logic integer_q;
  fmt_pkg::descriptor_t a_format, b_format;

  assign a_format = fmt_pkg::descriptor_t'(a_format_i);
  assign b_format = fmt_pkg::descriptor_t'(b_format_i);
  logic [31:0] acc_q[1:2];

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[5:1], valid_i} : '0;
    if (valid_i) begin
      a_q <= dot_pkg::unpack(a_format.kind, a_format.bias, a_format.gradual, a_i);
      b_q <= dot_pkg::unpack(b_format.kind, b_format.bias, b_format.gradual, b_i);
      integer_q <= a_format.kind == fmt_pkg::KindInt8;
      acc_q[1] <= acc_i;
    end
    if (valid_q[1]) acc_q[2] <= acc_q[1];
  end

  fused_dot4 u_dut (
    .clk_i,
    .en_i (valid_q[5:1]),
    .integer_i(integer_q),
    .a_i  (a_q),
    .b_i  (b_q),
    .acc_i(acc_q[2]),
    .result_o
  );

  assign valid_o = valid_q[6];
endmodule : fused_dot4_tb
