// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One method per RV64IM_Zicond_Zicsr_Zifencei instruction, named as in the table with `.` as `_`, and a `_` after the
/// C++ words and, or, xor. Operands stand in assembler order; memory operands are (value, base, offset).
#pragma once

#include <cstdint>

#include "sim/asm/emitter.hpp"
#include "sim/asm/registers.hpp"

namespace tatami {

/// The scalar instructions. `lui` and `auipc` take the value that is added: a multiple of 4096 of 32 signed bits.
class ScalarAssembler : public Emitter {
 protected:
  using Op = isa::Op;
  template <typename Reg>
  static unsigned n(Reg reg) {
    return reg.number();
  }

 public:
  // Integer arithmetic.
  void lui(XReg rd, std::int64_t imm) { emit(Op::Lui, {.rd = n(rd), .imm = imm}); }
  void auipc(XReg rd, std::int64_t imm) { emit(Op::Auipc, {.rd = n(rd), .imm = imm}); }
  void addi(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Addi, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void slti(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Slti, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void sltiu(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Sltiu, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void xori(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Xori, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void ori(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Ori, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void andi(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Andi, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void slli(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Slli, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void srli(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Srli, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void srai(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Srai, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void addiw(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Addiw, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void slliw(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Slliw, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void srliw(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Srliw, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void sraiw(XReg rd, XReg rs1, std::int64_t imm) { emit(Op::Sraiw, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void add(XReg rd, XReg rs1, XReg rs2) { emit(Op::Add, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sub(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sub, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sll(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sll, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void slt(XReg rd, XReg rs1, XReg rs2) { emit(Op::Slt, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sltu(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sltu, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void xor_(XReg rd, XReg rs1, XReg rs2) { emit(Op::Xor, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void srl(XReg rd, XReg rs1, XReg rs2) { emit(Op::Srl, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sra(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sra, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void or_(XReg rd, XReg rs1, XReg rs2) { emit(Op::Or, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void and_(XReg rd, XReg rs1, XReg rs2) { emit(Op::And, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void czero_eqz(XReg rd, XReg rs1, XReg rs2) { emit(Op::CzeroEqz, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void czero_nez(XReg rd, XReg rs1, XReg rs2) { emit(Op::CzeroNez, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void addw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Addw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void subw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Subw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sllw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sllw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void srlw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Srlw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void sraw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Sraw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }

  // Jumps and branches.
  void jal(XReg rd, Label target) { emit_relative(Op::Jal, {.rd = n(rd)}, target); }
  void jalr(XReg rd, XReg rs1, std::int64_t imm = 0) { emit(Op::Jalr, {.rd = n(rd), .rs1 = n(rs1), .imm = imm}); }
  void beq(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Beq, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }
  void bne(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Bne, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }
  void blt(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Blt, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }
  void bge(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Bge, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }
  void bltu(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Bltu, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }
  void bgeu(XReg rs1, XReg rs2, Label target) { emit_relative(Op::Bgeu, {.rs1 = n(rs1), .rs2 = n(rs2)}, target); }

  // Multiply and divide.
  void mul(XReg rd, XReg rs1, XReg rs2) { emit(Op::Mul, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void mulh(XReg rd, XReg rs1, XReg rs2) { emit(Op::Mulh, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void mulhsu(XReg rd, XReg rs1, XReg rs2) { emit(Op::Mulhsu, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void mulhu(XReg rd, XReg rs1, XReg rs2) { emit(Op::Mulhu, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void div(XReg rd, XReg rs1, XReg rs2) { emit(Op::Div, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void divu(XReg rd, XReg rs1, XReg rs2) { emit(Op::Divu, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void rem(XReg rd, XReg rs1, XReg rs2) { emit(Op::Rem, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void remu(XReg rd, XReg rs1, XReg rs2) { emit(Op::Remu, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void mulw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Mulw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void divw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Divw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void divuw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Divuw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void remw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Remw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }
  void remuw(XReg rd, XReg rs1, XReg rs2) { emit(Op::Remuw, {.rd = n(rd), .rs1 = n(rs1), .rs2 = n(rs2)}); }

  // Scalar loads: rd = memory[base + offset].
  void lb(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lb, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void lh(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lh, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void lw(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lw, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void ld(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Ld, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void lbu(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lbu, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void lhu(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lhu, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }
  void lwu(XReg rd, XReg base, std::int64_t offset = 0) { emit(Op::Lwu, {.rd = n(rd), .rs1 = n(base), .imm = offset}); }

  // Scalar stores: memory[base + offset] = rs2.
  void sb(XReg rs2, XReg base, std::int64_t offset = 0) {
    emit(Op::Sb, {.rs1 = n(base), .rs2 = n(rs2), .imm = offset});
  }
  void sh(XReg rs2, XReg base, std::int64_t offset = 0) {
    emit(Op::Sh, {.rs1 = n(base), .rs2 = n(rs2), .imm = offset});
  }
  void sw(XReg rs2, XReg base, std::int64_t offset = 0) {
    emit(Op::Sw, {.rs1 = n(base), .rs2 = n(rs2), .imm = offset});
  }
  void sd(XReg rs2, XReg base, std::int64_t offset = 0) {
    emit(Op::Sd, {.rs1 = n(base), .rs2 = n(rs2), .imm = offset});
  }

  // Fences and traps.
  void fence() { emit(Op::Fence, {}); }
  void fence_i() { emit(Op::FenceI, {}); }
  void ecall() { emit(Op::Ecall, {}); }
  void ebreak() { emit(Op::Ebreak, {}); }
  void mret() { emit(Op::Mret, {}); }
  void wfi() { emit(Op::Wfi, {}); }

  // Control and status registers (numbers: isa::csr).
  void csrrw(XReg rd, unsigned csr, XReg rs1) { emit(Op::Csrrw, {.rd = n(rd), .rs1 = n(rs1), .csr = csr}); }
  void csrrs(XReg rd, unsigned csr, XReg rs1) { emit(Op::Csrrs, {.rd = n(rd), .rs1 = n(rs1), .csr = csr}); }
  void csrrc(XReg rd, unsigned csr, XReg rs1) { emit(Op::Csrrc, {.rd = n(rd), .rs1 = n(rs1), .csr = csr}); }
  void csrrwi(XReg rd, unsigned csr, std::int64_t uimm) { emit(Op::Csrrwi, {.rd = n(rd), .imm = uimm, .csr = csr}); }
  void csrrsi(XReg rd, unsigned csr, std::int64_t uimm) { emit(Op::Csrrsi, {.rd = n(rd), .imm = uimm, .csr = csr}); }
  void csrrci(XReg rd, unsigned csr, std::int64_t uimm) { emit(Op::Csrrci, {.rd = n(rd), .imm = uimm, .csr = csr}); }
};

}  // namespace tatami
