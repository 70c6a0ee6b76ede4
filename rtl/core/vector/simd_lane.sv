// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One 32-bit word of the SIMD unit: an FP32 multiply-add lane that also serves the lower BF16 lane, a multiply-add
/// lane for the upper BF16 lane, and a short path for everything else.
///
/// Six stages, no back-pressure. The multiply-add lanes take `a_i`, `b_i`, `c_i` in stage 0, the short path takes the
/// shuffled `x_i`, `y_i` in stage 1; the result is registered by stage 5. `wide_en_i`, `narrow_en_i` and `alu_en_i` say
/// which path has work in stages 0 to 4, `out_en_i` that stage 5 has.
module simd_lane (
  input  logic               clk_i,
  // Stage enables.
  input  logic [4:0]         wide_en_i,
  input  logic [4:0]         narrow_en_i,
  input  logic [4:1]         alu_en_i,
  input  logic               out_en_i,
  // What stages 0, 1 and 5 do.
  input  num_pkg::fma_op_e   fma_op0_i,
  input  logic               narrow0_i,
  input  simd_pkg::alu_op_e  alu_op1_i,
  input  logic               fma5_i,
  input  logic               narrow5_i,
  // Operands.
  input  logic [31:0]        a_i,
  input  logic [31:0]        b_i,
  input  logic [31:0]        c_i,
  input  logic [31:0]        x_i,
  input  logic [31:0]        y_i,
  output logic [31:0]        result_o
);
  num_pkg::unrounded_t wide, narrow;
  logic [4:1][31:0] alu_q;
  logic [31:0] result_q;

  fp_fma #(
    .SigW(24)
  ) u_wide (
    .clk_i,
    .en_i    (wide_en_i),
    .op_i    (fma_op0_i),
    .low_i   (narrow0_i),
    .a_i,
    .b_i,
    .c_i,
    .result_o(wide)
  );

  fp_fma #(
    .SigW(8)
  ) u_narrow (
    .clk_i,
    .en_i    (narrow_en_i),
    .op_i    (fma_op0_i),
    .low_i   (1'b0),
    .a_i,
    .b_i,
    .c_i,
    .result_o(narrow)
  );

  function automatic logic [31:0] rounded_pair(input num_pkg::unrounded_t high, input num_pkg::unrounded_t low);
    return num_pkg::round(1'b1, high) | (num_pkg::round(1'b1, low) >> 16);
  endfunction

  always_ff @(posedge clk_i) begin
    if (alu_en_i[1]) alu_q[1] <= simd_pkg::alu_result(alu_op1_i, x_i, y_i);
    for (int unsigned s = 2; s <= 4; s++) begin
      if (alu_en_i[s]) alu_q[s] <= alu_q[s-1];
    end
    if (out_en_i) begin
      result_q <= !fma5_i ? alu_q[4] : narrow5_i ? rounded_pair(narrow, wide) : num_pkg::round(1'b0, wide);
    end
  end

  assign result_o = result_q;
endmodule : simd_lane
