// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The FP32 functions (docs/numbers.md, "Functions"): codes, and the reduction of an operand to a segment of a table.
package function_pkg;
  typedef enum logic [2:0] {
    FnRcp,    // 1 / x
    FnSqrt,
    FnRsqrt,  // 1 / sqrt(x)
    FnExp2,
    FnLog2
  } fn_e;

  /// The function of an instruction of the function unit.
  function automatic fn_e fn_of(input isa_pkg::op_e op);
    unique case (op)
      isa_pkg::OpVsqrtFp32:  return FnSqrt;
      isa_pkg::OpVrsqrtFp32: return FnRsqrt;
      isa_pkg::OpVexp2Fp32:  return FnExp2;
      isa_pkg::OpVlog2Fp32:  return FnLog2;
      default:               return FnRcp;
    endcase
  endfunction

  localparam int unsigned SigW = 24;
  localparam int unsigned OffsetW = function_table_pkg::OffsetW;
  localparam int unsigned ExpW = 10;
  // Bits of a function's value: the table's fraction, one bit before the point, and one for a value of 2.
  localparam int unsigned ValueW = function_table_pkg::Fraction + 2;
  // The product's place of weight 1 when the factor has 24 fraction bits, which is where log2 adds its whole part.
  localparam int unsigned WholeLsb = SigW + function_table_pkg::Fraction;
  localparam int unsigned WholeW = 8;
  localparam int unsigned SumW = WholeLsb + WholeW + 1;

  /// The result is whole * 2^WholeLsb + or - factor * value(address, offset), a number whose leading bit moves left by
  /// at most `limit`. A factor of zero with no whole part makes a zero of that sign. With `complement` the factor is
  /// still to be taken from 2^(SigW-1).
  typedef struct packed {
    num_pkg::special_e special;
    logic sign;
    logic subtract;
    flag_pkg::flags_t flags;
    function_table_pkg::address_t address;
    logic [OffsetW-1:0] offset;  // from the start of the segment
    logic complement;
    logic [SigW-1:0] factor;
    logic [WholeW-1:0] whole;
    logic [ExpW-1:0] limit;
  } reduced_t;

  /// A finite operand without its sign, normalised; `exponent` has no bias.
  typedef struct packed {
    logic signed [ExpW-1:0] exponent;
    logic [SigW-2:0] fraction;
  } normal_t;

  function automatic normal_t normalise(input logic [30:0] x);
    logic [4:0] shift;
    normal_t result;
    shift = num_pkg::leading_zeros32({1'b0, x[22:0], 8'hff});
    result.exponent = ExpW'(x[30:23]) - ExpW'(127);
    result.fraction = x[22:0];
    if (x[30:23] == '0) begin
      result.exponent = -ExpW'(126) - ExpW'(shift);
      result.fraction = x[22:0] << shift;
    end
    return result;
  endfunction

  // Fraction bits of the fixed-point operand of exp2, and its width with nine whole bits.
  localparam int unsigned FixedFraction = 26;
  localparam int unsigned FixedW = FixedFraction + 9;

  /// floor(x * 2^26) for |x| < 256.
  function automatic logic signed [FixedW-1:0] fixed_point(input logic [31:0] x);
    logic [SigW-1:0] magnitude;
    logic signed [FixedW-1:0] number;
    logic [5:0] distance;
    magnitude = {x[30:23] != '0, x[22:0]};
    number = {x[31] && magnitude != '0, x[31] ? -magnitude : magnitude, {(FixedW - SigW - 1) {1'b0}}};
    distance = (x[30:23] < 8'd72) ? '1 : 6'(8'd134 - x[30:23]);
    return number >>> distance;
  endfunction

  function automatic reduced_t reduce(input fn_e fn, input logic [31:0] x);
    logic zero, infinity, nan, bad, odd, upper, below_one;
    logic signed [ExpW-1:0] half, whole;
    logic signed [FixedW-1:0] fixed;
    logic signed [8:0] fixed_whole;
    normal_t n;
    reduced_t r;

    zero = x[30:0] == '0;
    infinity = x[30:0] == 31'h7f80_0000;
    nan = x[30:0] > 31'h7f80_0000;
    bad = nan || (x[31] && !zero && (fn == FnSqrt || fn == FnRsqrt || fn == FnLog2));
    n = normalise(x[30:0]);
    odd = n.exponent[0];
    half = n.exponent >>> 1;
    upper = n.fraction[SigW-2];
    whole = n.exponent + ExpW'(upper);
    below_one = whole < 0;
    fixed = fixed_point(x);
    fixed_whole = fixed[FixedW-1:FixedFraction];

    r = '0;
    r.flags.invalid = bad;
    r.flags.denormal = x[30:23] == '0 && !zero;
    r.factor = SigW'(1);
    r.offset = {n.fraction[15:0], {(OffsetW - 16) {1'b0}}};
    unique case (fn)
      FnRcp: begin
        r.sign = x[31];
        r.address = {2'b00, n.fraction[22:16]};
        r.limit = ExpW'(161) - n.exponent;
        r.flags.underflow = x[30:23] >= 8'd253 && x[22:0] != '0 && !nan;
      end
      FnSqrt: begin
        r.sign = x[31];
        r.address = {odd, !odd, n.fraction[22:16]};
        r.factor = {1'b1, n.fraction};
        r.limit = half + ExpW'(138) + ExpW'(odd);
      end
      FnRsqrt: begin
        r.sign = x[31];
        r.address = {odd, !odd, n.fraction[22:16]};
        r.limit = ExpW'(161) - half;
      end
      FnExp2: begin
        r.address = {3'b110, fixed[FixedFraction-1-:6]};
        r.offset = fixed[OffsetW-1:0];
        if (x[30:23] >= 8'd135) begin
          r.limit = x[31] ? '0 : '1;
          r.flags.underflow = x[31] && !infinity && !nan;
        end else begin
          r.limit = (fixed_whole < -9'sd162) ? '0 : ExpW'(fixed_whole) + ExpW'(162);
          r.flags.underflow = fixed_whole < -9'sd126
              && (fixed_whole < -9'sd149 || fixed[FixedFraction-1:0] != '0);
        end
      end
      default: begin
        r.sign = below_one || (whole == '0 && upper);
        r.subtract = whole != '0 && below_one != upper;
        r.address = {3'b111, n.fraction[22:17]};
        r.offset = {n.fraction[16:0], {(OffsetW - 17) {1'b0}}};
        r.complement = upper;
        r.factor = upper ? {1'b0, n.fraction} : {1'b0, n.fraction[21:0], 1'b0};
        r.whole = WholeW'(below_one ? -whole : whole);
        r.limit = ExpW'(138);
      end
    endcase

    // Operands whose result no table gives.
    if (bad) begin
      r.special = num_pkg::SpecialNan;
    end else if (infinity) begin
      if (fn == FnRcp || fn == FnRsqrt || (fn == FnExp2 && x[31])) r.factor = '0;
      else r.special = num_pkg::SpecialInfinity;
    end else if (zero && fn == FnSqrt) begin
      r.factor = '0;
    end else if (zero && fn != FnExp2) begin
      r.special = num_pkg::SpecialInfinity;
      r.sign = x[31] || fn == FnLog2;
      r.flags.overflow = 1'b1;
    end
    return r;
  endfunction
endpackage
