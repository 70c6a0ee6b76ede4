// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What an RV64I instruction does, from the instruction set manual: given the instruction, its pc, its source registers and
/// what it loaded. `known_o`: it is one of RV64I's, but for fences, system and CSR instructions. Combinational.
///
/// The core's choices: accesses may be misaligned, and trap outside local memory; jumps trap when their target is no
/// multiple of four.
module rvfi_spec (
  input  logic [31:0] insn_i,
  input  logic [63:0] pc_i,
  input  logic [63:0] rs1_i,
  input  logic [63:0] rs2_i,
  input  logic [63:0] loaded_i,    // bytes at the address, zero-extended
  output logic        known_o,
  output logic        trap_o,
  output logic        reads_rs1_o,
  output logic        reads_rs2_o,
  output logic        writes_rd_o,
  output logic [63:0] rd_o,
  output logic [63:0] next_pc_o,
  output logic [63:0] address_o,
  output logic [7:0]  load_mask_o,
  output logic [7:0]  store_mask_o
);
  logic [63:0] imm_i, imm_s, imm_b, imm_u, imm_j, b;
  logic [63:0] place;
  logic [31:0] w;
  logic [5:0] shift;
  logic [2:0] f3;
  logic [6:0] f7;
  logic taken;
  logic [7:0] bytes;

  assign f3    = insn_i[14:12];
  assign f7    = insn_i[31:25];
  assign imm_i = 64'($signed(insn_i[31:20]));
  assign imm_s = 64'($signed({insn_i[31:25], insn_i[11:7]}));
  assign imm_b = 64'($signed({insn_i[31], insn_i[7], insn_i[30:25], insn_i[11:8], 1'b0}));
  assign imm_u = 64'($signed({insn_i[31:12], 12'd0}));
  assign imm_j = 64'($signed({insn_i[31], insn_i[19:12], insn_i[20], insn_i[30:21], 1'b0}));
  assign bytes = 8'((16'd1 << (5'd1 << f3[1:0])) - 16'd1);

  always_comb begin
    known_o      = 1'b0;
    trap_o       = 1'b0;
    reads_rs1_o  = 1'b0;
    reads_rs2_o  = 1'b0;
    writes_rd_o  = 1'b0;
    rd_o         = '0;
    next_pc_o    = pc_i + 64'd4;
    address_o    = '0;
    load_mask_o  = '0;
    store_mask_o = '0;
    taken        = 1'b0;
    w            = '0;
    b            = (insn_i[5]) ? rs2_i : imm_i;
    shift        = b[5:0];
    unique case (insn_i[6:0])
      7'h37: begin  // lui
        {known_o, writes_rd_o} = 2'b11;
        rd_o = imm_u;
      end
      7'h17: begin  // auipc
        {known_o, writes_rd_o} = 2'b11;
        rd_o = pc_i + imm_u;
      end
      7'h6f: begin  // jal
        {known_o, writes_rd_o} = 2'b11;
        rd_o = pc_i + 64'd4;
        next_pc_o = pc_i + imm_j;
        trap_o = next_pc_o[1];
      end
      7'h67: begin  // jalr
        known_o = f3 == 3'd0;
        {reads_rs1_o, writes_rd_o} = 2'b11;
        rd_o = pc_i + 64'd4;
        next_pc_o = rs1_i + imm_i;
        next_pc_o[0] = 1'b0;
        trap_o = next_pc_o[1];
      end
      7'h63: begin  // beq bne - - blt bge bltu bgeu
        known_o = !(f3 inside {3'd2, 3'd3});
        {reads_rs1_o, reads_rs2_o} = 2'b11;
        unique case (f3[2:1])
          2'd0: taken = rs1_i == rs2_i;
          2'd2: taken = $signed(rs1_i) < $signed(rs2_i);
          2'd3: taken = rs1_i < rs2_i;
          default: ;
        endcase
        taken = taken ^ f3[0];
        if (taken) next_pc_o = pc_i + imm_b;
        trap_o = next_pc_o[1] && taken;
      end
      7'h03: begin  // lb lh lw ld lbu lhu lwu
        known_o = f3 != 3'd7;
        {reads_rs1_o, writes_rd_o} = 2'b11;
        address_o = rs1_i + imm_i;
        load_mask_o = bytes;
        unique case (f3)
          3'd0: rd_o = 64'($signed(loaded_i[7:0]));
          3'd1: rd_o = 64'($signed(loaded_i[15:0]));
          3'd2: rd_o = 64'($signed(loaded_i[31:0]));
          default: rd_o = loaded_i;
        endcase
      end
      7'h23: begin  // sb sh sw sd
        known_o = !f3[2];
        {reads_rs1_o, reads_rs2_o} = 2'b11;
        address_o = rs1_i + imm_s;
        store_mask_o = bytes;
      end
      7'h13, 7'h33: begin  // register and immediate
        {reads_rs1_o, writes_rd_o} = 2'b11;
        reads_rs2_o = insn_i[5];
        known_o = insn_i[5] ? f7 == 7'h00 || (f7 == 7'h20 && f3 inside {3'd0, 3'd5}) :
                              !(f3 inside {3'd1, 3'd5}) || f7[6:1] == 6'h00 || (f7[6:1] == 6'h10 && f3 == 3'd5);
        unique case (f3)
          3'd0: rd_o = (insn_i[5] && f7[5]) ? rs1_i - rs2_i : rs1_i + b;
          3'd1: rd_o = rs1_i << shift;
          3'd2: rd_o = {63'd0, $signed(rs1_i) < $signed(b)};
          3'd3: rd_o = {63'd0, rs1_i < b};
          3'd4: rd_o = rs1_i ^ b;
          3'd5: rd_o = f7[5] ? 64'($signed(rs1_i) >>> shift) : rs1_i >> shift;
          3'd6: rd_o = rs1_i | b;
          default: rd_o = rs1_i & b;
        endcase
      end
      7'h1b, 7'h3b: begin  // addiw slliw srliw sraiw addw subw sllw srlw sraw
        {reads_rs1_o, writes_rd_o} = 2'b11;
        reads_rs2_o = insn_i[5];
        known_o = (f3 == 3'd0 && (!insn_i[5] || f7 inside {7'h00, 7'h20})) || (f3 == 3'd1 && f7 == 7'h00) ||
                  (f3 == 3'd5 && f7 inside {7'h00, 7'h20});
        unique case (f3)
          3'd0: w = (insn_i[5] && f7[5]) ? rs1_i[31:0] - rs2_i[31:0] : rs1_i[31:0] + b[31:0];
          3'd1: w = rs1_i[31:0] << shift[4:0];
          default: w = f7[5] ? 32'($signed(rs1_i[31:0]) >>> shift[4:0]) : rs1_i[31:0] >> shift[4:0];
        endcase
        rd_o = 64'($signed(w));
      end
      default: ;
    endcase
    // Local memory begins at 0, and again at 2^31.
    place = address_o;
    place[31] = 1'b0;
    if ((load_mask_o | store_mask_o) != '0) begin
      trap_o = {1'b0, place} + 65'(64'd1 << f3[1:0]) > 65'(cfg_pkg::SramBytes);
    end
  end
endmodule : rvfi_spec
