// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A wide and a narrow multiply-add lane on the same word, each followed by its rounding.
module fp_fma_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [1:0]  op_i,
  /// BF16 numbers, the wide lane's in the upper halves.
  input  logic        bf16_i,
  input  logic [31:0] a_i,
  input  logic [31:0] b_i,
  input  logic [31:0] c_i,
  output logic        valid_o,
  output logic [31:0] wide_o,
  output logic [31:0] narrow_o,
  output logic [3:0]  wide_flags_o,
  output logic [3:0]  narrow_flags_o
);
  logic [6:1] valid_q;
  logic [5:1] bf16_q;
  num_pkg::unrounded_t wide, narrow;
  logic wide_denormal, narrow_denormal;
  logic [47:0] unused_wide_product;
  logic [15:0] unused_narrow_product;

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[5:1], valid_i} : '0;
    bf16_q <= {bf16_q[4:1], bf16_i};
    if (valid_q[5]) begin
      {wide_flags_o, wide_o} <= flag_pkg::round(bf16_q[5], wide, wide_denormal);
      {narrow_flags_o, narrow_o} <= flag_pkg::round(1'b1, narrow, narrow_denormal);
    end
  end

  fp_fma #(
    .SigW(24)
  ) u_wide (
    .clk_i,
    .en_i      ({valid_q[4:1], valid_i}),
    .op_i      (num_pkg::fma_op_e'(op_i)),
    .bf16_i,
    .integer_i (1'b0),
    .a_i,
    .b_i,
    .c_i,
    .product_o (unused_wide_product),
    .result_o  (wide),
    .denormal_o(wide_denormal)
  );

  fp_fma #(
    .SigW(8)
  ) u_narrow (
    .clk_i,
    .en_i      ({valid_q[4:1], valid_i}),
    .op_i      (num_pkg::fma_op_e'(op_i)),
    .bf16_i    (1'b1),
    .integer_i (1'b0),
    .a_i       ({a_i[15:0], 16'b0}),
    .b_i       ({b_i[15:0], 16'b0}),
    .c_i       ({c_i[15:0], 16'b0}),
    .product_o (unused_narrow_product),
    .result_o  (narrow),
    .denormal_o(narrow_denormal)
  );

  logic unused;
  assign unused = ^{unused_wide_product, unused_narrow_product};

  assign valid_o = valid_q[6];
endmodule : fp_fma_tb
