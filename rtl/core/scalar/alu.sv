// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Integer arithmetic of one cycle: RV64I register and immediate forms, lui, auipc, Zicond. Combinational.
module alu (
  input  isa_pkg::op_e op_i,
  input  logic [63:0]  pc_i,
  input  logic [63:0]  xs1_i,
  input  logic [63:0]  xs2_i,
  input  logic [63:0]  imm_i,
  output logic [63:0]  result_o
);
  function automatic logic [63:0] extend_word(input logic [31:0] word);
    return {{32{word[31]}}, word};
  endfunction

  always_comb begin
    unique case (op_i)
      isa_pkg::OpLui:   result_o = imm_i;
      isa_pkg::OpAuipc: result_o = pc_i + imm_i;
      isa_pkg::OpAddi:  result_o = xs1_i + imm_i;
      isa_pkg::OpSlti:  result_o = 64'($signed(xs1_i) < $signed(imm_i));
      isa_pkg::OpSltiu: result_o = 64'(xs1_i < imm_i);
      isa_pkg::OpXori:  result_o = xs1_i ^ imm_i;
      isa_pkg::OpOri:   result_o = xs1_i | imm_i;
      isa_pkg::OpAndi:  result_o = xs1_i & imm_i;
      isa_pkg::OpSlli:  result_o = xs1_i << imm_i[5:0];
      isa_pkg::OpSrli:  result_o = xs1_i >> imm_i[5:0];
      isa_pkg::OpSrai:  result_o = $unsigned($signed(xs1_i) >>> imm_i[5:0]);
      isa_pkg::OpAddiw: result_o = extend_word(xs1_i[31:0] + imm_i[31:0]);
      isa_pkg::OpSlliw: result_o = extend_word(xs1_i[31:0] << imm_i[4:0]);
      isa_pkg::OpSrliw: result_o = extend_word(xs1_i[31:0] >> imm_i[4:0]);
      isa_pkg::OpSraiw: result_o = extend_word($unsigned($signed(xs1_i[31:0]) >>> imm_i[4:0]));
      isa_pkg::OpAdd:   result_o = xs1_i + xs2_i;
      isa_pkg::OpSub:   result_o = xs1_i - xs2_i;
      isa_pkg::OpSll:   result_o = xs1_i << xs2_i[5:0];
      isa_pkg::OpSlt:   result_o = 64'($signed(xs1_i) < $signed(xs2_i));
      isa_pkg::OpSltu:  result_o = 64'(xs1_i < xs2_i);
      isa_pkg::OpXor:   result_o = xs1_i ^ xs2_i;
      isa_pkg::OpSrl:   result_o = xs1_i >> xs2_i[5:0];
      isa_pkg::OpSra:   result_o = $unsigned($signed(xs1_i) >>> xs2_i[5:0]);
      isa_pkg::OpOr:    result_o = xs1_i | xs2_i;
      isa_pkg::OpAnd:   result_o = xs1_i & xs2_i;
      isa_pkg::OpAddw:  result_o = extend_word(xs1_i[31:0] + xs2_i[31:0]);
      isa_pkg::OpSubw:  result_o = extend_word(xs1_i[31:0] - xs2_i[31:0]);
      isa_pkg::OpSllw:  result_o = extend_word(xs1_i[31:0] << xs2_i[4:0]);
      isa_pkg::OpSrlw:  result_o = extend_word(xs1_i[31:0] >> xs2_i[4:0]);
      isa_pkg::OpSraw:  result_o = extend_word($unsigned($signed(xs1_i[31:0]) >>> xs2_i[4:0]));
      isa_pkg::OpCzeroEqz: result_o = (xs2_i == '0) ? '0 : xs1_i;
      isa_pkg::OpCzeroNez: result_o = (xs2_i != '0) ? '0 : xs1_i;
      default:          result_o = '0;
    endcase
  end
endmodule : alu
