// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Number formats: constants, classification, unpacking, rounding. Everything is a function, so that a caller's
/// `if (valid) x_q <= f(...)` costs nothing while it is idle.
package num_pkg;
  localparam int unsigned Fp32Width = 32;
  localparam int unsigned Bf16Width = 16;

  localparam logic [Fp32Width-1:0] Fp32Nan = 32'h7fc0_0000;
  localparam logic [Fp32Width-1:0] Fp32One = 32'h3f80_0000;
  localparam logic [Fp32Width-1:0] Fp32MinZero = 32'h8000_0000;
  localparam logic [Bf16Width-1:0] Bf16Nan = 16'h7fc0;

  /// What overrides an arithmetic result.
  typedef enum logic [1:0] {
    SpecialNone     = 2'b00,
    SpecialInfinity = 2'b01,
    SpecialNan      = 2'b10
  } special_e;

  /// What a multiply-add lane computes: a * b + c, a + b, a - b, a * b.
  typedef enum logic [1:0] {
    FmaMulAdd,
    FmaAdd,
    FmaSub,
    FmaMul
  } fma_op_e;

  localparam int unsigned UnroundedExpW = 10;

  /// A normalised result: `significand` holds 24 result bits above 8 bits to be rounded away, of which bit 0 stands
  /// for everything below as well. With `ones` the significand goes on below with ones without end, which is one more
  /// in the last place: a negated sum that saved its carry. `exponent` is the biased exponent of a set leading bit,
  /// less one; the leading bit is not set in a subnormal result, in zero (both with exponent 0), and where the carry
  /// will set it.
  typedef struct packed {
    special_e special;
    logic sign;
    logic ones;
    logic [UnroundedExpW-1:0] exponent;
    logic [31:0] significand;
  } unrounded_t;

  /// Leading zeros of a 32-bit word; 31 for zero as well. Small: one step after the other.
  function automatic logic [4:0] leading_zeros32(input logic [31:0] value);
    logic [31:0] x;
    logic [4:0] count;
    x = value;
    count[4] = x[31:16] == '0;
    x = count[4] ? {x[15:0], 16'b0} : x;
    count[3] = x[31:24] == '0;
    x = count[3] ? {x[23:0], 8'b0} : x;
    count[2] = x[31:28] == '0;
    x = count[2] ? {x[27:0], 4'b0} : x;
    count[1] = x[31:30] == '0;
    x = count[1] ? {x[29:0], 2'b0} : x;
    count[0] = !x[31];
    return count;
  endfunction

  /// A word moved left until its leading bit is set, and by how far: 31 for zero.
  typedef struct packed {
    logic [4:0] zeros;
    logic [31:0] value;
  } normalised_t;

  /// Fast: zeros are counted of pairs of bits, of pairs of pairs and so on, and the word moves by the highest bit of the count
  /// first. (A shift operator begins with the lowest, which is known last.)
  function automatic normalised_t normalise32(input logic [31:0] value);
    // verilator no_inline_task
    normalised_t moved;
    logic [31:0] zero;
    logic [31:0][4:0] count;
    zero = ~value;
    count = '0;
    for (int unsigned level = 0; level < 5; level++) begin
      for (int unsigned i = 0; i < (32'd16 >> level); i++) begin
        count[i] = zero[2*i+1] ? count[2*i] | (5'd1 << level) : count[2*i+1];
        zero[i] = zero[2*i+1] && zero[2*i];
      end
    end
    moved = '{zeros: count[0], value: value};
    for (int unsigned i = 5; i > 0; i--) begin
      if (moved.zeros[i-1]) moved.value = moved.value << (32'd1 << (i - 1));
    end
    return moved;
  endfunction

  /// Leading zeros of a 64-bit word; 63 for zero as well. Both halves are counted at once.
  function automatic logic [5:0] leading_zeros64(input logic [63:0] value);
    logic upper_zero;
    upper_zero = value[63:32] == '0;
    return {upper_zero, upper_zero ? leading_zeros32(value[31:0]) : leading_zeros32(value[63:32])};
  endfunction

  /// A one that has `zeros` zeros in front of it: joined with a word, leading_zeros64 counts no further. None beyond 63.
  function automatic logic [63:0] mark64(input logic [11:0] zeros);
    return (zeros[11:6] == '0) ? 64'h8000_0000_0000_0000 >> zeros[5:0] : '0;
  endfunction

  /// The last step of every operation: a normalised result rounded to nearest even, to FP32, or to BF16 (`narrow`) in
  /// the upper half.
  function automatic logic [Fp32Width-1:0] round(input logic narrow, input unrounded_t value);
    logic last, half, low_any, low_all, up;
    logic [23:0] kept;
    logic [30:0] magnitude;
    if (value.special == SpecialNan) return Fp32Nan;
    last = narrow ? value.significand[24] : value.significand[8];
    half = narrow ? value.significand[23] : value.significand[7];
    low_any = value.significand[6:0] != '0 || (narrow && value.significand[22:7] != '0);
    low_all = value.significand[6:0] == '1 && (!narrow || value.significand[22:7] == '1);
    up = value.ones ? half || (low_all && last) : half && (low_any || last);
    kept = value.significand[31:8];
    if (narrow) kept[15:0] = '0;
    // The leading bit, or a carry into its place, makes the exponent whole; the largest number carries to infinity.
    magnitude = {value.exponent[7:0], 23'b0} + {7'b0, kept} + {14'b0, up && narrow, 15'b0, up && !narrow};
    if (value.special == SpecialInfinity || value.exponent >= UnroundedExpW'(254)) magnitude = 31'h7f80_0000;
    return {value.sign, magnitude};
  endfunction

  /// FP32 to BF16, nearest even.
  function automatic logic [Bf16Width-1:0] bf16_from_fp32(input logic [Fp32Width-1:0] value);
    logic round_up;
    round_up = value[15] && (value[14:0] != '0 || value[16]);
    return (value[30:0] > 31'h7f80_0000) ? Bf16Nan : value[31:16] + Bf16Width'(round_up);
  endfunction

  /// minimumNumber or maximumNumber of two FP32 numbers.
  function automatic logic [Fp32Width-1:0] extremum(input logic maximum, input logic [Fp32Width-1:0] a,
                                                    input logic [Fp32Width-1:0] b);
    logic a_nan, b_nan, a_less;
    a_nan = a[30:0] > 31'h7f80_0000;
    b_nan = b[30:0] > 31'h7f80_0000;
    a_less = (a[31] != b[31]) ? a[31] : (a[30:0] < b[30:0]) != a[31];
    if (a_nan && b_nan) return Fp32Nan;
    if (a_nan) return b;
    if (b_nan) return a;
    return (a_less != maximum) ? a : b;
  endfunction

  /// minimumNumber or maximumNumber of two BF16 numbers.
  function automatic logic [Bf16Width-1:0] bf16_extremum(input logic maximum, input logic [Bf16Width-1:0] a,
                                                         input logic [Bf16Width-1:0] b);
    return Bf16Width'(extremum(maximum, {a, 16'b0}, {b, 16'b0}) >> Bf16Width);
  endfunction
endpackage
