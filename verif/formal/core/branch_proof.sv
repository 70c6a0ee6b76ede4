// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Branches are taken by the sign, zero and carry of a difference, as the instruction set manual orders; everything but a
/// branch or jump goes on straight. Targets are relative to pc, or even ones relative to a register. A guess is found wrong
/// when it is, whatever it was.
module branch_proof (
  input logic         clk_i,
  input logic         rst_ni,
  input isa_pkg::op_e op_i,
  input logic [63:0]  pc_i,
  input logic [63:0]  xs1_i,
  input logic [63:0]  xs2_i,
  input logic [63:0]  imm_i,
  input logic         guessed_i,
  input logic [63:1]  guess_i
);
  `TATAMI_FORMAL_RESET

  logic taken, elsewhere, expected, equal, less, below;
  logic [63:0] target, base;
  logic [64:0] difference;

  branch u_branch (
    .op_i,
    .pc_i,
    .xs1_i,
    .xs2_i,
    .imm_i,
    .taken_i (guessed_i),
    .target_i(guess_i),
    .taken_o (taken),
    .target_o(target),
    .elsewhere_o(elsewhere)
  );

  assign difference = {1'b0, xs1_i} + {1'b0, ~xs2_i} + 65'd1;
  assign equal      = difference[63:0] == 64'd0;
  assign below      = !difference[64];
  assign less       = (xs1_i[63] ^ xs2_i[63]) ? xs1_i[63] : below;
  assign base       = (op_i == isa_pkg::OpJalr) ? xs1_i : pc_i;

  always_comb begin
    case (op_i)
      isa_pkg::OpBeq: expected = equal;
      isa_pkg::OpBne: expected = !equal;
      isa_pkg::OpBlt: expected = less;
      isa_pkg::OpBge: expected = !less;
      isa_pkg::OpBltu: expected = below;
      isa_pkg::OpBgeu: expected = !below;
      default: expected = op_i == isa_pkg::OpJal || op_i == isa_pkg::OpJalr;
    endcase
  end

  // Instructions lie at even addresses, and what is relative to one is even.
  `TATAMI_ASSUME(Even, op_i == isa_pkg::OpJalr || !(pc_i[0] || imm_i[0]))
  `TATAMI_ASSERT(Taken, taken == expected)
  `TATAMI_ASSERT(Target, 64'(target - base - imm_i) == ((op_i == isa_pkg::OpJalr) ? -64'(xs1_i[0] ^ imm_i[0]) : 64'd0))
  `TATAMI_ASSERT(Elsewhere, elsewhere == (taken != guessed_i || (guessed_i && target[63:1] != guess_i)))
  `TATAMI_COVER(AsGuessed, op_i == isa_pkg::OpJalr && guessed_i && !elsewhere && target != '0)
  `TATAMI_COVER(SignedBelow, op_i == isa_pkg::OpBlt && taken && !below)
  `TATAMI_COVER(NotTaken, op_i == isa_pkg::OpBgeu && !taken)
endmodule : branch_proof
