// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Quotient and remainder of a divider of `Width` bits by what the instruction set manual asks of them: dividend =
/// divisor x quotient + remainder, a remainder smaller than the divisor and with the dividend's sign, and the two special
/// cases. Two units, one gives the quotient and one the remainder of the same operands: the first instruction after reset,
/// which ends `Width` + 3 cycles later.
module divide_proof #(
  parameter int unsigned Width = 8
) (
  input logic             clk_i,
  input logic             rst_ni,
  input logic             signed_i,
  input logic             word_i,
  input logic [Width-1:0] dividend_i,
  input logic [Width-1:0] divisor_i
);
  localparam int unsigned Half = Width / 2;
  localparam int unsigned Latency = Width + 3;

  typedef logic [Width-1:0] number_t;

  `TATAMI_FORMAL_RESET

  logic signed_q, word_q;
  logic [$clog2(Latency+2)-1:0] cycle_q;
  logic [1:0] done;
  pipe_pkg::xwrite_t result[2];
  isa_pkg::op_e op[2];
  number_t a_q, b_q, q, r;

  always_comb begin
    op[0] = word_i ? (signed_i ? isa_pkg::OpDivw : isa_pkg::OpDivuw) : (signed_i ? isa_pkg::OpDiv : isa_pkg::OpDivu);
    op[1] = word_i ? (signed_i ? isa_pkg::OpRemw : isa_pkg::OpRemuw) : (signed_i ? isa_pkg::OpRem : isa_pkg::OpRemu);
  end

  for (genvar u = 0; u < 2; u++) begin : gen_unit
    muldiv #(
      .Width(Width)
    ) u_muldiv (
      .clk_i,
      .rst_ni,
      .ready_o     (),
      .valid_i     (rst_ni && cycle_q == '0),
      .op_i        (op[u]),
      .thread_i    ('0),
      .rd_i        (5'd1),
      .xs1_i       (dividend_i),
      .xs2_i       (divisor_i),
      .done_valid_o(done[u]),
      .done_o      (result[u])
    );
  end

  /// Of a word form the lower half, as a number of all bits.
  function automatic number_t operand(input number_t x, input logic is_word, input logic is_signed);
    return is_word ? (is_signed ? number_t'($signed(x[Half-1:0])) : number_t'(x[Half-1:0])) : x;
  endfunction

  function automatic number_t size(input number_t x, input logic is_signed);
    return (is_signed && x[Width-1]) ? -x : x;
  endfunction

  always_ff @(posedge clk_i) begin
    if (!rst_ni) cycle_q <= '0;
    else if (int'(cycle_q) <= Latency) cycle_q <= cycle_q + 1'b1;
    if (rst_ni && cycle_q == '0) begin
      a_q <= operand(dividend_i, word_i, signed_i);
      b_q <= operand(divisor_i, word_i, signed_i);
      signed_q <= signed_i;
      word_q <= word_i;
    end
  end

  // Results of word forms are sign-extended; as unsigned numbers they have half the bits.
  assign q = operand(result[0].data[Width-1:0], word_q, signed_q);
  assign r = operand(result[1].data[Width-1:0], word_q, signed_q);

  logic by_zero, wraps, ordinary, ends;
  number_t lowest;
  assign lowest   = word_q ? ~number_t'(0) << (Half - 1) : number_t'(1) << (Width - 1);
  assign by_zero  = b_q == '0;
  assign wraps    = signed_q && b_q == '1 && a_q == lowest;
  assign ends     = int'(cycle_q) == Latency;
  assign ordinary = ends && !by_zero && !wraps;

  // What a result must look like.
  logic is_word_form, no_overflow;
  always_comb begin
    is_word_form = 1'b1;
    for (int unsigned u = 0; u < 2; u++) begin
      if (result[u].data[Width-1:0] != number_t'($signed(result[u].data[Half-1:0]))) is_word_form = 1'b0;
    end
    no_overflow = (2 * Width)'(size(b_q, signed_q)) * (2 * Width)'(size(q, signed_q)) <=
        (2 * Width)'(size(a_q, signed_q));
  end

  `TATAMI_ASSERT(OnTime, done == (ends ? 2'b11 : 2'b00))
  `TATAMI_ASSERT(WordForm, !ends || !word_q || is_word_form)
  `TATAMI_ASSERT(ByZero, !ends || !by_zero || (result[0].data[Width-1:0] == '1 && r == a_q))
  `TATAMI_ASSERT(Wraps, !ends || !wraps || (q == a_q && r == '0))
  `TATAMI_ASSERT(Identity, !ordinary || number_t'(b_q * q) + r == a_q)
  `TATAMI_ASSERT(NoOverflow, !ordinary || no_overflow)
  `TATAMI_ASSERT(Smaller, !ordinary || size(r, signed_q) < size(b_q, signed_q))
  `TATAMI_ASSERT(Sign, !ordinary || !signed_q || r == '0 || r[Width-1] == a_q[Width-1])
  `TATAMI_COVER(Done, ordinary && signed_q && q == -number_t'(2) && r == number_t'(1))
  `TATAMI_COVER(Wraps, ends && wraps && word_q)
endmodule : divide_proof
