// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The assembler that kernel generators use, as just-in-time libraries do:
///
///     using namespace tatami::reg;
///     tatami::Assembler as;
///     as.li(t0, 100);
///     const tatami::Label loop = as.here();
///     as.addi(t0, t0, -1);
///     as.bnez(t0, loop);
///     as.thread_exit(zero);
///     std::vector<std::uint32_t> program = as.finish();
///
/// Errors (an immediate that does not fit, a label out of reach or unbound) throw AssemblerError.
#pragma once

#include <bit>
#include <cstdint>

#include "sim/asm/tensor_assembler.hpp"

namespace tatami {

/// All instructions of the table, and the usual pseudo instructions.
class Assembler : public TensorAssembler {
 public:
  /// rd = value, in one to eight instructions.
  void li(XReg rd, std::int64_t value) {
    const std::int64_t low = sign_extend(value, 12);
    if (value == low) return addi(rd, reg::x0, value);
    if (value == sign_extend(value, 32)) {
      // lui sign-extends at bit 31 and addiw wraps there, so that values just below 2^31 come out right.
      lui(rd, sign_extend(value - low, 32));
      if (low != 0) addiw(rd, rd, low);
      return;
    }
    // value = (upper << shift) + low, with upper short enough to end the recursion.
    const auto rest = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(low));
    const int shift = std::countr_zero(static_cast<std::uint64_t>(rest));
    li(rd, rest >> shift);
    slli(rd, rd, shift);
    if (low != 0) addi(rd, rd, low);
  }
  /// rd = address of the label.
  void la(XReg rd, Label target) { emit_address(rd.number(), target); }

  void nop() { addi(reg::x0, reg::x0, 0); }
  void mv(XReg rd, XReg rs) { addi(rd, rs, 0); }
  void not_(XReg rd, XReg rs) { xori(rd, rs, -1); }
  void neg(XReg rd, XReg rs) { sub(rd, reg::x0, rs); }
  void seqz(XReg rd, XReg rs) { sltiu(rd, rs, 1); }
  void snez(XReg rd, XReg rs) { sltu(rd, reg::x0, rs); }

  void j(Label target) { jal(reg::x0, target); }
  void call(Label target) { jal(reg::ra, target); }
  void ret() { jalr(reg::x0, reg::ra, 0); }
  void beqz(XReg rs, Label target) { beq(rs, reg::x0, target); }
  void bnez(XReg rs, Label target) { bne(rs, reg::x0, target); }
  void bltz(XReg rs, Label target) { blt(rs, reg::x0, target); }
  void bgez(XReg rs, Label target) { bge(rs, reg::x0, target); }
  void bgtz(XReg rs, Label target) { blt(reg::x0, rs, target); }
  void blez(XReg rs, Label target) { bge(reg::x0, rs, target); }
  void bgt(XReg rs1, XReg rs2, Label target) { blt(rs2, rs1, target); }
  void ble(XReg rs1, XReg rs2, Label target) { bge(rs2, rs1, target); }
  void bgtu(XReg rs1, XReg rs2, Label target) { bltu(rs2, rs1, target); }
  void bleu(XReg rs1, XReg rs2, Label target) { bgeu(rs2, rs1, target); }

  void csrr(XReg rd, unsigned csr) { csrrs(rd, csr, reg::x0); }
  void csrw(unsigned csr, XReg rs) { csrrw(reg::x0, csr, rs); }

  /// A copy of a vector register.
  void vmv(VReg vd, VReg vs) { vor(vd, vs, vs); }

 private:
  static constexpr std::int64_t sign_extend(std::int64_t value, unsigned width) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << (64 - width)) >> (64 - width);
  }
};

}  // namespace tatami
