// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "isa.hpp"

#include <random>
#include <string>
#include <utility>

#include "Visa_tb.h"
#include "verif/lib/sim.hpp"

using namespace tatami;

namespace {

/// A word that is one of the table's encodings, or one bit away from one, or anything.
std::uint32_t interesting_word(std::mt19937_64& random) {
  const auto word = static_cast<std::uint32_t>(random());
  const auto& row = isa::kTable[random() % isa::kOps];
  const std::uint32_t legal = (word & ~row.mask) | row.match;
  switch (random() % 4) {
    case 0: return word;
    case 1: return legal ^ 1u << random() % 32;
    default: return legal;
  }
}

unsigned flags(const isa::Decoded& d) {
  unsigned bits = 0, index = 0;
  for (const bool flag : {d.reads_xs1, d.reads_xs2, d.writes_xd, d.reads_vs1, d.reads_vs2, d.reads_vd, d.writes_vd,
                          d.reads_acc, d.writes_acc}) {
    bits |= static_cast<unsigned>(flag) << index++;
  }
  return bits;
}

/// The operands that the instruction has, as `encode` wants them.
isa::Operands operands(const isa::Decoded& d) {
  isa::Operands o;
  if (d.writes_xd || d.reads_vd || d.writes_vd) o.rd = d.rd;
  if (d.reads_xs1 || d.reads_vs1) o.rs1 = d.rs1;
  if (d.reads_xs2 || d.reads_vs2) o.rs2 = d.rs2;
  o.imm = d.imm;
  if (d.unit == isa::Unit::Csr) o.csr = d.csr;
  o.acc = d.acc, o.part = d.part;
  return o;
}

}  // namespace

TEST_CASE("encodings of the RISC-V manual decode to what the manual says", "[isa]") {
  // Words from the RISC-V ABI and the GNU assembler's listings, not from our table.
  const std::pair<std::uint32_t, std::string> known[] = {
      {0x00000013, "addi x0, x0, 0"},
      {0xff010113, "addi x2, x2, -16"},
      {0x00113423, "sd x1, 8(x2)"},
      {0x00813083, "ld x1, 8(x2)"},
      {0x00008067, "jalr x0, 0(x1)"},
      {0x0000006f, "jal x0, 0"},
      {0xffdff06f, "jal x0, -4"},
      {0x00b50533, "add x10, x10, x11"},
      {0x40b50533, "sub x10, x10, x11"},
      {0x02b50533, "mul x10, x10, x11"},
      {0x02b55533, "divu x10, x10, x11"},
      {0x00050463, "beq x10, x0, 8"},
      {0xfe0518e3, "bne x10, x0, -16"},
      {0x12345537, "lui x10, 74565"},
      {0x00000517, "auipc x10, 0"},
      {0x03f51513, "slli x10, x10, 63"},
      {0x41f5551b, "sraiw x10, x10, 31"},
      {0x43f55513, "srai x10, x10, 63"},
      {0x00000073, "ecall"},
      {0x00100073, "ebreak"},
      {0x30200073, "mret"},
      {0x10500073, "wfi"},
      {0x0ff0000f, "fence"},
      {0x0000100f, "fence.i"},
      {0x30051073, "csrrw x0, mstatus, x10"},
      {0xf1402573, "csrrs x10, mhartid, x0"},
      {0x3002d073, "csrrwi x0, mstatus, 5"},
      {0x00a5a023, "sw x10, 0(x11)"},
      {0x0005c503, "lbu x10, 0(x11)"},
      {0x02c5d53b, "divuw x10, x11, x12"},
  };
  for (const auto& [word, text] : known) CHECK(isa::disassemble(word) == text);
}

TEST_CASE("words that no instruction owns are illegal", "[isa]") {
  for (const std::uint32_t word :
       {0x00000000u, 0xffffffffu, 0x00001073u ^ 0x00005073u, 0x00200073u, 0x000000f3u, 0x0200101bu, 0x0200501bu,
        0x04001013u, 0x40001013u, 0x00007003u, 0x00002063u, 0x00001067u, 0x0000602bu, 0x0000202bu | 1u << 29,
        0x0000002bu | 1u << 10, 0x0010300bu, 0x0000600bu, 0x0000707bu}) {
    INFO(word);
    CHECK_FALSE(isa::decode(word).legal);
  }
}

TEST_CASE("encode gives back every decoded word", "[isa]") {
  std::mt19937_64 random(test::seed());
  for (int i = 0; i < 200000; ++i) {
    const std::uint32_t word = interesting_word(random);
    const isa::Decoded d = isa::decode(word);
    if (!d.legal || d.op == isa::Op::Fence || d.op == isa::Op::FenceI) continue;  // fences carry bits that mean nothing
    INFO(isa::disassemble(word));
    REQUIRE(isa::encode(d.op, operands(d)) == word);
  }
}

TEST_CASE("encode refuses operands that do not fit", "[isa]") {
  using isa::Op;
  CHECK_THROWS_AS(isa::encode(Op::Addi, {.rd = 1, .imm = 2048}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Beq, {.imm = 1}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Jal, {.imm = 1 << 20}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Slliw, {.imm = 32}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Add, {.rd = 32}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Mma, {.acc = 8}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::VldW, {.imm = 4}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Ecall, {.rd = 1}), std::out_of_range);
  CHECK_THROWS_AS(isa::encode(Op::Lui, {.rd = 1, .imm = 1}), std::out_of_range);
}

TEST_CASE("the RTL decoder agrees with the C++ decoder", "[isa]") {
  test::Sim<Visa_tb> sim;
  std::mt19937_64 random(test::seed());
  for (int i = 0; i < 300000; ++i) {
    const std::uint32_t word = interesting_word(random);
    const isa::Decoded d = isa::decode(word);
    sim->insn_i = word;
    sim.settle();
    INFO(isa::disassemble(word));
    REQUIRE((sim->legal_o != 0) == d.legal);
    if (!d.legal) continue;
    REQUIRE(sim->op_o == static_cast<unsigned>(d.op));
    REQUIRE(sim->unit_o == static_cast<unsigned>(d.unit));
    REQUIRE(sim->registers_o == (d.rd << 10 | d.rs1 << 5 | d.rs2));
    REQUIRE(sim->imm_o == static_cast<std::uint64_t>(d.imm));
    REQUIRE(sim->csr_o == d.csr);
    REQUIRE(sim->flags_o == flags(d));
    REQUIRE(sim->acc_o == d.acc);
    REQUIRE(sim->part_o == d.part);
  }
}
