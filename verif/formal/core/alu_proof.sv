// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The integer unit equals the instruction set manual's sums, comparisons and shifts, for all operands: sums bit by bit
/// with carries, comparisons by the sign of a difference, shifts in steps of powers of two.
module alu_proof (
  input logic         clk_i,
  input logic         rst_ni,
  input isa_pkg::op_e op_i,
  input logic [63:0]  pc_i,
  input logic [63:0]  xs1_i,
  input logic [63:0]  xs2_i,
  input logic [63:0]  imm_i
);
  `TATAMI_FORMAL_RESET

  logic [63:0] result;

  alu u_alu (
    .op_i,
    .pc_i,
    .xs1_i,
    .xs2_i,
    .imm_i,
    .result_o(result)
  );

  /// a + b + carry, one full adder per bit; the carry out is bit 64.
  function automatic logic [64:0] ripple(input logic [63:0] a, input logic [63:0] b, input logic carry);
    logic [64:0] sum;
    logic c;
    c = carry;
    for (int unsigned i = 0; i < 64; i++) begin
      sum[i] = a[i] ^ b[i] ^ c;
      c = (a[i] & b[i]) | (c & (a[i] | b[i]));
    end
    sum[64] = c;
    return sum;
  endfunction

  function automatic logic below(input logic [63:0] a, input logic [63:0] b, input logic is_signed);
    logic [64:0] difference;
    difference = ripple(a, ~b, 1'b1);
    return (is_signed && a[63] != b[63]) ? a[63] : !difference[64];
  endfunction

  function automatic logic [63:0] left(input logic [63:0] x, input logic [5:0] by);
    logic [63:0] y;
    y = x;
    for (int unsigned k = 0; k < 6; k++) begin
      if (by[k]) begin
        for (int i = 63; i >= 0; i--) y[i] = (i >= 2 ** k) ? y[i-2**k] : 1'b0;
      end
    end
    return y;
  endfunction

  function automatic logic [63:0] right(input logic [63:0] x, input logic [5:0] by, input logic fill);
    logic [63:0] y;
    y = x;
    for (int unsigned k = 0; k < 6; k++) begin
      if (by[k]) begin
        for (int unsigned i = 0; i < 64; i++) y[i] = (i + 2 ** k < 64) ? y[i+2**k] : fill;
      end
    end
    return y;
  endfunction

  function automatic logic [63:0] word(input logic [63:0] x);
    logic [63:0] y;
    for (int unsigned i = 0; i < 64; i++) y[i] = (i < 32) ? x[i] : x[31];
    return y;
  endfunction

  function automatic logic [63:0] zero_word(input logic [63:0] x);
    return {32'd0, x[31:0]};
  endfunction

  // The second operand: a register for register forms, else the immediate.
  logic by_register;
  logic [63:0] b, expected;
  always_comb begin
    by_register = op_i inside {isa_pkg::OpAdd, isa_pkg::OpSub, isa_pkg::OpSll, isa_pkg::OpSlt, isa_pkg::OpSltu,
                               isa_pkg::OpXor, isa_pkg::OpSrl, isa_pkg::OpSra, isa_pkg::OpOr, isa_pkg::OpAnd,
                               isa_pkg::OpAddw, isa_pkg::OpSubw, isa_pkg::OpSllw, isa_pkg::OpSrlw, isa_pkg::OpSraw};
    b = by_register ? xs2_i : imm_i;
  end

  always_comb begin
    case (op_i)
      isa_pkg::OpLui: expected = imm_i;
      isa_pkg::OpAuipc: expected = ripple(pc_i, imm_i, 1'b0)[63:0];
      isa_pkg::OpAdd, isa_pkg::OpAddi: expected = ripple(xs1_i, b, 1'b0)[63:0];
      isa_pkg::OpSub: expected = ripple(xs1_i, ~b, 1'b1)[63:0];
      isa_pkg::OpAddw, isa_pkg::OpAddiw: expected = word(ripple(xs1_i, b, 1'b0)[63:0]);
      isa_pkg::OpSubw: expected = word(ripple(xs1_i, ~b, 1'b1)[63:0]);
      isa_pkg::OpSlt, isa_pkg::OpSlti: expected = {63'd0, below(xs1_i, b, 1'b1)};
      isa_pkg::OpSltu, isa_pkg::OpSltiu: expected = {63'd0, below(xs1_i, b, 1'b0)};
      isa_pkg::OpXor, isa_pkg::OpXori: expected = (xs1_i | b) & ~(xs1_i & b);
      isa_pkg::OpOr, isa_pkg::OpOri: expected = ~(~xs1_i & ~b);
      isa_pkg::OpAnd, isa_pkg::OpAndi: expected = ~(~xs1_i | ~b);
      isa_pkg::OpSll, isa_pkg::OpSlli: expected = left(xs1_i, b[5:0]);
      isa_pkg::OpSrl, isa_pkg::OpSrli: expected = right(xs1_i, b[5:0], 1'b0);
      isa_pkg::OpSra, isa_pkg::OpSrai: expected = right(xs1_i, b[5:0], xs1_i[63]);
      isa_pkg::OpSllw, isa_pkg::OpSlliw: expected = word(left(xs1_i, {1'b0, b[4:0]}));
      isa_pkg::OpSrlw, isa_pkg::OpSrliw: expected = word(right(zero_word(xs1_i), {1'b0, b[4:0]}, 1'b0));
      isa_pkg::OpSraw, isa_pkg::OpSraiw: expected = word(right(word(xs1_i), {1'b0, b[4:0]}, xs1_i[31]));
      isa_pkg::OpCzeroEqz: expected = (|xs2_i) ? xs1_i : 64'd0;
      isa_pkg::OpCzeroNez: expected = (|xs2_i) ? 64'd0 : xs1_i;
      default: expected = 64'd0;
    endcase
  end

  `TATAMI_ASSERT(Result, result == expected)
  `TATAMI_COVER(Shift, op_i == isa_pkg::OpSra && result == 64'hFFFF_FFFF_FFFF_FFF0)
  `TATAMI_COVER(Word, op_i == isa_pkg::OpSubw && result == 64'hFFFF_FFFF_8000_0000)
endmodule : alu_proof
