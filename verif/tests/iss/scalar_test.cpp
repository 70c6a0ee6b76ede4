// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "verif/tests/iss/bench.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

std::uint64_t binary(void (*op)(Assembler& as), std::uint64_t a, std::uint64_t b) {
  Assembler as;
  as.li(a1, static_cast<std::int64_t>(a));
  as.li(a2, static_cast<std::int64_t>(b));
  op(as);
  as.thread_exit(a0);
  return Bench().value_of(as);
}

constexpr std::uint64_t kMin = 0x8000000000000000, kMinWord = 0xffffffff80000000, kOnes = ~std::uint64_t{0};

// The table of the RISC-V unprivileged specification, chapter M.
TEST_CASE("division by zero and overflow give the values of the specification", "[iss]") {
  const auto div = [](Assembler& as) { as.div(a0, a1, a2); };
  const auto divu = [](Assembler& as) { as.divu(a0, a1, a2); };
  const auto rem = [](Assembler& as) { as.rem(a0, a1, a2); };
  const auto remu = [](Assembler& as) { as.remu(a0, a1, a2); };
  CHECK(binary(div, 17, 0) == kOnes);
  CHECK(binary(divu, 17, 0) == kOnes);
  CHECK(binary(rem, 17, 0) == 17);
  CHECK(binary(remu, 17, 0) == 17);
  CHECK(binary(div, kMin, kOnes) == kMin);
  CHECK(binary(rem, kMin, kOnes) == 0);
  CHECK(binary(div, static_cast<std::uint64_t>(-7), 2) == static_cast<std::uint64_t>(-3));
  CHECK(binary(rem, static_cast<std::uint64_t>(-7), 2) == kOnes);

  const auto divw = [](Assembler& as) { as.divw(a0, a1, a2); };
  const auto divuw = [](Assembler& as) { as.divuw(a0, a1, a2); };
  const auto remw = [](Assembler& as) { as.remw(a0, a1, a2); };
  const auto remuw = [](Assembler& as) { as.remuw(a0, a1, a2); };
  CHECK(binary(divw, 0xffff'ffff'0000'0005, 0xabcd'0000'0000) == kOnes);
  CHECK(binary(divuw, 5, 0) == kOnes);
  CHECK(binary(remw, 0x80000000, 0) == kMinWord);
  CHECK(binary(remuw, 0x80000000, 0) == kMinWord);
  CHECK(binary(divw, kMinWord, kOnes) == kMinWord);
  CHECK(binary(remw, kMinWord, kOnes) == 0);
  CHECK(binary(divuw, 0xffffffff80000000, 1) == kMinWord);
}

TEST_CASE("conditional zeros select", "[iss]") {
  Bench bench;
  Assembler as;
  as.li(a1, 7);
  as.li(a2, -1);
  as.czero_eqz(a3, a1, a2);    // 7
  as.czero_eqz(a4, a1, zero);  // 0
  as.czero_nez(a5, a2, zero);  // -1
  as.czero_nez(a6, a2, a1);    // 0
  as.thread_exit(zero);
  bench.run(as);
  CHECK(bench.iss.thread(0).x[13] == 7);
  CHECK(bench.iss.thread(0).x[14] == 0);
  CHECK(bench.iss.thread(0).x[15] == UINT64_MAX);
  CHECK(bench.iss.thread(0).x[16] == 0);
}

TEST_CASE("high products take the signs of their operands", "[iss]") {
  CHECK(binary([](Assembler& as) { as.mulh(a0, a1, a2); }, kOnes, kOnes) == 0);
  CHECK(binary([](Assembler& as) { as.mulhu(a0, a1, a2); }, kOnes, kOnes) == kOnes - 1);
  CHECK(binary([](Assembler& as) { as.mulhsu(a0, a1, a2); }, kOnes, kOnes) == kOnes);
  CHECK(binary([](Assembler& as) { as.mulh(a0, a1, a2); }, kMin, kMin) == 0x4000000000000000);
  CHECK(binary([](Assembler& as) { as.mulhsu(a0, a1, a2); }, kMin, kMin) == 0xc000000000000000);
  CHECK(binary([](Assembler& as) { as.mulw(a0, a1, a2); }, 0x10000, 0x8000) == kMinWord);
}

TEST_CASE("word instructions sign-extend and mask their shift amounts", "[iss]") {
  CHECK(binary([](Assembler& as) { as.addw(a0, a1, a2); }, 0x7fffffff, 1) == kMinWord);
  CHECK(binary([](Assembler& as) { as.subw(a0, a1, a2); }, kMinWord, 1) == 0x7fffffff);
  CHECK(binary([](Assembler& as) { as.sllw(a0, a1, a2); }, 1, 63) == kMinWord);
  CHECK(binary([](Assembler& as) { as.srlw(a0, a1, a2); }, kMinWord, 32) == kMinWord);
  CHECK(binary([](Assembler& as) { as.sraw(a0, a1, a2); }, 0x80000000, 31) == kOnes);
  CHECK(binary([](Assembler& as) { as.sra(a0, a1, a2); }, kMin, 64 + 63) == kOnes);
  CHECK(binary([](Assembler& as) { as.sltu(a0, a1, a2); }, 1, kOnes) == 1);
  CHECK(binary([](Assembler& as) { as.slt(a0, a1, a2); }, 1, kOnes) == 0);
  CHECK(binary([](Assembler& as) { as.sltiu(a0, a1, -1); }, 5, 0) == 1);
  CHECK(binary([](Assembler& as) { as.srliw(a0, a1, 4); }, 0xffffffff80000000, 0) == 0x08000000);
}

TEST_CASE("loads and stores of every size at any alignment, in both windows", "[iss]") {
  Bench bench;
  const std::uint64_t pattern = 0x8899aabbccddeeff;
  Assembler as;
  as.li(a1, Bench::kData + 3);
  as.li(a2, static_cast<std::int64_t>(pattern));
  as.sd(a2, a1, 2);
  as.li(t0, static_cast<std::int64_t>(noc::kSramAlias + Bench::kData + 5));
  as.ld(s2, t0);
  as.lb(s3, t0);
  as.lbu(s4, t0, 1);
  as.lh(s5, t0, 1);
  as.lhu(s6, t0, 3);
  as.lw(s7, t0, 2);
  as.lwu(s8, t0, 3);
  as.sh(zero, t0, 7);
  as.sb(zero, t0, 0);
  as.ld(s9, t0);
  as.thread_exit(zero);
  bench.run(as);
  const auto& x = bench.iss.thread(0).x;
  CHECK(x[s2.number()] == pattern);
  CHECK(x[s3.number()] == kOnes);
  CHECK(x[s4.number()] == 0xee);
  CHECK(x[s5.number()] == 0xffffffffffffddee);
  CHECK(x[s6.number()] == 0xbbcc);
  CHECK(x[s7.number()] == 0xffffffffaabbccdd);
  CHECK(x[s8.number()] == 0x99aabbcc);
  CHECK(x[s9.number()] == 0x0099aabbccddee00);
}

TEST_CASE("retirement records carry what the retirement port carries", "[iss]") {
  Bench bench;
  Assembler as;
  as.addi(a1, zero, 0x700);
  as.sw(a1, a1, -4);
  as.lbu(zero, a1, -4);
  as.thread_exit(a1);
  const auto records = bench.run(as);
  REQUIRE(records.size() == 4);
  CHECK(records[0].rd_addr == 11);
  CHECK(records[0].rd_wdata == 0x700);
  CHECK(records[0].pc_wdata == 4);
  CHECK(records[1].mem_addr == 0x6fc);
  CHECK(records[1].mem_wmask == 0x0f);
  CHECK(records[1].mem_wdata == 0x700);
  CHECK(records[1].rd_addr == 0);
  CHECK(records[2].mem_rmask == 0x01);
  CHECK(records[2].mem_rdata == 0x00);
  CHECK(records[2].rd_addr == 0);
  CHECK(records[3].halt);
  CHECK(records[3].order == 3);
}

}  // namespace
}  // namespace tatami::test
