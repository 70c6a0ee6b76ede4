// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a lane of FP32 to any format computes in its stages (docs/numbers.md, "Rounding"): the scale of the operand, its
/// bits in units of the format's last place, the two neighbours and how a random number decides between them, and the code
/// of each.
package narrow_pkg;
  localparam int unsigned ExpW = 10;  // of a biased exponent of any format
  localparam int unsigned KeepW = 31;  // of what stays, as an integer in units of the last place
  localparam int unsigned FracW = 24;  // of what is rounded away
  localparam int unsigned WideW = KeepW + FracW;
  localparam int unsigned ShiftW = 6;
  localparam int unsigned DrawW = 24;  // of a random number
  localparam int unsigned LimitW = 27;

  /// How the neighbours of |x| lie.
  typedef enum logic [1:0] {
    GridEven,       // neighbours are one unit in the last place apart
    GridHoleHigh,   // between 2^-bias and the smallest normal
    GridFlush       // below the smallest normal of a format without denormals
  } grid_e;

  /// What the ends of the range ask about the operand.
  typedef struct packed {
    fmt_pkg::descriptor_t descriptor;
    logic sign;
    logic nan;
    logic infinity;
    logic zero;
    logic denormal;
    logic too_large;           // integer: 2^31 or more
    logic least;               // integer: exactly -2^31
  } kind_t;

  /// What the steps after the scale ask about the operand.
  typedef struct packed {
    kind_t kind;
    grid_e grid;
    logic tiny;                // below the smallest normal
    logic may_hole;            // a literal format's largest exponent of denormals
    logic flushed;             // too small even to be rounded up to the smallest normal
    logic [31:0] base;         // code of the binade's first number, less its leading bit
    logic [23:0] significand;
  } operand_t;

  typedef struct packed {
    operand_t operand;
    logic [ShiftW-1:0] distance;
  } scaled_t;

  typedef struct packed {
    operand_t operand;
    logic [KeepW-1:0] keep;
    logic [FracW-1:0] frac;
    logic sticky;
  } aligned_t;

  /// Magnitudes: of integers, or codes without a sign, as if exponents went on.
  typedef struct packed {
    kind_t kind;
    logic underflow;
    logic hole;
    logic [31:0] low;
    logic [31:0] high;
    logic signed [LimitW-1:0] last;  // the last draw that takes the upper one; negative: none does
  } neighbours_t;

  function automatic logic signed [ExpW-1:0] sum(input logic signed [ExpW-1:0] a, input logic signed [ExpW-1:0] b);
    return a + b;
  endfunction

  function automatic scaled_t scaled(input fmt_pkg::descriptor_t d, input logic [31:0] x);
    scaled_t s;
    operand_t o;
    logic [4:0] p;
    logic signed [ExpW-1:0] exponent, biased, shift;
    logic literal;
    p = fmt_pkg::frac_bits(d.kind);
    literal = fmt_pkg::literal(d.kind, d.gradual);
    o = '0;
    o.kind.descriptor = d;
    o.kind.sign = x[31];
    o.kind.nan = x[30:0] > 31'h7f80_0000;
    o.kind.infinity = x[30:0] == 31'h7f80_0000;
    o.kind.zero = x[30:0] == '0;
    o.kind.denormal = x[30:23] == '0 && !o.kind.zero;
    o.significand = {x[30:23] != '0, x[22:0]};
    exponent = sum($signed(ExpW'(x[30:23])) + ExpW'(x[30:23] == '0), -ExpW'(127));
    biased = sum(exponent, ExpW'(fmt_pkg::bias(d.kind, d.bias)));
    o.grid = GridEven;
    if (fmt_pkg::is_integer(d.kind)) begin
      o.kind.too_large = exponent > 30;
      o.kind.least = x[31] && exponent == 31 && x[22:0] == '0;
      shift = 30 - exponent;
    end else begin
      // The leading bit of a normal number makes its exponent whole.
      shift = $signed(ExpW'(7 + 23)) - $signed(ExpW'(p));
      if (biased >= 1) begin
        o.base = 32'(biased - 1) << p;
        o.tiny = !o.significand[23];
      end else begin
        o.tiny = 1'b1;
        if (fmt_pkg::denormals(d.kind) == fmt_pkg::DenormalsFlush) begin
          o.grid = GridFlush;
          o.flushed = biased < 0;
          o.base = -(32'd1 << p);
        end else begin
          shift = shift - biased + ((literal) ? 0 : 1);
          if (literal && biased == 0) o.grid = GridHoleHigh;
          o.may_hole = literal && biased == -1;
        end
      end
    end
    s.operand = o;
    s.distance = (shift > 63) ? '1 : (shift < 0) ? '0 : ShiftW'(shift);
    return s;
  endfunction

  function automatic aligned_t aligned(input scaled_t s);
    aligned_t a;
    logic [WideW-1:0] wide, lost;
    wide = {s.operand.significand, {(WideW - 24) {1'b0}}};
    lost = wide & ~({WideW{1'b1}} << s.distance);
    a.operand = s.operand;
    a.sticky = lost != '0;
    {a.keep, a.frac} = wide >> s.distance;
    return a;
  endfunction

  function automatic neighbours_t neighbours(input aligned_t a);
    neighbours_t n;
    operand_t o;
    logic [4:0] p;
    logic [31:0] ones, below, above;  // `ones`: the bits under that of a leading one
    logic inexact, high, even_up, hole_up;
    logic [LimitW-1:0] last, hole_last;
    o = a.operand;
    p = fmt_pkg::frac_bits(o.kind.descriptor.kind);
    ones = ~(32'hffff_ffff << p);
    inexact = a.frac != '0 || a.sticky;
    below = o.base + 32'(a.keep);
    above = o.base + 32'(a.keep) + 32'd1;
    high = o.grid == GridHoleHigh;
    n.kind = o.kind;
    n.hole = high || (o.may_hole && 32'(a.keep) == ones && inexact);
    n.underflow = o.tiny && !o.kind.zero && (inexact || o.grid != GridEven);

    // Of a format without denormals: the smallest normal or nothing.
    n.low = (o.grid == GridFlush) ? '0 : below;
    n.high = (o.grid == GridFlush && (o.flushed || (above & ~ones) == '0)) ? '0 : above;
    if (n.hole) begin
      n.low = ones;
      n.high = 32'd1 << p;
    end

    // To nearest, every draw or none takes the upper one.
    even_up = a.frac[23] && (a.frac[22:0] != '0 || a.sticky || a.keep[0]);
    // In the hole from 2^23 + 2^22 - 2^(22-p) on.
    hole_up = high && o.significand >= {2'b10, ~(22'h3f_ffff >> p)};
    // The share of the upper one in draws is the fraction, rounded up, and the last draw one less.
    last = LimitW'(a.frac) - LimitW'(!a.sticky);
    // In units of 2^(-bias - 24), and a draw r stands for r * (1 + 2^-p): the hole is that much wider than 2^24. The number added is
    // 2^(24-p) - 2^24 - 1.
    hole_last = (high ? {2'b0, o.significand, 1'b0} : {3'b0, o.significand}) + {3'b111, 24'hff_ffff >> p};
    if (o.kind.descriptor.stochastic) n.last = n.hole ? hole_last : last;
    else n.last = (n.hole ? hole_up : even_up) ? {1'b0, {(LimitW - 1) {1'b1}}} : '1;
    return n;
  endfunction

  /// Whether a draw takes the upper neighbour.
  function automatic logic takes_upper(input logic signed [LimitW-1:0] last, input logic hole, input logic [4:0] p,
                                       input logic [DrawW-1:0] draw);
    logic [LimitW-1:0] rest;
    rest = last - LimitW'(draw) - (hole ? LimitW'(draw >> p) : '0);
    return !rest[LimitW-1];
  endfunction

  /// A neighbour's code: the ends of the range.
  function automatic flag_pkg::flagged_t code(input kind_t kind, input logic underflow, input logic [31:0] magnitude);
    flag_pkg::flagged_t result;
    logic [5:0] width;
    logic [4:0] p;
    logic [31:0] mask, top, most, largest, infinity;
    logic clamp, is_signed, beyond;
    width = fmt_pkg::bits(kind.descriptor.kind);
    p = fmt_pkg::frac_bits(kind.descriptor.kind);
    clamp = fmt_pkg::specials(kind.descriptor.kind) == fmt_pkg::SpecialsClamp;
    is_signed = fmt_pkg::is_signed(kind.descriptor.kind);
    mask = {{16{width == 6'd32}}, {8{width != 6'd8}}, 8'hff};
    top = mask ^ (mask >> 1);
    most = kind.sign ? top : mask >> 1;  // largest magnitude of an integer of the sign: its code as well
    largest = is_signed ? mask >> 1 : mask;
    infinity = largest & (32'hffff_ffff << p);
    result = '0;
    result.flags.denormal = kind.denormal;
    if (fmt_pkg::is_integer(kind.descriptor.kind)) begin
      beyond = kind.infinity || (kind.too_large && !(kind.least && width == 6'd32)) ||
               (!kind.too_large && magnitude > most);
      result.flags.invalid = kind.nan || beyond;
      result.bits = (beyond || kind.too_large) ? most : kind.sign ? -magnitude : magnitude;
      if (kind.nan) result.bits = '0;
      result.bits &= mask;
    end else if (kind.nan || (kind.sign && !is_signed && !kind.zero)) begin
      beyond = 1'b0;
      result.flags.invalid = 1'b1;
      result.bits = clamp ? largest : infinity | (32'd1 << (p - 5'd1));
    end else begin
      beyond = kind.infinity || (clamp ? magnitude > largest : magnitude >= infinity);
      result.flags.overflow = beyond && !(kind.infinity && !clamp);
      result.flags.underflow = underflow;
      result.bits = beyond ? (clamp ? largest : infinity) : magnitude;
      if (is_signed && kind.sign) result.bits |= top;
    end
    return result;
  endfunction
endpackage
