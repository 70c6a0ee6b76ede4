// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The sums that a memory pipe does as well as an ALU (`pipe_pkg::is_sum`). Combinational. A block of its own in synthesis: a sum is
/// handed over to stage I in the same cycle, so it must be there before the deeper checks of addresses beside it.
module sum_unit (
  input  isa_pkg::op_e op_i,
  input  logic [63:0]  pc_i,
  input  logic [63:0]  xs1_i,
  input  logic [63:0]  xs2_i,
  input  logic [63:0]  imm_i,
  output logic [63:0]  sum_o
);
  always_comb begin
    unique case (op_i)
      isa_pkg::OpLui:   sum_o = imm_i;
      isa_pkg::OpAuipc: sum_o = pc_i + imm_i;
      isa_pkg::OpAdd:   sum_o = xs1_i + xs2_i;
      default:          sum_o = xs1_i + imm_i;
    endcase
  end
endmodule : sum_unit
