// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of the FP32 functions: reciprocal, square root, reciprocal square root, exp2 and log2.
///
/// Seven stages, no back-pressure: reduce, look up, quadratic term, linear term, multiply, normalise, round. `en_i[s]`
/// is high when stage s holds work; an operand that enters with en_i[0] in cycle t has its result and its flags in
/// t+7, one per cycle.
module function_lane (
  input  logic              clk_i,
  input  logic [6:0]        en_i,
  input  function_pkg::fn_e fn_i,
  input  logic [31:0]       x_i,
  output logic [31:0]       result_o,
  output flag_pkg::flags_t  flags_o
);
  localparam int unsigned OffsetW = function_table_pkg::OffsetW;
  localparam int unsigned ShortW = function_table_pkg::ShortOffsetW;
  localparam int unsigned LinearW = function_table_pkg::LinearW;
  localparam int unsigned SlopeW = LinearW + ShortW;
  localparam int unsigned ValueW = function_pkg::ValueW;
  localparam int unsigned FineW = ValueW + OffsetW;
  localparam int unsigned WholeLsb = function_pkg::WholeLsb;
  localparam int unsigned SumW = function_pkg::SumW;

  /// What the later stages need beside the value.
  typedef struct packed {
    num_pkg::special_e special;
    logic sign;
    logic subtract;
    flag_pkg::flags_t flags;
    logic [function_pkg::ExpW-1:0] limit;
  } rest_t;

  /// What the fifth stage multiplies the value by, and adds. From the third stage on the factor has its sign.
  typedef struct packed {
    logic signed [function_pkg::SigW:0] factor;
    logic [function_pkg::WholeW:0] whole;
  } scale_t;

  // Stage 1: reduce.
  function_pkg::reduced_t reduced_q;

  always_ff @(posedge clk_i) begin
    if (en_i[0]) reduced_q <= function_pkg::reduce(fn_i, x_i);
  end

  // Stage 2: look up. The offset is from now on that from the middle of the segment.
  function_table_pkg::row_t row_q;
  logic signed [OffsetW-1:0] offset2_q;
  rest_t rest2_q;
  scale_t scale2_q;

  always_ff @(posedge clk_i) begin
    if (en_i[1]) begin
      row_q <= function_table_pkg::row(reduced_q.address);
      offset2_q <= {!reduced_q.offset[OffsetW-1], reduced_q.offset[OffsetW-2:0]};
      rest2_q <= '{
          special: reduced_q.special,
          sign: reduced_q.sign,
          subtract: reduced_q.subtract,
          flags: reduced_q.flags,
          limit: reduced_q.limit
      };
      scale2_q <= '{
          factor: reduced_q.complement ? {2'b0, -reduced_q.factor[function_pkg::SigW-2:0]} : {1'b0, reduced_q.factor},
          whole: (function_pkg::WholeW + 1)'(reduced_q.whole)
      };
    end
  end

  // Stage 3: the slope at the offset.
  logic [function_table_pkg::ConstantW-1:0] constant_q;
  logic signed [LinearW-1:0] slope_q;
  logic signed [OffsetW-1:0] offset3_q;
  rest_t rest3_q;
  scale_t scale3_q;

  always_ff @(posedge clk_i) begin
    if (en_i[2]) begin : quadratic
      automatic logic signed [ShortW-1:0] offset = offset2_q[OffsetW-1-:ShortW];
      automatic
      logic signed [SlopeW-1:0]
      slope = SlopeW'(signed'({1'b0, row_q.quadratic})) * SlopeW'(offset) + signed'({row_q.linear, {ShortW{1'b0}}});
      slope_q <= LinearW'(slope >>> ShortW);
      constant_q <= row_q.constant;
      offset3_q <= offset2_q;
      rest3_q <= rest2_q;
      scale3_q <= '{
          factor: rest2_q.subtract ? -scale2_q.factor : scale2_q.factor,
          whole: scale2_q.whole - (function_pkg::WholeW + 1)'(rest2_q.subtract)
      };
    end
  end

  // Stage 4: the value, between 1 and 2.
  logic [ValueW-1:0] value_q;
  rest_t rest4_q;
  scale_t scale4_q;

  always_ff @(posedge clk_i) begin
    if (en_i[3]) begin : linear
      automatic logic signed [FineW-1:0] middle = {2'b01, constant_q, {OffsetW{1'b0}}};
      automatic logic signed [FineW-1:0] value = middle + FineW'(slope_q) * FineW'(offset3_q);
      value_q <= ValueW'(value >>> OffsetW);
      rest4_q <= rest3_q;
      scale4_q <= scale3_q;
    end
  end

  // Stage 5: multiply, and add the whole part. A difference is less by one, its one's complement; the rounding gets the
  // missing one.
  logic [SumW-1:0] sum_q;
  rest_t rest5_q;

  always_ff @(posedge clk_i) begin
    if (en_i[4]) begin : multiply
      automatic logic signed [SumW-1:0] whole = {scale4_q.whole, {WholeLsb{rest4_q.subtract}}};
      sum_q <= SumW'(scale4_q.factor) * SumW'(signed'({1'b0, value_q})) + whole;
      rest5_q <= rest4_q;
    end
  end

  // Stage 6: normalise, no further than to the smallest normal exponent.
  num_pkg::unrounded_t unrounded_q;
  flag_pkg::flags_t flags6_q;

  always_ff @(posedge clk_i) begin
    if (en_i[5]) begin : shift
      automatic logic [63:0] sum = 64'(sum_q);
      automatic logic ones = rest5_q.subtract;
      automatic logic [5:0] left = num_pkg::leading_zeros64(sum | num_pkg::mark64(12'(rest5_q.limit)));
      automatic logic [63:0] shifted = ((sum ^ {64{ones}}) << left) ^ {64{ones}};
      unrounded_q.special <= rest5_q.special;
      unrounded_q.sign <= rest5_q.sign;
      unrounded_q.ones <= ones;
      unrounded_q.exponent <= (sum_q == '0) ? '0 : rest5_q.limit - function_pkg::ExpW'(left);
      unrounded_q.significand <= {shifted[63:33], ones ? shifted[32:0] == '1 : shifted[32:0] != '0};
      flags6_q <= rest5_q.flags;
    end
  end

  // Stage 7: round.
  logic [31:0] result_q;
  flag_pkg::flags_t flags_q;

  always_ff @(posedge clk_i) begin
    if (en_i[6]) begin : round
      automatic logic [31:0] result = num_pkg::round(1'b0, unrounded_q);
      result_q <= result;
      flags_q <= flags6_q;
      if (unrounded_q.special == num_pkg::SpecialNone && result[30:23] == '1) flags_q.overflow <= 1'b1;
    end
  end

  assign result_o = result_q;
  assign flags_o = flags_q;
endmodule : function_lane
