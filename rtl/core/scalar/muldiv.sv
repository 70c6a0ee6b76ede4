// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Multiplier and divider, one instruction at a time.
///
/// A product is put together from those of the operands' halves, one per cycle and each added in the next, as far as the
/// instruction needs them. A quotient gets one bit per cycle. Latency from `valid_i` to `done_valid_o`: 3 cycles for a word's
/// product, 5 for the low part of a product, 6 for the high part, `Width` + 3 for quotients and remainders.
/// `ready_o` is low from the cycle after acceptance until the result has been given.
module muldiv #(
  /// Bits of an operand, a power of two; word forms have half of them. Proofs take few.
  parameter int unsigned Width = 64
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  output logic                ready_o,
  input  logic                valid_i,
  input  isa_pkg::op_e        op_i,
  input  pipe_pkg::thread_t   thread_i,
  input  logic [4:0]          rd_i,
  input  logic [Width-1:0]    xs1_i,
  input  logic [Width-1:0]    xs2_i,
  output logic                done_valid_o,
  output pipe_pkg::xwrite_t   done_o          // valid when there is a register to write
);
  localparam int unsigned Half = Width / 2;
  localparam int unsigned Low = Half / 2;
  localparam int unsigned StepW = (Width > 4) ? $clog2(Width) : 3;

  typedef enum logic [2:0] {
    Idle,
    Multiply,
    Prepare,
    Divide,
    Finish,
    Done
  } state_e;

  state_e state_q;
  logic [Width-1:0] a_q, b_q;  // operands; then dividend / quotient and divisor
  logic [Width-1:0] rest_q;
  logic [StepW-1:0] step_q;
  logic signed_a_q, signed_b_q, word_q, want_high_q, want_rest_q, negate_q;
  pipe_pkg::xwrite_t result_q;

  // Which of the operands of an instruction that comes are signed, and which result is wanted.
  logic signed_a, signed_b, word, is_mul, want_rest, want_high;
  always_comb begin
    is_mul    = 1'b0;
    want_high = 1'b0;
    want_rest = 1'b0;
    word      = 1'b0;
    signed_a  = 1'b1;
    signed_b  = 1'b1;
    unique case (op_i)
      isa_pkg::OpMul: is_mul = 1'b1;
      isa_pkg::OpMulw: begin is_mul = 1'b1; word = 1'b1; end
      isa_pkg::OpMulh: begin is_mul = 1'b1; want_high = 1'b1; end
      isa_pkg::OpMulhsu: begin is_mul = 1'b1; want_high = 1'b1; signed_b = 1'b0; end
      isa_pkg::OpMulhu: begin is_mul = 1'b1; want_high = 1'b1; signed_a = 1'b0; signed_b = 1'b0; end
      isa_pkg::OpDivu: begin signed_a = 1'b0; signed_b = 1'b0; end
      isa_pkg::OpRem: want_rest = 1'b1;
      isa_pkg::OpRemu: begin want_rest = 1'b1; signed_a = 1'b0; signed_b = 1'b0; end
      isa_pkg::OpDivw: word = 1'b1;
      isa_pkg::OpDivuw: begin word = 1'b1; signed_a = 1'b0; signed_b = 1'b0; end
      isa_pkg::OpRemw: begin word = 1'b1; want_rest = 1'b1; end
      isa_pkg::OpRemuw: begin word = 1'b1; want_rest = 1'b1; signed_a = 1'b0; signed_b = 1'b0; end
      default: ;
    endcase
  end

  function automatic logic [Width-1:0] operand(input logic [Width-1:0] x, input logic is_word, input logic is_signed);
    return is_word ? {{Half{is_signed && x[Half-1]}}, x[Half-1:0]} : x;
  endfunction

  // Steps 0 to 3 multiply low by low, low by high, high by low, high by high; the factors are turned so that their halves
  // lie in the low part. Only the high half of a signed operand has a sign. Each is multiplied by two parts of its second
  // factor at once. Steps 1 to 4 add.
  logic signed [Half:0] half_a, half_b;
  logic signed [Half+Low+1:0] low_product;
  logic signed [Width-Low+1:0] high_product;
  logic signed [Width+1:0] low_q, high_q, part, sum_q, sum;
  logic [StepW-1:0] last_step;
  assign half_a    = {step_q[1] && signed_a_q && a_q[Half-1], a_q[Half-1:0]};
  assign half_b    = {step_q[0] && signed_b_q && b_q[Half-1], b_q[Half-1:0]};
  assign part      = low_q + (high_q <<< Low);
  assign sum       = sum_q + low_q + (high_q <<< Low);
  assign last_step = word_q ? StepW'(1) : want_high_q ? StepW'(4) : StepW'(3);

  half_product #(
    .Half(Half)
  ) u_product (
    .a_i   (half_a),
    .b_i   (half_b),
    .low_o (low_product),
    .high_o(high_product)
  );

  function automatic logic [Width-1:0] turned(input logic [Width-1:0] x);
    return {x[Half-1:0], x[Width-1:Half]};
  endfunction

  // One step of restoring division: shift a dividend bit into the rest, subtract the divisor if it fits.
  logic [Width:0] shifted, difference;
  assign shifted    = {rest_q, a_q[Width-1]};
  assign difference = shifted - {1'b0, b_q};

  logic [Width-1:0] magnitude, signed_result;
  assign magnitude     = want_rest_q ? rest_q : a_q;
  assign signed_result = negate_q ? -magnitude : magnitude;

  always_ff @(posedge clk_i) begin
    unique case (state_q)
      Idle: begin
        if (valid_i) begin
          signed_a_q    <= signed_a;
          signed_b_q    <= signed_b;
          word_q        <= word;
          want_high_q   <= want_high;
          want_rest_q   <= want_rest;
          step_q        <= '0;
          result_q.valid  <= 1'b1;
          result_q.thread <= thread_i;
          result_q.rd     <= rd_i;
          a_q           <= operand(xs1_i, word, signed_a);
          b_q           <= operand(xs2_i, word, signed_b);
        end
      end
      Multiply: begin
        low_q  <= (Width + 2)'(low_product);
        high_q <= (Width + 2)'(high_product);
        b_q    <= turned(b_q);
        if (step_q[0]) a_q <= turned(a_q);
        step_q <= step_q + 1'b1;
        unique case (step_q)
          StepW'(1): begin
            sum_q         <= part >>> Half;
            result_q.data <= 64'(operand(part[Width-1:0], 1'b1, 1'b1));
          end
          StepW'(2): sum_q <= sum;
          StepW'(3): begin
            sum_q                       <= sum >>> Half;
            result_q.data[Width-1:Half] <= sum[Half-1:0];
          end
          StepW'(4): result_q.data <= 64'(sum[Width-1:0]);
          default: ;
        endcase
      end
      Prepare: begin
        // A quotient by zero stays all ones, whatever the signs.
        negate_q <= signed_a_q && (want_rest_q ? a_q[Width-1] : (a_q[Width-1] != b_q[Width-1]) && b_q != '0);
        if (signed_a_q && a_q[Width-1]) a_q <= -a_q;
        if (signed_b_q && b_q[Width-1]) b_q <= -b_q;
        rest_q <= '0;
      end
      Divide: begin
        rest_q <= difference[Width] ? shifted[Width-1:0] : difference[Width-1:0];
        a_q    <= {a_q[Width-2:0], !difference[Width]};
        step_q <= step_q + 1'b1;
      end
      default: ;
    endcase
    if (state_q == Finish) result_q.data <= 64'(operand(signed_result, word_q, 1'b1));
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) state_q <= Idle;
    else begin
      unique case (state_q)
        Idle: if (valid_i) state_q <= is_mul ? Multiply : Prepare;
        Multiply: if (step_q == last_step) state_q <= Done;
        Prepare: state_q <= Divide;
        Divide: if (step_q == StepW'(Width - 1)) state_q <= Finish;
        Finish: state_q <= Done;
        Done: state_q <= Idle;
        default: state_q <= Idle;
      endcase
    end
  end

  assign ready_o      = state_q == Idle;
  assign done_valid_o = state_q == Done;

  always_comb begin
    done_o       = result_q;
    done_o.valid = done_valid_o && result_q.rd != '0;
  end

  `TATAMI_ASSERT(StartWhenReady, !valid_i || ready_o)
endmodule : muldiv
