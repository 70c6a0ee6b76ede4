// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/asm/disassembler.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/asm/gnu_assembler.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

/// One instruction as GNU as reads it and as a call of the library. A branch is followed by the nop that it skips.
struct Case {
  const char* text;
  void (*emit)(Assembler& as);
};

const Case kCases[] = {
    {"lui s3, 0x80000", [](Assembler& as) { as.lui(s3, INT32_MIN); }},
    {"auipc t3, 0x12345", [](Assembler& as) { as.auipc(t3, 0x12345000); }},
    {"jalr ra, -4(a5)", [](Assembler& as) { as.jalr(ra, a5, -4); }},
    {"lb t1, -2048(sp)", [](Assembler& as) { as.lb(t1, sp, -2048); }},
    {"lh t1, -2048(sp)", [](Assembler& as) { as.lh(t1, sp, -2048); }},
    {"lw t1, -2048(sp)", [](Assembler& as) { as.lw(t1, sp, -2048); }},
    {"ld t1, -2048(sp)", [](Assembler& as) { as.ld(t1, sp, -2048); }},
    {"lbu t1, -2048(sp)", [](Assembler& as) { as.lbu(t1, sp, -2048); }},
    {"lhu t1, -2048(sp)", [](Assembler& as) { as.lhu(t1, sp, -2048); }},
    {"lwu t1, -2048(sp)", [](Assembler& as) { as.lwu(t1, sp, -2048); }},
    {"sb t1, 2047(gp)", [](Assembler& as) { as.sb(t1, gp, 2047); }},
    {"sh t1, 2047(gp)", [](Assembler& as) { as.sh(t1, gp, 2047); }},
    {"sw t1, 2047(gp)", [](Assembler& as) { as.sw(t1, gp, 2047); }},
    {"sd t1, 2047(gp)", [](Assembler& as) { as.sd(t1, gp, 2047); }},
    {"addi a1, tp, -1366", [](Assembler& as) { as.addi(a1, tp, -1366); }},
    {"slti a1, tp, -1366", [](Assembler& as) { as.slti(a1, tp, -1366); }},
    {"sltiu a1, tp, -1366", [](Assembler& as) { as.sltiu(a1, tp, -1366); }},
    {"xori a1, tp, -1366", [](Assembler& as) { as.xori(a1, tp, -1366); }},
    {"ori a1, tp, -1366", [](Assembler& as) { as.ori(a1, tp, -1366); }},
    {"andi a1, tp, -1366", [](Assembler& as) { as.andi(a1, tp, -1366); }},
    {"slli a2, a3, 63", [](Assembler& as) { as.slli(a2, a3, 63); }},
    {"srli a2, a3, 63", [](Assembler& as) { as.srli(a2, a3, 63); }},
    {"srai a2, a3, 63", [](Assembler& as) { as.srai(a2, a3, 63); }},
    {"addiw a1, tp, -1366", [](Assembler& as) { as.addiw(a1, tp, -1366); }},
    {"slliw a2, a3, 21", [](Assembler& as) { as.slliw(a2, a3, 21); }},
    {"srliw a2, a3, 21", [](Assembler& as) { as.srliw(a2, a3, 21); }},
    {"sraiw a2, a3, 21", [](Assembler& as) { as.sraiw(a2, a3, 21); }},
    {"add a0, s1, t6", [](Assembler& as) { as.add(a0, s1, t6); }},
    {"sub a0, s1, t6", [](Assembler& as) { as.sub(a0, s1, t6); }},
    {"sll a0, s1, t6", [](Assembler& as) { as.sll(a0, s1, t6); }},
    {"slt a0, s1, t6", [](Assembler& as) { as.slt(a0, s1, t6); }},
    {"sltu a0, s1, t6", [](Assembler& as) { as.sltu(a0, s1, t6); }},
    {"xor a0, s1, t6", [](Assembler& as) { as.xor_(a0, s1, t6); }},
    {"srl a0, s1, t6", [](Assembler& as) { as.srl(a0, s1, t6); }},
    {"sra a0, s1, t6", [](Assembler& as) { as.sra(a0, s1, t6); }},
    {"or a0, s1, t6", [](Assembler& as) { as.or_(a0, s1, t6); }},
    {"and a0, s1, t6", [](Assembler& as) { as.and_(a0, s1, t6); }},
    {"addw a0, s1, t6", [](Assembler& as) { as.addw(a0, s1, t6); }},
    {"subw a0, s1, t6", [](Assembler& as) { as.subw(a0, s1, t6); }},
    {"sllw a0, s1, t6", [](Assembler& as) { as.sllw(a0, s1, t6); }},
    {"srlw a0, s1, t6", [](Assembler& as) { as.srlw(a0, s1, t6); }},
    {"sraw a0, s1, t6", [](Assembler& as) { as.sraw(a0, s1, t6); }},
    {"mul a0, s1, t6", [](Assembler& as) { as.mul(a0, s1, t6); }},
    {"mulh a0, s1, t6", [](Assembler& as) { as.mulh(a0, s1, t6); }},
    {"mulhsu a0, s1, t6", [](Assembler& as) { as.mulhsu(a0, s1, t6); }},
    {"mulhu a0, s1, t6", [](Assembler& as) { as.mulhu(a0, s1, t6); }},
    {"div a0, s1, t6", [](Assembler& as) { as.div(a0, s1, t6); }},
    {"divu a0, s1, t6", [](Assembler& as) { as.divu(a0, s1, t6); }},
    {"rem a0, s1, t6", [](Assembler& as) { as.rem(a0, s1, t6); }},
    {"remu a0, s1, t6", [](Assembler& as) { as.remu(a0, s1, t6); }},
    {"mulw a0, s1, t6", [](Assembler& as) { as.mulw(a0, s1, t6); }},
    {"divw a0, s1, t6", [](Assembler& as) { as.divw(a0, s1, t6); }},
    {"divuw a0, s1, t6", [](Assembler& as) { as.divuw(a0, s1, t6); }},
    {"remw a0, s1, t6", [](Assembler& as) { as.remw(a0, s1, t6); }},
    {"remuw a0, s1, t6", [](Assembler& as) { as.remuw(a0, s1, t6); }},
    {"fence.i", [](Assembler& as) { as.fence_i(); }},
    {"ecall", [](Assembler& as) { as.ecall(); }},
    {"ebreak", [](Assembler& as) { as.ebreak(); }},
    {"mret", [](Assembler& as) { as.mret(); }},
    {"wfi", [](Assembler& as) { as.wfi(); }},
    {"csrrw s4, mtvec, s5", [](Assembler& as) { as.csrrw(s4, isa::csr::mtvec, s5); }},
    {"csrrs s4, mtvec, s5", [](Assembler& as) { as.csrrs(s4, isa::csr::mtvec, s5); }},
    {"csrrc s4, mtvec, s5", [](Assembler& as) { as.csrrc(s4, isa::csr::mtvec, s5); }},
    {"csrrwi s4, mscratch, 21", [](Assembler& as) { as.csrrwi(s4, isa::csr::mscratch, 21); }},
    {"csrrsi s4, mscratch, 21", [](Assembler& as) { as.csrrsi(s4, isa::csr::mscratch, 21); }},
    {"csrrci s4, mscratch, 21", [](Assembler& as) { as.csrrci(s4, isa::csr::mscratch, 21); }},
    {"mv a0, a1", [](Assembler& as) { as.mv(a0, a1); }},
    {"not a0, a1", [](Assembler& as) { as.not_(a0, a1); }},
    {"neg a0, a1", [](Assembler& as) { as.neg(a0, a1); }},
    {"seqz a0, a1", [](Assembler& as) { as.seqz(a0, a1); }},
    {"snez a0, a1", [](Assembler& as) { as.snez(a0, a1); }},
    {"ret", [](Assembler& as) { as.ret(); }},
    {"csrr a0, mhartid", [](Assembler& as) { as.csrr(a0, isa::csr::mhartid); }},
    {"csrw mepc, a0", [](Assembler& as) { as.csrw(isa::csr::mepc, a0); }},
};

/// A jump or branch to a label two instructions before it.
struct BranchCase {
  const char* text;
  void (*emit)(Assembler& as, Label target);
};

const BranchCase kBranches[] = {
    {"jal s8, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.jal(s8, target);
     }},
    {"beq s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.beq(s6, s7, target);
     }},
    {"bne s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.bne(s6, s7, target);
     }},
    {"blt s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.blt(s6, s7, target);
     }},
    {"bge s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.bge(s6, s7, target);
     }},
    {"bltu s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.bltu(s6, s7, target);
     }},
    {"bgeu s6, s7, .-8",
     [](Assembler& as, Label target) {
       as.label();
       as.bgeu(s6, s7, target);
     }},
    {"j .-8", [](Assembler& as, Label target) { as.j(target); }},
    {"beqz a0, .-8", [](Assembler& as, Label target) { as.beqz(a0, target); }},
    {"bnez a0, .-8", [](Assembler& as, Label target) { as.bnez(a0, target); }},
    {"bltz a0, .-8", [](Assembler& as, Label target) { as.bltz(a0, target); }},
    {"bgez a0, .-8", [](Assembler& as, Label target) { as.bgez(a0, target); }},
    {"bgtz a0, .-8", [](Assembler& as, Label target) { as.bgtz(a0, target); }},
    {"blez a0, .-8", [](Assembler& as, Label target) { as.blez(a0, target); }},
    {"bgt a0, a1, .-8", [](Assembler& as, Label target) { as.bgt(a0, a1, target); }},
    {"ble a0, a1, .-8", [](Assembler& as, Label target) { as.ble(a0, a1, target); }},
    {"bgtu a0, a1, .-8", [](Assembler& as, Label target) { as.bgtu(a0, a1, target); }},
    {"bleu a0, a1, .-8", [](Assembler& as, Label target) { as.bleu(a0, a1, target); }},
    {"jal .-8", [](Assembler& as, Label target) { as.call(target); }},
};

void check_words(const std::vector<std::uint32_t>& ours, const std::vector<std::uint32_t>& reference) {
  REQUIRE(ours.size() == reference.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    INFO("word " << i << ": ours " << disassemble(ours[i], 0) << ", GNU's " << disassemble(reference[i], 0));
    CHECK(ours[i] == reference[i]);
  }
}

TEST_CASE("every scalar method encodes as GNU as does", "[asm]") {
  if (!gnu_assembler_installed()) {
    WARN("skipped: riscv64-unknown-elf-as is not installed (Debian package binutils-riscv64-unknown-elf)");
    return;
  }
  Assembler as;
  std::string text;
  for (const Case& c : kCases) {
    text += std::string(c.text) + "\n";
    c.emit(as);
  }
  for (const BranchCase& c : kBranches) {
    text += "nop\nnop\n" + std::string(c.text) + "\n";
    const Label target = as.here();
    as.nop();
    as.nop();
    c.emit(as, target);
  }
  check_words(as.finish(), assemble_with_gnu(text));
}

TEST_CASE("the disassembly of random scalar instructions assembles to the same words", "[asm]") {
  if (!gnu_assembler_installed()) {
    WARN("skipped: riscv64-unknown-elf-as is not installed (Debian package binutils-riscv64-unknown-elf)");
    return;
  }
  std::mt19937_64 random(seed());
  std::vector<std::uint32_t> words;
  std::string text;
  while (words.size() < 20000) {
    const isa::Row& row = isa::kTable[random() % isa::kOps];
    if (row.unit >= isa::Unit::Simd || row.format == isa::Format::Fence) continue;
    // Older GNU assemblers know no Zicond.
    if (row.name.starts_with("czero.")) continue;
    auto word = static_cast<std::uint32_t>((random() & ~row.mask) | row.match);
    if (row.format == isa::Format::Csr) word = (word & 0xfffff) | isa::csr::mscratch << 20;
    std::string line = isa::disassemble(word);
    // GNU as reads a bare number as an absolute address.
    const bool relative = row.format == isa::Format::B || row.format == isa::Format::J;
    if (relative) line.replace(line.rfind(' '), 1, " .+");
    words.push_back(word);
    text += line + "\n";
  }
  check_words(words, assemble_with_gnu(text));
}

}  // namespace
}  // namespace tatami::test
