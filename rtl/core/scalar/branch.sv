// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Outcome and target of branches and jumps, and whether they are what was expected. Combinational. The link value is
/// pc + 4, formed by the caller.
///
/// Whether the target is the expected one is known before the target is: a + b = c holds when every bit of a ^ b ^ c is
/// the carry that the bit below then gives.
module branch (
  input  isa_pkg::op_e op_i,
  input  logic [63:0]  pc_i,
  input  logic [63:0]  xs1_i,
  input  logic [63:0]  xs2_i,
  input  logic [63:0]  imm_i,
  // What was expected: behind the branch, or to this target, which lies at a multiple of 4.
  input  logic         taken_i,
  input  logic [63:1]  target_i,
  output logic         taken_o,
  output logic [63:0]  target_o,
  output logic         elsewhere_o  // not as expected
);
  logic [63:0] origin, expected, sum_bits, carries;

  assign origin      = (op_i == isa_pkg::OpJalr) ? xs1_i : pc_i;
  assign expected    = {target_i, origin[0] ^ imm_i[0]};  // the lowest bit of a sum is dropped
  assign sum_bits    = origin ^ imm_i ^ expected;
  assign carries     = {(origin[62:0] & imm_i[62:0]) | ((origin[62:0] | imm_i[62:0]) & ~expected[62:0]), 1'b0};
  assign target_o    = (origin + imm_i) & ~64'd1;
  assign elsewhere_o = (taken_o != taken_i) || (taken_i && sum_bits != carries);

  always_comb begin
    unique case (op_i)
      isa_pkg::OpJal, isa_pkg::OpJalr: taken_o = 1'b1;
      isa_pkg::OpBeq:  taken_o = xs1_i == xs2_i;
      isa_pkg::OpBne:  taken_o = xs1_i != xs2_i;
      isa_pkg::OpBlt:  taken_o = $signed(xs1_i) < $signed(xs2_i);
      isa_pkg::OpBge:  taken_o = $signed(xs1_i) >= $signed(xs2_i);
      isa_pkg::OpBltu: taken_o = xs1_i < xs2_i;
      isa_pkg::OpBgeu: taken_o = xs1_i >= xs2_i;
      default:         taken_o = 1'b0;
    endcase
  end
endmodule : branch
