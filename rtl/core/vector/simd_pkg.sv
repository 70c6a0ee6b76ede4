// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a SIMD lane does, derived from the instruction once for all lanes.
package simd_pkg;
  /// Operations of the lane's short path. The operands x and y come out of the shuffle stage.
  typedef enum logic [5:0] {
    AluPass,      // x
    AluCvtBf16,   // x and y, both FP32, rounded to BF16: y in the upper half
    AluMinFp32,
    AluMaxFp32,
    AluMinBf16,
    AluMaxBf16,
    AluAdd,
    AluSub,
    AluAnd,
    AluOr,
    AluXor,
    AluSll,
    AluSrl,
    AluSra,
    AluEqFp32,    // comparisons: all ones where they hold
    AluLtFp32,
    AluLeFp32,
    AluEqBf16,
    AluLtBf16,
    AluLeBf16,
    AluEqI32,
    AluLtI32,
    AluLeI32,
    AluLtuI32,
    AluLeuI32,
    AluCross,     // 32 x 32 product: what the 24 x 24 product of the wide lane lacks
    AluMinI32,
    AluMaxI32,
    AluAddI16,
    AluSubI16,
    AluMinI16,
    AluMaxI16,
    AluAddI8,
    AluSubI8,
    AluMinI8,
    AluMaxI8
  } alu_op_e;

  /// `fma`: the result comes from the multiply-add lanes, else from the short path. `narrow`: BF16 lanes.
  /// `integer_product`: the wide lane's product is added on the short path.
  typedef struct packed {
    logic fma;
    logic narrow;
    logic integer_product;
    num_pkg::fma_op_e fma_op;
    alu_op_e alu_op;
  } lane_op_t;

  function automatic lane_op_t fma(input logic narrow, input num_pkg::fma_op_e op);
    return '{fma: 1'b1, narrow: narrow, integer_product: 1'b0, fma_op: op, alu_op: AluPass};
  endfunction

  function automatic lane_op_t alu(input alu_op_e op);
    return '{fma: 1'b0, narrow: 1'b0, integer_product: op == AluCross, fma_op: num_pkg::FmaMulAdd, alu_op: op};
  endfunction

  function automatic lane_op_t lane_op(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpVaddFp32, isa_pkg::OpVaddFp32M, isa_pkg::OpVaddpFp32: return fma(1'b0, num_pkg::FmaAdd);
      isa_pkg::OpVsubFp32, isa_pkg::OpVsubFp32M: return fma(1'b0, num_pkg::FmaSub);
      isa_pkg::OpVmulFp32, isa_pkg::OpVmulFp32M: return fma(1'b0, num_pkg::FmaMul);
      isa_pkg::OpVfmaFp32, isa_pkg::OpVfmaFp32M, isa_pkg::OpVfmaLaneFp32: return fma(1'b0, num_pkg::FmaMulAdd);
      isa_pkg::OpVaddBf16, isa_pkg::OpVaddBf16M: return fma(1'b1, num_pkg::FmaAdd);
      isa_pkg::OpVsubBf16, isa_pkg::OpVsubBf16M: return fma(1'b1, num_pkg::FmaSub);
      isa_pkg::OpVmulBf16, isa_pkg::OpVmulBf16M: return fma(1'b1, num_pkg::FmaMul);
      isa_pkg::OpVfmaBf16, isa_pkg::OpVfmaBf16M: return fma(1'b1, num_pkg::FmaMulAdd);
      isa_pkg::OpVminFp32, isa_pkg::OpVminFp32M: return alu(AluMinFp32);
      isa_pkg::OpVmaxFp32, isa_pkg::OpVmaxFp32M: return alu(AluMaxFp32);
      isa_pkg::OpVminBf16, isa_pkg::OpVminBf16M: return alu(AluMinBf16);
      isa_pkg::OpVmaxBf16, isa_pkg::OpVmaxBf16M: return alu(AluMaxBf16);
      isa_pkg::OpVaddI32:      return alu(AluAdd);
      isa_pkg::OpVsubI32:      return alu(AluSub);
      isa_pkg::OpVand:         return alu(AluAnd);
      isa_pkg::OpVor:          return alu(AluOr);
      isa_pkg::OpVxor:         return alu(AluXor);
      isa_pkg::OpVsllI32:      return alu(AluSll);
      isa_pkg::OpVsrlI32:      return alu(AluSrl);
      isa_pkg::OpVsraI32:      return alu(AluSra);
      isa_pkg::OpVcvtBf16Fp32: return alu(AluCvtBf16);
      isa_pkg::OpVminpFp32:   return alu(AluMinFp32);
      isa_pkg::OpVmaxpFp32:   return alu(AluMaxFp32);
      isa_pkg::OpVaddpI32:    return alu(AluAdd);
      isa_pkg::OpVceqFp32:    return alu(AluEqFp32);
      isa_pkg::OpVcltFp32:    return alu(AluLtFp32);
      isa_pkg::OpVcleFp32:    return alu(AluLeFp32);
      isa_pkg::OpVceqBf16:    return alu(AluEqBf16);
      isa_pkg::OpVcltBf16:    return alu(AluLtBf16);
      isa_pkg::OpVcleBf16:    return alu(AluLeBf16);
      isa_pkg::OpVceqI32:     return alu(AluEqI32);
      isa_pkg::OpVcltI32:     return alu(AluLtI32);
      isa_pkg::OpVcleI32:     return alu(AluLeI32);
      isa_pkg::OpVcltuI32:    return alu(AluLtuI32);
      isa_pkg::OpVcleuI32:    return alu(AluLeuI32);
      isa_pkg::OpVmulI32:     return alu(AluCross);
      isa_pkg::OpVminI32:     return alu(AluMinI32);
      isa_pkg::OpVmaxI32:     return alu(AluMaxI32);
      isa_pkg::OpVaddI16:     return alu(AluAddI16);
      isa_pkg::OpVsubI16:     return alu(AluSubI16);
      isa_pkg::OpVminI16:     return alu(AluMinI16);
      isa_pkg::OpVmaxI16:     return alu(AluMaxI16);
      isa_pkg::OpVaddI8:      return alu(AluAddI8);
      isa_pkg::OpVsubI8:      return alu(AluSubI8);
      isa_pkg::OpVminI8:      return alu(AluMinI8);
      isa_pkg::OpVmaxI8:      return alu(AluMaxI8);
      default:                 return alu(AluPass);
    endcase
  endfunction

  /// What the whole unit does.
  typedef struct packed {
    lane_op_t lane;
    shuffle_pkg::move_t move;
  } unit_op_t;

  function automatic unit_op_t unit_op(input isa_pkg::op_e op);
    return '{lane: lane_op(op), move: shuffle_pkg::move_of(op)};
  endfunction

  function automatic logic [31:0] mask32(input logic set);
    return {32{set}};
  endfunction

  /// -0 == +0; a NaN is in no relation.
  function automatic logic fp_equal(input logic [31:0] a, input logic [31:0] b);
    return (a == b && a[30:0] <= 31'h7f80_0000) || (a[30:0] | b[30:0]) == '0;
  endfunction

  function automatic logic fp_less(input logic [31:0] a, input logic [31:0] b);
    if (a[30:0] > 31'h7f80_0000 || b[30:0] > 31'h7f80_0000 || (a[30:0] | b[30:0]) == '0) return 1'b0;
    return (a[31] != b[31]) ? a[31] : (a != b) && ((a[30:0] < b[30:0]) != a[31]);
  endfunction

  /// A comparison of FP32 numbers.
  function automatic logic fp_compare(input logic less, input logic equal, input logic [31:0] a, input logic [31:0] b);
    return (less && fp_less(a, b)) || (equal && fp_equal(a, b));
  endfunction

  /// The same of the two BF16 numbers in a word, as masks.
  function automatic logic [31:0] bf16_compare(input logic less, input logic equal, input logic [31:0] a,
                                               input logic [31:0] b);
    return {
      {16{fp_compare(less, equal, {a[31:16], 16'b0}, {b[31:16], 16'b0})}},
      {16{fp_compare(less, equal, {a[15:0], 16'b0}, {b[15:0], 16'b0})}}
    };
  endfunction

  /// Sums of the bytes, or of the halves, of two words; `subtract` for differences.
  function automatic logic [31:0] packed_sum(input logic halves, input logic subtract, input logic [31:0] a,
                                             input logic [31:0] b);
    logic [31:0] sum;
    logic carry;
    carry = subtract;
    for (int unsigned i = 0; i < 4; i++) begin
      if (!halves || i == 2) carry = subtract;
      {carry, sum[8*i+:8]} = {1'b0, a[8*i+:8]} + {1'b0, b[8*i+:8] ^ {8{subtract}}} + 9'(carry);
    end
    return sum;
  endfunction

  /// The lesser or greater of signed numbers.
  function automatic logic [31:0] extremum32(input logic maximum, input logic [31:0] a, input logic [31:0] b);
    return ((signed'(a) < signed'(b)) != maximum) ? a : b;
  endfunction

  function automatic logic [15:0] extremum16(input logic maximum, input logic [15:0] a, input logic [15:0] b);
    return ((signed'(a) < signed'(b)) != maximum) ? a : b;
  endfunction

  function automatic logic [7:0] extremum8(input logic maximum, input logic [7:0] a, input logic [7:0] b);
    return ((signed'(a) < signed'(b)) != maximum) ? a : b;
  endfunction

  /// Low eight bits of a product.
  function automatic logic [7:0] product8(input logic [7:0] a, input logic [7:0] b);
    return a * b;
  endfunction

  /// The short path.
  function automatic logic [31:0] alu_result(input alu_op_e op, input logic [31:0] x, input logic [31:0] y);
    unique case (op)
      AluPass:    return x;
      AluCvtBf16: return {num_pkg::bf16_from_fp32(y), num_pkg::bf16_from_fp32(x)};
      AluMinFp32, AluMaxFp32: return num_pkg::extremum(op == AluMaxFp32, x, y);
      AluMinBf16, AluMaxBf16: begin
        return {
          num_pkg::bf16_extremum(op == AluMaxBf16, x[31:16], y[31:16]),
          num_pkg::bf16_extremum(op == AluMaxBf16, x[15:0], y[15:0])
        };
      end
      AluAdd:     return x + y;
      AluSub:     return x - y;
      AluAnd:     return x & y;
      AluOr:      return x | y;
      AluXor:     return x ^ y;
      AluSll:     return x << y[4:0];
      AluSrl:     return x >> y[4:0];
      AluSra:     return 32'(signed'(x) >>> y[4:0]);
      AluEqFp32:  return mask32(fp_compare(1'b0, 1'b1, x, y));
      AluLtFp32:  return mask32(fp_compare(1'b1, 1'b0, x, y));
      AluLeFp32:  return mask32(fp_compare(1'b1, 1'b1, x, y));
      AluEqBf16:  return bf16_compare(1'b0, 1'b1, x, y);
      AluLtBf16:  return bf16_compare(1'b1, 1'b0, x, y);
      AluLeBf16:  return bf16_compare(1'b1, 1'b1, x, y);
      AluEqI32:   return mask32(x == y);
      AluLtI32:   return mask32(signed'(x) < signed'(y));
      AluLeI32:   return mask32(signed'(x) <= signed'(y));
      AluLtuI32:  return mask32(x < y);
      AluLeuI32:  return mask32(x <= y);
      AluCross:   return {product8(x[31:24], y[7:0]) + product8(x[7:0], y[31:24]), 24'b0};
      AluMinI32, AluMaxI32: return extremum32(op == AluMaxI32, x, y);
      AluAddI16, AluSubI16: return packed_sum(1'b1, op == AluSubI16, x, y);
      AluAddI8, AluSubI8:   return packed_sum(1'b0, op == AluSubI8, x, y);
      AluMinI16, AluMaxI16: begin
        return {extremum16(op == AluMaxI16, x[31:16], y[31:16]), extremum16(op == AluMaxI16, x[15:0], y[15:0])};
      end
      AluMinI8, AluMaxI8: begin
        return {
          extremum8(op == AluMaxI8, x[31:24], y[31:24]),
          extremum8(op == AluMaxI8, x[23:16], y[23:16]),
          extremum8(op == AluMaxI8, x[15:8], y[15:8]),
          extremum8(op == AluMaxI8, x[7:0], y[7:0])
        };
      end
      default:    return x;
    endcase
  endfunction
endpackage
