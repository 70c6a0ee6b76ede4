// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The generated decoder, its result field by field.
module isa_tb (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic [31:0] insn_i,
  output logic legal_o,
  output logic [7:0] op_o,
  output logic [3:0] unit_o,
  output logic [14:0] registers_o,
  output logic [63:0] imm_o,
  output logic [11:0] csr_o,
  output logic [8:0] flags_o,
  output logic [2:0] acc_o,
  output logic [1:0] part_o
);
  isa_pkg::decoded_t d;
  logic unused_clock;

  assign unused_clock = clk_i ^ rst_ni;
  assign d = isa_pkg::decode(insn_i);
  assign legal_o = d.legal;
  assign op_o = 8'(d.op);
  assign unit_o = 4'(d.unit);
  assign registers_o = {d.rd, d.rs1, d.rs2};
  assign imm_o = d.imm;
  assign csr_o = d.csr;
  assign flags_o = {
    d.writes_acc, d.reads_acc, d.writes_vd, d.reads_vd, d.reads_vs2, d.reads_vs1, d.writes_xd, d.reads_xs2, d.reads_xs1
  };
  assign acc_o = d.acc;
  assign part_o = d.part;
endmodule
