// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of FP32 to any format (docs/numbers.md, "Rounding"): to nearest even, or stochastically by `random_i`.
///
/// Latency: 3 cycles; `random_i` is read in the second. Stage s loads when `en_i[s]` is high. The descriptor must be
/// legal. `code_o` holds the code in its low bits, and zeros above.
module narrow (
  input  logic                 clk_i,
  input  logic [2:0]           en_i,
  input  fmt_pkg::descriptor_t descriptor_i,
  input  logic [31:0]          fp32_i,
  input  logic [23:0]          random_i,
  output logic [31:0]          code_o,
  output flag_pkg::flags_t     flags_o
);
  localparam int unsigned ExpW = 10;  // of a biased exponent of any format
  localparam int unsigned KeepW = 31;  // of what stays, as an integer in units of the last place
  localparam int unsigned FracW = 24;  // of what is rounded away
  localparam int unsigned WideW = KeepW + FracW;
  localparam int unsigned ShiftW = 6;

  /// How the neighbours of |x| lie.
  typedef enum logic [1:0] {
    GridEven,       // neighbours are one unit in the last place apart
    GridHoleLow,    // between the largest literal denormal and 2^-bias
    GridHoleHigh,   // between 2^-bias and the smallest normal
    GridFlush       // below the smallest normal of a format without denormals
  } grid_e;

  typedef struct packed {
    fmt_pkg::descriptor_t descriptor;
    logic sign;
    logic nan;
    logic infinity;
    logic zero;
    logic denormal;            // operand
    logic tiny;                // below the smallest normal
    logic too_large;                // integer: 2^31 or more
    logic least;               // integer: exactly -2^31
    grid_e grid;
    logic flushed;             // too small even to be rounded up to the smallest normal
    logic [31:0] base;         // code of the binade's first number, less its leading bit
    logic [KeepW-1:0] keep;
    logic [FracW-1:0] frac;
    logic sticky;
    logic [23:0] significand;
  } aligned_t;

  function automatic logic signed [ExpW-1:0] sum(input logic signed [ExpW-1:0] a, input logic signed [ExpW-1:0] b);
    return a + b;
  endfunction

  // Stage 1: align.
  function automatic aligned_t align(input fmt_pkg::descriptor_t d, input logic [31:0] x);
    aligned_t a;
    logic [4:0] p;
    logic signed [ExpW-1:0] exponent, biased, shift;
    logic [WideW-1:0] wide, lost;
    logic literal, integer_kind;
    logic [ShiftW-1:0] distance;
    p = fmt_pkg::frac_bits(d.kind);
    literal = fmt_pkg::literal(d.kind, d.gradual);
    integer_kind = fmt_pkg::is_integer(d.kind);
    a = '0;
    a.descriptor = d;
    a.sign = x[31];
    a.nan = x[30:0] > 31'h7f80_0000;
    a.infinity = x[30:0] == 31'h7f80_0000;
    a.zero = x[30:0] == '0;
    a.denormal = x[30:23] == '0 && !a.zero;
    a.significand = {x[30:23] != '0, x[22:0]};
    exponent = sum($signed(ExpW'(x[30:23])) + ExpW'(x[30:23] == '0), -ExpW'(127));
    biased = sum(exponent, ExpW'(fmt_pkg::bias(d.kind, d.bias)));
    a.grid = GridEven;
    if (integer_kind) begin
      a.too_large = exponent > 30;
      a.least = a.sign && exponent == 31 && x[22:0] == '0;
      shift = 30 - exponent;
    end else begin
      // The leading bit of a normal number makes its exponent whole.
      shift = $signed(ExpW'(7 + 23)) - $signed(ExpW'(p));
      if (biased >= 1) begin
        a.base = 32'(biased - 1) << p;
        a.tiny = !a.significand[23];
      end else begin
        a.tiny = 1'b1;
        if (fmt_pkg::denormals(d.kind) == fmt_pkg::DenormalsFlush) begin
          a.grid = GridFlush;
          a.flushed = biased < 0;
          a.base = -(32'd1 << p);
        end else begin
          shift = shift - biased + ((literal) ? 0 : 1);
          if (literal && biased == 0) a.grid = GridHoleHigh;
        end
      end
    end
    distance = (shift > 63) ? '1 : (shift < 0) ? '0 : ShiftW'(shift);
    wide = {a.significand, {(WideW - 24) {1'b0}}};
    lost = wide & ~({WideW{1'b1}} << distance);
    {a.keep, a.frac} = wide >> distance;
    a.sticky = lost != '0;
    if (literal && biased == -1 && (a.keep >> p) == '0 && (a.keep + 1'b1) >> p != '0 && (a.frac != '0 || a.sticky))
      a.grid = GridHoleLow;
    return a;
  endfunction

  aligned_t aligned_q;

  always_ff @(posedge clk_i) begin
    if (en_i[0]) aligned_q <= align(descriptor_i, fp32_i);
  end

  // Stage 2: choose a neighbour.
  typedef struct packed {
    fmt_pkg::descriptor_t descriptor;
    logic sign;
    logic nan;
    logic infinity;
    logic denormal;
    logic underflow;
    logic too_large;
    logic least;
    logic zero;
    logic [31:0] magnitude;  // of an integer, or the code without its sign, as if exponents went on
  } rounded_t;

  function automatic logic hole_up(input aligned_t a, input logic [23:0] r);
    logic [4:0] p;
    logic high;
    logic [26:0] above, threshold;  // in units of 2^(-bias - 24)
    p = fmt_pkg::frac_bits(a.descriptor.kind);
    high = a.grid == GridHoleHigh;
    if (!a.descriptor.stochastic) return high && 25'(a.significand) >= 25'h0C0_0000 - (25'h040_0000 >> p);
    above = (high ? {2'b0, a.significand, 1'b0} : {3'b0, a.significand}) + (27'h100_0000 >> p);
    threshold = 27'(r) + 27'(r >> p) + 27'h100_0000;
    return threshold < above;
  endfunction

  function automatic rounded_t rounded(input aligned_t a, input logic [23:0] r);
    rounded_t result;
    logic up, inexact;
    logic [4:0] p;
    p = fmt_pkg::frac_bits(a.descriptor.kind);
    inexact = a.frac != '0 || a.sticky;
    up = a.descriptor.stochastic ? {1'b0, r} < {1'b0, a.frac} + 25'(a.sticky)
                                 : a.frac[23] && (a.frac[22:0] != '0 || a.sticky || a.keep[0]);
    result = '{
      descriptor: a.descriptor,
      sign: a.sign,
      nan: a.nan,
      infinity: a.infinity,
      denormal: a.denormal,
      underflow: 1'b0,
      too_large: a.too_large,
      least: a.least,
      zero: a.zero,
      magnitude: '0
    };
    unique case (a.grid)
      GridEven: result.magnitude = a.base + 32'(a.keep) + 32'(up);
      GridHoleLow, GridHoleHigh: result.magnitude = (32'd1 << p) - 32'(!hole_up(a, r));
      default: begin
        // Either the smallest normal or nothing.
        result.magnitude = a.base + 32'(a.keep) + 32'(up);
        if (a.flushed || (result.magnitude >> p) == '0) result.magnitude = '0;
      end
    endcase
    result.underflow = a.tiny && !a.zero && (inexact || a.grid != GridEven);
    return result;
  endfunction

  rounded_t rounded_q;

  always_ff @(posedge clk_i) begin
    if (en_i[1]) rounded_q <= rounded(aligned_q, random_i);
  end

  // Stage 3: the ends of the range.
  typedef struct packed {
    logic [31:0] code;
    flag_pkg::flags_t flags;
  } result_t;

  function automatic result_t integer_result(input rounded_t r);
    result_t result;
    logic [5:0] width;
    logic [31:0] most, mask;
    logic beyond;
    width = fmt_pkg::bits(r.descriptor.kind);
    mask = 32'hffff_ffff >> (6'd32 - width);
    most = (mask >> 1) + 32'(r.sign);  // largest magnitude of the sign
    beyond = r.infinity || (r.too_large && !(r.least && width == 6'd32)) || (!r.too_large && r.magnitude > most);
    result = '0;
    result.flags.invalid = r.nan || beyond;
    result.flags.denormal = r.denormal;
    result.code = (beyond || r.too_large) ? most : r.magnitude;
    if (r.sign) result.code = -result.code;
    if (r.nan) result.code = '0;
    result.code &= mask;
    return result;
  endfunction

  function automatic result_t float_result(input rounded_t r);
    result_t result;
    logic [5:0] width;
    logic [4:0] p;
    logic [31:0] infinity, largest;
    logic clamp, is_signed, beyond;
    width = fmt_pkg::bits(r.descriptor.kind);
    p = fmt_pkg::frac_bits(r.descriptor.kind);
    clamp = fmt_pkg::specials(r.descriptor.kind) == fmt_pkg::SpecialsClamp;
    is_signed = fmt_pkg::is_signed(r.descriptor.kind);
    largest = 32'hffff_ffff >> (6'd32 - width + 6'(is_signed));
    infinity = largest & (32'hffff_ffff << p);
    beyond = r.infinity || (clamp ? r.magnitude > largest : r.magnitude >= infinity);
    result = '0;
    result.flags.denormal = r.denormal;
    if (r.nan || (r.sign && !is_signed && !r.zero)) begin
      result.flags.invalid = 1'b1;
      result.code = clamp ? largest : infinity | (32'd1 << (p - 5'd1));
    end else begin
      result.flags.overflow = beyond && !(r.infinity && !clamp);
      result.flags.underflow = r.underflow;
      result.code = beyond ? (clamp ? largest : infinity) : r.magnitude;
      if (is_signed) result.code |= 32'(r.sign) << (width - 6'd1);
    end
    return result;
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[2]) begin
      {code_o, flags_o} <= fmt_pkg::is_integer(rounded_q.descriptor.kind) ? integer_result(rounded_q) :
          float_result(rounded_q);
    end
  end
endmodule : narrow
