// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Products of a multiplier of `Width` bits equal the sum of shifted operands, two operands wide, for each of the five
/// instructions: of all instructions that it is given one after the other, and with their registers.
module multiply_proof #(
  parameter int unsigned Width = 8
) (
  input logic               clk_i,
  input logic               rst_ni,
  input logic               ask_i,
  input isa_pkg::op_e       op_i,
  input pipe_pkg::thread_t  thread_i,
  input logic [4:0]         rd_i,
  input logic [Width-1:0]   xs1_i,
  input logic [Width-1:0]   xs2_i
);
  `TATAMI_FORMAL_RESET

  logic ready, done, asked_q;
  logic [Width-1:0] a_q, b_q;
  isa_pkg::op_e op_q;
  pipe_pkg::xwrite_t result, origin_q;

  muldiv #(
    .Width(Width)
  ) u_muldiv (
    .clk_i,
    .rst_ni,
    .ready_o     (ready),
    .valid_i     (ask_i && ready),
    .op_i,
    .thread_i,
    .rd_i,
    .xs1_i,
    .xs2_i,
    .done_valid_o(done),
    .done_o      (result)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) asked_q <= 1'b0;
    else if (ask_i && ready) asked_q <= 1'b1;
    else if (done) asked_q <= 1'b0;
    if (ask_i && ready) begin
      a_q <= xs1_i;
      b_q <= xs2_i;
      op_q <= op_i;
      origin_q <= '{valid: rd_i != '0, thread: thread_i, rd: rd_i, data: '0};
    end
  end

  // As on paper; of a signed second factor the highest bit counts negative.
  logic [2*Width-1:0] first, exact;
  logic [Width-1:0] expected;
  logic signed_a, signed_b;

  always_comb begin
    signed_a = op_q inside {isa_pkg::OpMulh, isa_pkg::OpMulhsu};
    signed_b = op_q == isa_pkg::OpMulh;
    first = {{Width{signed_a && a_q[Width-1]}}, a_q};
    exact = '0;
    for (int unsigned i = 0; i < Width; i++) begin
      if (b_q[i]) exact = (i == Width - 1 && signed_b) ? exact - (first << i) : exact + (first << i);
    end
    case (op_q)
      isa_pkg::OpMul: expected = exact[Width-1:0];
      isa_pkg::OpMulw: expected = {{Width / 2{exact[Width/2-1]}}, exact[Width/2-1:0]};
      default: expected = exact[2*Width-1:Width];
    endcase
  end

  logic is_product, same_origin;
  assign is_product = op_i inside {isa_pkg::OpMul, isa_pkg::OpMulw, isa_pkg::OpMulh, isa_pkg::OpMulhsu,
                                   isa_pkg::OpMulhu};
  assign same_origin = {result.valid, result.thread, result.rd} == {origin_q.valid, origin_q.thread, origin_q.rd};

  `TATAMI_ASSUME(Product, !ask_i || is_product)
  `TATAMI_ASSERT(Result, !done || (asked_q && result.data[Width-1:0] == expected))
  `TATAMI_ASSERT(Origin, !done || same_origin)
  `TATAMI_ASSERT(Ready, ready == !asked_q)
  `TATAMI_ASSERT_NEXT(InTime, asked_q && !done, done || asked_q)
  `TATAMI_COVER(High, done && result.valid && op_q == isa_pkg::OpMulhsu && expected == '1)
  `TATAMI_COVER(Low, done && result.valid && op_q == isa_pkg::OpMul && expected == Width'(25))
endmodule : multiply_proof
