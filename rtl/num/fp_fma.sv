// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A fused multiply-add lane, a * b + c, up to the rounding: the caller registers `num_pkg::round(narrow, result_o)`.
/// `denormal_o` says with the result that an operand was a subnormal number.
///
/// Operands are left-aligned in 32 bits: SigW = 24 takes FP32, SigW = 8 takes BF16 from the upper half and ignores
/// the lower one. With `bf16_i` every lane does the latter. Five stages, no back-pressure: unpack, multiply, align, add,
/// normalise. `en_i[s]` is high when stage s holds work; operands that enter with en_i[0] in cycle t show at `result_o` in
/// cycle t+5, one per cycle. With `integer_i`, if SigW = 24 and `op_i` is no sum, the lower 24 bits of a and b are multiplied as
/// they are, and `product_o` shows the product in cycle t+2; no later stage is needed.
module fp_fma #(
  /// Significand bits of the operands with the leading one, 8 to 24.
  parameter int unsigned SigW = 24
) (
  input  logic                clk_i,
  input  logic [4:0]          en_i,
  input  num_pkg::fma_op_e    op_i,
  input  logic                bf16_i,
  input  logic                integer_i,
  input  logic [31:0]         a_i,
  input  logic [31:0]         b_i,
  input  logic [31:0]         c_i,
  output logic [2*SigW-1:0]   product_o,
  output num_pkg::unrounded_t result_o,
  output logic                denormal_o
);
  localparam int unsigned ProductW = 2 * SigW;
  // Two integer bits of the product and one for the sum; below the larger exponent the fraction reaches two places
  // under a product that lies two exponents lower, which is the farthest that can still cancel the leading bits. The
  // lowest place stands for everything under it.
  localparam int unsigned Fraction = ProductW + 1;
  localparam int unsigned SumW = Fraction + 3;
  localparam int unsigned FracW = SigW - 1;
  localparam int unsigned ExpW = 12;
  localparam int unsigned Bias = 127;

  typedef struct packed {
    num_pkg::special_e special;
    logic special_sign;
    logic sign;        // of the product
    logic addend_sign;
    logic denormal;    // an operand
  } flags_t;

  localparam logic [31:0] OperandMask = 32'hffff_ffff << (24 - SigW);

  /// What kind of number an operand is: known before it is chosen.
  typedef struct packed {
    logic sign;
    logic zero;
    logic infinity;
    logic nan;
    logic denormal;
  } class_t;

  /// The lane's number out of a word.
  function automatic logic [31:0] operand(input logic bf16, input logic [31:0] word);
    return word & (bf16 ? 32'hffff_0000 : OperandMask);
  endfunction

  function automatic class_t class_of(input logic [31:0] x);
    logic high, low, whole;
    high = x[30:23] == '1;
    low = x[30:23] == '0;
    whole = x[22:0] == '0;
    return
    '{sign: x[31], zero: low && whole, infinity: high && whole, nan: high && !whole, denormal: low && !whole}
    ;
  endfunction

  /// The first factor is multiplied by one.
  function automatic logic is_sum(input num_pkg::fma_op_e op);
    return op == num_pkg::FmaAdd || op == num_pkg::FmaSub;
  endfunction

  // The addend that an operation really uses, without its sign.
  function automatic logic [30:0] addend(input num_pkg::fma_op_e op, input logic [30:0] b, input logic [30:0] c);
    unique case (op)
      num_pkg::FmaAdd, num_pkg::FmaSub: return b;
      num_pkg::FmaMul:                  return '0;
      default:                          return c;
    endcase
  endfunction

  function automatic class_t addend_class(input num_pkg::fma_op_e op, input class_t b, input class_t c);
    unique case (op)
      num_pkg::FmaAdd: return b;
      num_pkg::FmaSub: return '{sign: !b.sign, zero: b.zero, infinity: b.infinity, nan: b.nan, denormal: b.denormal};
      num_pkg::FmaMul: return class_of(num_pkg::Fp32MinZero);
      default:         return c;
    endcase
  endfunction

  function automatic flags_t flags(input class_t a, input class_t b, input class_t c);
    logic infinity, nan, sign;
    flags_t result;
    sign = a.sign ^ b.sign;
    infinity = a.infinity || b.infinity;
    nan = a.nan || b.nan || c.nan || (infinity && (a.zero || b.zero)) || (infinity && c.infinity && sign != c.sign);
    result.special = nan ? num_pkg::SpecialNan
        : (infinity || c.infinity) ? num_pkg::SpecialInfinity : num_pkg::SpecialNone;
    result.special_sign = infinity ? sign : c.sign;
    result.sign = sign;
    result.addend_sign = c.sign;
    result.denormal = a.denormal || b.denormal || c.denormal;
    return result;
  endfunction

  /// A subnormal's significand, moved left until its leading bit is in the place of a normal number's.
  function automatic num_pkg::normalised_t subnormal(input logic [22:0] fraction);
    return num_pkg::normalise32({1'b0, fraction, 8'b0});
  endfunction

  /// A factor, normalised. Of an integer the significand is the bits as they are: where they lie, a normal number's are as well.
  typedef struct packed {
    logic [SigW-1:0] significand;
    logic signed [ExpW-1:0] exponent;  // biased, without sign; that of zero is so low that it never sets the alignment
  } factor_t;

  function automatic factor_t factor(input logic is_integer, input logic [30:0] x);
    factor_t f;
    num_pkg::normalised_t moved;
    f.significand = {!is_integer || x[23], x[22-:FracW]};
    f.exponent = ExpW'(x[30:23]);
    if (x[30:23] == '0) begin
      moved = subnormal(x[22:0]);
      f.exponent = (x[22:0] == '0) ? -ExpW'(512) : ExpW'(1) - ExpW'(moved.zeros);
      if (!is_integer) f.significand = moved.value[31-:SigW];
    end
    return f;
  endfunction

  // Stage 1: unpack. The factors are normalised; a subnormal addend is not.
  logic [SigW-1:0] a_q, b_q, c_q;
  logic signed [ExpW-1:0] a_exponent_q, b_exponent_q, c_exponent_q;
  flags_t flags_q;

  always_ff @(posedge clk_i) begin
    if (en_i[0]) begin : unpack
      automatic logic [31:0] a = operand(bf16_i, a_i);
      automatic logic [31:0] b = operand(bf16_i, b_i);
      automatic logic [31:0] c = operand(bf16_i, c_i);
      automatic logic [30:0] added = addend(op_i, b[30:0], c[30:0]);
      automatic logic [31:0] one = num_pkg::Fp32One;
      automatic factor_t factor_a = factor(integer_i, a[30:0]);
      automatic factor_t factor_b = is_sum(op_i) ? factor(1'b0, one[30:0]) : factor(integer_i, b[30:0]);
      a_q <= factor_a.significand;
      b_q <= factor_b.significand;
      c_q <= {added[30:23] != '0, added[22-:FracW]};
      a_exponent_q <= factor_a.exponent;
      b_exponent_q <= factor_b.exponent;
      c_exponent_q <= ExpW'(added[30:23]) + ExpW'(added[30:23] == '0);
      flags_q <= flags(
          class_of(a), is_sum(op_i) ? class_of(one) : class_of(b), addend_class(op_i, class_of(b), class_of(c))
      );
    end
  end

  // Stage 2: multiply, and compare the exponents (both with twice the bias).
  logic [ProductW-1:0] product_q;
  logic [SigW-1:0] product_c_q;
  logic product_larger_q;
  logic [ExpW-1:0] distance_q, window_q;
  flags_t product_flags_q;

  always_ff @(posedge clk_i) begin
    if (en_i[1]) begin : multiply
      automatic logic signed [ExpW-1:0] p = a_exponent_q + b_exponent_q;
      automatic logic signed [ExpW-1:0] c = c_exponent_q + signed'(ExpW'(Bias));
      product_q <= ProductW'(a_q) * ProductW'(b_q);
      product_c_q <= c_q;
      product_larger_q <= p > c;
      distance_q <= (p > c) ? p - c : c - p;
      window_q <= (p > c) ? p : c;
      product_flags_q <= flags_q;
    end
  end

  // Stage 3: align the one with the lower exponent.
  logic [SumW-1:0] larger_q, smaller_q;
  logic larger_sign_q;
  logic [ExpW-1:0] align_window_q;
  flags_t align_flags_q;

  /// Shift right; a one that falls out stays as the lowest bit.
  function automatic logic [SumW-1:0] shift_sticky(input logic [SumW-1:0] value, input logic [ExpW-1:0] distance);
    logic [SumW-1:0] shifted;
    if (distance[ExpW-1:6] != '0) return SumW'(value != '0);
    shifted = value >> distance[5:0];
    return shifted | SumW'((shifted << distance[5:0]) != value);
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[2]) begin : align
      automatic logic [SumW-1:0] p = {1'b0, product_q, {(SumW - ProductW - 1) {1'b0}}};
      automatic logic [SumW-1:0] c = {2'b0, product_c_q, {(SumW - SigW - 2) {1'b0}}};
      larger_q <= product_larger_q ? p : c;
      smaller_q <= shift_sticky(product_larger_q ? c : p, distance_q);
      larger_sign_q <= product_larger_q ? product_flags_q.sign : product_flags_q.addend_sign;
      align_window_q <= window_q;
      align_flags_q <= product_flags_q;
    end
  end

  // Stage 4: add or subtract; the difference may be negative. `limit`: how far the sum may move left until its exponent
  // is the smallest of a normal number.
  localparam int unsigned ResultExpW = num_pkg::UnroundedExpW;
  localparam int unsigned TopExponent = Bias - (SumW - 1 - Fraction);

  logic [SumW:0] sum_q;
  logic sum_sign_q;
  logic [ExpW-1:0] limit_q;
  flags_t sum_flags_q;

  always_ff @(posedge clk_i) begin
    if (en_i[3]) begin
      sum_q <= (align_flags_q.sign != align_flags_q.addend_sign) ? {1'b0, larger_q} - {1'b0, smaller_q}
                                                                 : {1'b0, larger_q} + {1'b0, smaller_q};
      sum_sign_q <= larger_sign_q;
      limit_q <= align_window_q - ExpW'(TopExponent + 1);
      sum_flags_q <= align_flags_q;
    end
  end

  // Stage 5: normalise, no further than to the smallest normal exponent.
  num_pkg::unrounded_t result_q;
  logic denormal_q;

  /// The upper bits of a normalised sum; the lowest of them stands for those that are left out.
  function automatic logic [31:0] upper_bits(input logic [63:0] value, input logic ones);
    return {value[63:33], ones ? value[32:0] == '1 : value[32:0] != '0};
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[4]) begin : normalise
      automatic logic negative = sum_q[SumW];
      automatic logic [63:0] sum = {sum_q[SumW-1:0], {(64 - SumW) {1'b0}}};
      automatic logic [5:0] shift = num_pkg::leading_zeros64(sum ^ {64{negative}} | num_pkg::mark64(limit_q));
      denormal_q <= sum_flags_q.denormal;
      result_q.special <= sum_flags_q.special;
      result_q.sign <= (sum_flags_q.special != num_pkg::SpecialNone) ? sum_flags_q.special_sign
                     : (sum_q == '0) ? sum_flags_q.sign && sum_flags_q.addend_sign : sum_sign_q ^ negative;
      result_q.ones <= negative;
      result_q.exponent <= (sum_q == '0) ? '0 : ResultExpW'(limit_q - ExpW'(shift));
      result_q.significand <= upper_bits((sum << shift) ^ {64{negative}}, negative);
    end
  end

  assign product_o = product_q;
  assign result_o = result_q;
  assign denormal_o = denormal_q;
endmodule : fp_fma
