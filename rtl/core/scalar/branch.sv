// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Outcome and target of branches and jumps. Combinational. The link value is pc + 4, formed by the caller.
module branch (
  input  isa_pkg::op_e op_i,
  input  logic [63:0]  pc_i,
  input  logic [63:0]  xs1_i,
  input  logic [63:0]  xs2_i,
  input  logic [63:0]  imm_i,
  output logic         taken_o,
  output logic [63:0]  target_o
);
  always_comb begin
    target_o = pc_i + imm_i;
    unique case (op_i)
      isa_pkg::OpJal: taken_o = 1'b1;
      isa_pkg::OpJalr: begin
        taken_o  = 1'b1;
        target_o = (xs1_i + imm_i) & ~64'd1;
      end
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
