// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix element: sum of four exact products and an accumulator (docs/numbers.md, "The matrix step").
///
/// Of floating-point operands, whatever their formats: aligned to the largest exponent with 27 fraction bits, summed and
/// rounded once to FP32. Of integer operands (`integer_i`): modulo 2^32; the window then stands at a fixed place, where
/// the last bit of a product is the last bit of the sum, and nothing is normalised or rounded.
///
/// Five stages, no back-pressure: multiply, align, add, normalise, round. The operands are taken in the first stage,
/// the accumulator in the second. `en_i[s]` is high when stage s holds work; a step that enters with en_i[0] in cycle
/// t brings its accumulator in cycle t+1 (en_i[1]) and its result is stable from t+5, one per cycle.
module fused_dot4 (
  input  logic                  clk_i,
  input  logic [4:0]            en_i,
  input  logic                  integer_i,
  input  dot_pkg::operand_t     a_i,
  input  dot_pkg::operand_t     b_i,
  input  logic [31:0]           acc_i,
  output logic [31:0]           result_o
);
  localparam int unsigned Terms = dot_pkg::Terms;
  localparam int unsigned ProductW = 2 * dot_pkg::SigW;
  localparam int unsigned ExpW = dot_pkg::ExpW + 1;
  // Fraction bits below the largest exponent; a product has two integer bits, five addends need three more.
  localparam int unsigned Fraction = 27;
  localparam int unsigned TermW = Fraction + 2;
  localparam int unsigned SumW = TermW + 3;
  // The window in which an integer product's last bit is the last bit of the sum: its exponent is 0.
  localparam int unsigned IntegerWindow = TermW - ProductW;
  // A product's exponent carries the bias twice; the accumulator's is lifted to it.
  localparam int unsigned Bias = 127;

  typedef struct packed {
    num_pkg::special_e special;
    logic sign;
  } product_flags_t;

  /// Infinities and NaNs of the products alone.
  function automatic product_flags_t product_flags(input dot_pkg::class_t a, input dot_pkg::class_t b);
    logic [Terms-1:0] infinity, sign;
    logic nan;
    product_flags_t result;
    sign = a.sign ^ b.sign;
    infinity = a.infinity | b.infinity;
    nan = ((a.nan | b.nan | (infinity & (a.zero | b.zero))) != '0)
        || ((infinity & sign) != '0 && (infinity & ~sign) != '0);
    result.special = nan ? num_pkg::SpecialNan : (infinity != '0) ? num_pkg::SpecialInfinity : num_pkg::SpecialNone;
    result.sign = (infinity & sign) != '0;
    return result;
  endfunction

  /// The accumulator's exponent with a product's bias; a subnormal has that of the smallest normal number.
  function automatic logic signed [ExpW-1:0] acc_exponent(input logic [7:0] exponent);
    return signed'(ExpW'(exponent) + ExpW'(exponent == '0) + ExpW'(Bias));
  endfunction

  function automatic logic signed [ExpW-1:0] larger(input logic signed [ExpW-1:0] x, input logic signed [ExpW-1:0] y);
    return (x > y) ? x : y;
  endfunction

  /// `magnitude` moved right by the distance of its exponent from the largest one, cut off, one's complement if
  /// negative.
  function automatic logic [SumW-1:0] aligned(input logic [TermW-1:0] magnitude, input logic sign,
                                              input logic [ExpW-1:0] exponent, input logic [ExpW-1:0] largest);
    logic [ExpW:0] distance;
    logic [TermW-1:0] shifted;
    distance = {largest[ExpW-1], largest} - {exponent[ExpW-1], exponent};
    shifted = (distance[ExpW:5] != '0) ? '0 : magnitude >> distance[4:0];
    return {{(SumW - TermW) {1'b0}}, shifted} ^ {SumW{sign}};
  endfunction

  // Stage 1: multiply.
  logic [Terms-1:0][ProductW-1:0] product_q;
  logic [Terms-1:0][ExpW-1:0] exponent_q;
  logic signed [ExpW-1:0] largest_q;
  logic [Terms-1:0] sign_q;
  product_flags_t flags_q;
  logic all_zero_q;  // no product that is not zero
  logic integer_q;

  function automatic logic signed [ExpW-1:0] product_exponent(input logic [dot_pkg::ExpW-1:0] a,
                                                              input logic [dot_pkg::ExpW-1:0] b);
    return signed'({a[dot_pkg::ExpW-1], a}) + signed'({b[dot_pkg::ExpW-1], b});
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[0]) begin
      for (int unsigned k = 0; k < Terms; k++) begin
        product_q[k] <= ProductW'(a_i.significand[k]) * ProductW'(b_i.significand[k]);
        exponent_q[k] <= product_exponent(a_i.exponent[k], b_i.exponent[k]);
      end
      largest_q <= larger(larger(product_exponent(a_i.exponent[0], b_i.exponent[0]),
                                 product_exponent(a_i.exponent[1], b_i.exponent[1])),
                          larger(product_exponent(a_i.exponent[2], b_i.exponent[2]),
                                 product_exponent(a_i.exponent[3], b_i.exponent[3])));
      sign_q <= a_i.kind.sign ^ b_i.kind.sign;
      flags_q <= product_flags(a_i.kind, b_i.kind);
      all_zero_q <= (a_i.kind.zero | b_i.kind.zero) == '1;
      integer_q <= integer_i;
    end
  end

  // Stage 2: align. Terms are one's complement; the missing ones are added with the sum.
  logic [Terms-1:0][SumW-1:0] term_q;
  logic [SumW-1:0] acc_term_q;
  logic [2:0] negatives_q;
  logic signed [ExpW-1:0] window_q;
  num_pkg::special_e special_q;
  logic special_sign_q, zero_sign_q, term_integer_q;

  function automatic logic [2:0] count_ones(input logic [Terms:0] value);
    logic [2:0] count;
    count = '0;
    for (int unsigned k = 0; k <= Terms; k++) count = count + 3'(value[k]);
    return count;
  endfunction

  function automatic num_pkg::special_e special(input product_flags_t flags, input logic [31:0] acc);
    logic acc_infinity;
    acc_infinity = acc[30:0] == 31'h7f80_0000;
    if (flags.special == num_pkg::SpecialNan || acc[30:0] > 31'h7f80_0000
        || (flags.special == num_pkg::SpecialInfinity && acc_infinity && flags.sign != acc[31])) begin
      return num_pkg::SpecialNan;
    end
    return acc_infinity ? num_pkg::SpecialInfinity : flags.special;
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[1]) begin : align
      automatic logic signed [ExpW-1:0] start = integer_q ? ExpW'(IntegerWindow) : acc_exponent(acc_i[30:23]);
      automatic logic signed [ExpW-1:0] largest = larger(largest_q, start);
      for (int unsigned k = 0; k < Terms; k++) begin
        term_q[k] <= aligned({product_q[k], {(TermW - ProductW) {1'b0}}}, sign_q[k], exponent_q[k], largest);
      end
      acc_term_q <= integer_q ? acc_i : aligned({1'b0, acc_i[30:23] != '0, acc_i[22:0], {(Fraction - 23) {1'b0}}},
                                                acc_i[31], start, largest);
      negatives_q <= count_ones({acc_i[31] && !integer_q, sign_q});
      window_q <= largest;
      term_integer_q <= integer_q;
      special_q <= special(flags_q, acc_i);
      special_sign_q <= (flags_q.special == num_pkg::SpecialNone) ? acc_i[31] : flags_q.sign;
      zero_sign_q <= acc_i[31] && all_zero_q;
    end
  end

  // Stage 3: add.
  function automatic logic [SumW:0] extended(input logic [SumW-1:0] term);
    return {term[SumW-1], term};
  endfunction

  logic [SumW:0] sum_q;
  logic signed [ExpW-1:0] sum_window_q;
  num_pkg::special_e sum_special_q;
  logic sum_special_sign_q, sum_zero_sign_q, sum_integer_q;

  always_ff @(posedge clk_i) begin
    if (en_i[2]) begin
      sum_q <= extended(term_q[0]) + extended(term_q[1]) + extended(term_q[2]) + extended(term_q[3])
             + extended(acc_term_q) + (SumW + 1)'(negatives_q);
      sum_window_q <= window_q;
      sum_integer_q <= term_integer_q;
      sum_special_q <= special_q;
      sum_special_sign_q <= special_sign_q;
      sum_zero_sign_q <= zero_sign_q;
    end
  end

  // Stage 4: normalise, no further than to the smallest normal exponent. The window never starts below that exponent,
  // so that the shift is never to the right. A negative sum is complemented and leaves its carry to the rounding.
  num_pkg::unrounded_t unrounded_q;
  logic result_integer_q;

  // Biased result exponent = window - TopExponent when the leading bit of the magnitude is set.
  localparam int unsigned TopExponent = Bias - (SumW - 1 - Fraction);

  always_ff @(posedge clk_i) begin
    if (en_i[3]) begin : normalise
      automatic logic negative = sum_q[SumW];
      automatic logic [ExpW-1:0] limit = sum_window_q - ExpW'(TopExponent + 1);
      automatic logic [4:0] zeros = num_pkg::leading_zeros32(sum_q[SumW-1:0] ^ {SumW{negative}});
      automatic logic [4:0] shift = sum_integer_q ? '0 : (limit < ExpW'(zeros)) ? limit[4:0] : zeros;
      unrounded_q.special <= sum_special_q;
      unrounded_q.sign <= (sum_special_q != num_pkg::SpecialNone) ? sum_special_sign_q
                        : (sum_q == '0) ? sum_zero_sign_q : negative;
      unrounded_q.ones <= negative;
      unrounded_q.exponent <= (sum_q == '0) ? '0 : limit - ExpW'(shift);
      unrounded_q.significand <= (sum_q[SumW-1:0] << shift) ^ {SumW{negative && !sum_integer_q}};
      result_integer_q <= sum_integer_q;
    end
  end

  // Stage 5: round.
  logic [31:0] result_q;

  always_ff @(posedge clk_i) begin
    if (en_i[4]) result_q <= result_integer_q ? unrounded_q.significand : num_pkg::round(1'b0, unrounded_q);
  end

  assign result_o = result_q;
endmodule : fused_dot4
