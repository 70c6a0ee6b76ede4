// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One 32-bit word of the SIMD unit: an FP32 multiply-add lane that also serves the upper BF16 lane, a multiply-add
/// lane for the lower BF16 lane, and a short path for everything else.
///
/// Six stages, no back-pressure. The multiply-add lanes take `a_i`, `b_i`, `c_i` in stage 0, the short path takes the
/// shuffled `x_i`, `y_i` in stage 1; the result is registered by stage 5. `wide_en_i`, `narrow_en_i` and `alu_en_i` say
/// which path has work in stages 0 to 4, `out_en_i` that stage 5 has. A 32-bit integer product (`product0_i`,
/// `product2_i`) uses the first two stages of the wide lane and joins the short path in stage 2. The flags are those of
/// multiply-adds; other results raise none.
module simd_lane (
  input  logic               clk_i,
  // Stage enables.
  input  logic [4:0]         wide_en_i,
  input  logic [4:0]         narrow_en_i,
  input  logic [4:1]         alu_en_i,
  input  logic               out_en_i,
  // What stages 0, 1, 2 and 5 do.
  input  num_pkg::fma_op_e   fma_op0_i,
  input  logic               narrow0_i,
  input  logic               product0_i,
  input  simd_pkg::alu_op_e  alu_op1_i,
  input  logic               product2_i,
  input  logic               fma5_i,
  input  logic               narrow5_i,
  // Operands.
  input  logic [31:0]        a_i,
  input  logic [31:0]        b_i,
  input  logic [31:0]        c_i,
  input  logic [31:0]        x_i,
  input  logic [31:0]        y_i,
  output logic [31:0]        result_o,
  output flag_pkg::flags_t   flags_o
);
  num_pkg::unrounded_t wide, narrow;
  logic wide_denormal, narrow_denormal;
  logic [47:0] product;
  logic [15:0] unused_product;
  logic [4:1][31:0] alu_q;
  logic [31:0] result_q;
  flag_pkg::flags_t flags_q;

  fp_fma #(
    .SigW(24)
  ) u_wide (
    .clk_i,
    .en_i      (wide_en_i),
    .op_i      (fma_op0_i),
    .bf16_i    (narrow0_i),
    .integer_i (product0_i),
    .a_i,
    .b_i,
    .c_i,
    .product_o (product),
    .result_o  (wide),
    .denormal_o(wide_denormal)
  );

  fp_fma #(
    .SigW(8)
  ) u_narrow (
    .clk_i,
    .en_i      (narrow_en_i),
    .op_i      (fma_op0_i),
    .bf16_i    (1'b1),
    .integer_i (1'b0),
    .a_i       ({a_i[15:0], 16'b0}),
    .b_i       ({b_i[15:0], 16'b0}),
    .c_i       ({c_i[15:0], 16'b0}),
    .product_o (unused_product),
    .result_o  (narrow),
    .denormal_o(narrow_denormal)
  );

  always_ff @(posedge clk_i) begin
    if (alu_en_i[1]) alu_q[1] <= simd_pkg::alu_result(alu_op1_i, x_i, y_i);
    if (alu_en_i[2]) alu_q[2] <= product2_i ? alu_q[1] + product[31:0] : alu_q[1];
    for (int unsigned s = 3; s <= 4; s++) begin
      if (alu_en_i[s]) alu_q[s] <= alu_q[s-1];
    end
    if (out_en_i) begin
      result_q <= alu_q[4];
      flags_q <= '0;
      if (fma5_i) begin : rounding
        automatic flag_pkg::flagged_t high = flag_pkg::round(narrow5_i, wide, wide_denormal);
        result_q <= high.bits;
        flags_q <= high.flags;
        if (narrow5_i) begin : lower_half
          automatic flag_pkg::flagged_t low = flag_pkg::round(1'b1, narrow, narrow_denormal);
          result_q <= high.bits | (low.bits >> 16);
          flags_q <= high.flags | low.flags;
        end
      end
    end
  end

  logic unused;
  assign unused = ^{product[47:32], unused_product};

  assign result_o = result_q;
  assign flags_o = flags_q;
endmodule : simd_lane
