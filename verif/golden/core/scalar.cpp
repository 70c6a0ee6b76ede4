// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Integer arithmetic, branches, multiply and divide (RISC-V unprivileged specification, RV64I and M).
#include <cstdint>
#include <limits>

#include "verif/golden/core/iss.hpp"

namespace tatami::golden {
namespace {

using isa::Op;

std::int64_t as_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t sign_extend_word(std::uint64_t value) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(value)));
}

/// Division by zero gives all ones and the dividend; the overflowing quotient wraps and leaves no remainder.
template <typename Signed>
std::uint64_t divide_signed(Signed a, Signed b, bool remainder) {
  if (b == 0) return static_cast<std::uint64_t>(static_cast<std::int64_t>(remainder ? a : Signed{-1}));
  if (a == std::numeric_limits<Signed>::min() && b == -1) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(remainder ? Signed{0} : a));
  }
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(remainder ? a % b : a / b));
}
template <typename Unsigned>
Unsigned divide_unsigned(Unsigned a, Unsigned b, bool remainder) {
  if (b == 0) return remainder ? a : std::numeric_limits<Unsigned>::max();
  return remainder ? a % b : a / b;
}

/// The upper half of a 128-bit product.
std::uint64_t high(__int128 product) {
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(product) >> 64);
}
__int128 wide_signed(std::uint64_t value) { return as_signed(value); }
__int128 wide_unsigned(std::uint64_t value) { return static_cast<__int128>(value); }

}  // namespace

void Iss::execute_alu(Context& c) {
  const std::uint64_t a = c.xs1, b = c.xs2, imm = static_cast<std::uint64_t>(c.insn.imm);
  const auto word = static_cast<std::uint32_t>(a);
  const auto result = [&]() -> std::uint64_t {
    switch (c.insn.op) {
      case Op::Lui: return imm;
      case Op::Auipc: return c.thread.pc + imm;
      case Op::Addi: return a + imm;
      case Op::Slti: return as_signed(a) < c.insn.imm ? 1 : 0;
      case Op::Sltiu: return a < imm ? 1 : 0;
      case Op::Xori: return a ^ imm;
      case Op::Ori: return a | imm;
      case Op::Andi: return a & imm;
      case Op::Slli: return a << imm;
      case Op::Srli: return a >> imm;
      case Op::Srai: return static_cast<std::uint64_t>(as_signed(a) >> imm);
      case Op::Addiw: return sign_extend_word(a + imm);
      case Op::Slliw: return sign_extend_word(word << imm);
      case Op::Srliw: return sign_extend_word(word >> imm);
      case Op::Sraiw: return sign_extend_word(static_cast<std::uint32_t>(static_cast<std::int32_t>(word) >> imm));
      case Op::Add: return a + b;
      case Op::Sub: return a - b;
      case Op::Sll: return a << (b & 63);
      case Op::Slt: return as_signed(a) < as_signed(b) ? 1 : 0;
      case Op::Sltu: return a < b ? 1 : 0;
      case Op::Xor: return a ^ b;
      case Op::Srl: return a >> (b & 63);
      case Op::Sra: return static_cast<std::uint64_t>(as_signed(a) >> (b & 63));
      case Op::Or: return a | b;
      case Op::And: return a & b;
      case Op::Addw: return sign_extend_word(a + b);
      case Op::Subw: return sign_extend_word(a - b);
      case Op::Sllw: return sign_extend_word(word << (b & 31));
      case Op::Srlw: return sign_extend_word(word >> (b & 31));
      case Op::Sraw: return sign_extend_word(static_cast<std::uint32_t>(static_cast<std::int32_t>(word) >> (b & 31)));
      case Op::CzeroEqz: return b == 0 ? 0 : a;
      case Op::CzeroNez: return b != 0 ? 0 : a;
      default: throw std::logic_error("not an ALU instruction");
    }
  }();
  write_x(c, result);
}

void Iss::execute_branch(Context& c) {
  const std::uint64_t a = c.xs1, b = c.xs2, link = c.thread.pc + 4;
  const bool jump = c.insn.op == Op::Jal || c.insn.op == Op::Jalr;
  const bool taken = [&] {
    switch (c.insn.op) {
      case Op::Beq: return a == b;
      case Op::Bne: return a != b;
      case Op::Blt: return as_signed(a) < as_signed(b);
      case Op::Bge: return as_signed(a) >= as_signed(b);
      case Op::Bltu: return a < b;
      case Op::Bgeu: return a >= b;
      default: return jump;
    }
  }();
  if (!taken) return;
  std::uint64_t target = c.thread.pc + static_cast<std::uint64_t>(c.insn.imm);
  if (c.insn.op == Op::Jalr) target = (a + static_cast<std::uint64_t>(c.insn.imm)) & ~std::uint64_t{1};
  if (target % 4 != 0) throw Trap{Cause::FetchMisaligned, target};
  c.next_pc = target;
  if (jump) write_x(c, link);
}

void Iss::execute_muldiv(Context& c) {
  const std::uint64_t a = c.xs1, b = c.xs2;
  const auto a32 = static_cast<std::uint32_t>(a), b32 = static_cast<std::uint32_t>(b);
  const auto sa32 = static_cast<std::int32_t>(a32), sb32 = static_cast<std::int32_t>(b32);
  const auto result = [&]() -> std::uint64_t {
    switch (c.insn.op) {
      case Op::Mul: return a * b;
      case Op::Mulh: return high(wide_signed(a) * wide_signed(b));
      case Op::Mulhsu: return high(wide_signed(a) * wide_unsigned(b));
      case Op::Mulhu: return static_cast<std::uint64_t>((static_cast<unsigned __int128>(a) * b) >> 64);
      case Op::Div: return divide_signed(as_signed(a), as_signed(b), false);
      case Op::Divu: return divide_unsigned(a, b, false);
      case Op::Rem: return divide_signed(as_signed(a), as_signed(b), true);
      case Op::Remu: return divide_unsigned(a, b, true);
      case Op::Mulw: return sign_extend_word(a * b);
      case Op::Divw: return divide_signed(sa32, sb32, false);
      case Op::Divuw: return sign_extend_word(divide_unsigned(a32, b32, false));
      case Op::Remw: return divide_signed(sa32, sb32, true);
      case Op::Remuw: return sign_extend_word(divide_unsigned(a32, b32, true));
      default: throw std::logic_error("not a multiply or divide instruction");
    }
  }();
  write_x(c, result);
}

}  // namespace tatami::golden
