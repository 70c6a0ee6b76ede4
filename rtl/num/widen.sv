// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of any format to FP32 (docs/numbers.md, "Conversions"). Exact, except that int32 is rounded to nearest even.
///
/// `code_i` holds the code in its low bits; those above are ignored. Latency: 2 cycles. Stage s loads when `en_i[s]` is
/// high. The descriptor must be legal; `stochastic` has no say.
module widen (
  input  logic                 clk_i,
  input  logic [1:0]           en_i,
  input  fmt_pkg::descriptor_t descriptor_i,
  input  logic [31:0]          code_i,
  output logic [31:0]          fp32_o,
  output flag_pkg::flags_t     flags_o
);
  localparam int unsigned ExpW = 9;

  // Stage 1: fields, aligned to the left.
  typedef struct packed {
    logic sign;
    logic zero;
    logic infinity;
    logic nan;
    logic denormal;            // operand, for the flag
    logic [ExpW-1:0] exponent; // FP32's, of bit 31 of the significand, before normalisation
    logic subnormal;           // stays as it is: an FP32 subnormal
    logic [31:0] significand;
  } fields_t;

  function automatic fields_t integer_fields(input logic [31:0] value);
    fields_t f;
    f = '0;
    f.sign = value[31];
    f.zero = value == '0;
    f.exponent = ExpW'(127 + 31);
    f.significand = value[31] ? -value : value;
    return f;
  endfunction

  function automatic fields_t float_fields(input fmt_pkg::descriptor_t d, input code_pkg::code_t c);
    fields_t f;
    logic low, flush;
    low = c.exponent == '0;
    flush = low && fmt_pkg::denormals(d.kind) == fmt_pkg::DenormalsFlush;
    f = '0;
    f.sign = c.sign;
    f.denormal = low && c.fraction != '0;
    f.zero = low && (c.fraction == '0 || flush);
    f.infinity = c.top && c.fraction == '0;
    f.nan = c.top && c.fraction != '0;
    f.exponent = ExpW'(c.exponent) + ExpW'(127) - ExpW'(fmt_pkg::bias(d.kind, d.bias)) +
                 ExpW'(low && !fmt_pkg::literal(d.kind, d.gradual));
    f.subnormal = f.denormal && d.kind inside {fmt_pkg::KindBf16, fmt_pkg::KindFp32};
    f.significand = {!low, c.fraction, 8'b0};
    return f;
  endfunction

  function automatic fields_t fields(input fmt_pkg::descriptor_t d, input logic [31:0] c);
    unique case (d.kind)
      fmt_pkg::KindInt8:  return integer_fields({{24{c[7]}}, c[7:0]});
      fmt_pkg::KindInt16: return integer_fields({{16{c[15]}}, c[15:0]});
      fmt_pkg::KindInt32: return integer_fields(c);
      default:            return float_fields(d, code_pkg::split(d.kind, c));
    endcase
  endfunction

  fields_t fields_q;

  always_ff @(posedge clk_i) begin
    if (en_i[0]) fields_q <= fields(descriptor_i, code_i);
  end

  // Stage 2: normalise; only an int32 has bits to round away.
  function automatic logic [31:0] normalised(input fields_t f);
    num_pkg::normalised_t moved;
    logic [7:0] exponent;
    logic up;
    if (f.nan) return num_pkg::Fp32Nan;
    if (f.infinity) return {f.sign, 31'h7f80_0000};
    if (f.zero) return {f.sign, 31'b0};
    if (f.subnormal) return {f.sign, 8'b0, f.significand[30:8]};
    moved = num_pkg::normalise32(f.significand);
    exponent = 8'(f.exponent - ExpW'(moved.zeros));
    up = moved.value[7] && (moved.value[6:0] != '0 || moved.value[8]);
    return {f.sign, {exponent, moved.value[30:8]} + 31'(up)};
  endfunction

  always_ff @(posedge clk_i) begin
    if (en_i[1]) begin
      fp32_o  <= normalised(fields_q);
      flags_o <= '{invalid: fields_q.nan, denormal: fields_q.denormal, default: 1'b0};
    end
  end
endmodule : widen
