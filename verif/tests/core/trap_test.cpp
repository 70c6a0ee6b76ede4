// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Traps with and without a handler, and faults that arrive late.
#include <functional>
#include <optional>
#include <string>

#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;
using tatami::test::kSimdBytes;
using tatami::test::kSramBytes;
using tatami::test::State;

namespace {

struct Trap {
  std::string name;
  std::function<void(Assembler&)> cause_it;  ///< its last instruction traps; s0 = SRAM size, s1 = 0x2001, s2 = 4
  unsigned cause;
  std::optional<std::uint64_t> value;  ///< nothing: its pc
};

/// A matrix step right behind the writes of its formats, of two kinds, in descriptors `first` and `first` + 1.
void step(Assembler& as, unsigned first, unsigned a_kind, unsigned b_kind) {
  as.csrrwi(zero, isa::csr::tfmt0 + first, a_kind);
  as.csrrwi(zero, isa::csr::tfmt0 + first + 1, b_kind);
  as.mma(acc0, v0, v1, {.pair = first / 2});
}

const std::vector<Trap>& traps() {
  static const std::vector<Trap> list = {
      {"illegal", [](Assembler& as) { as.word(0xffffffff); }, 2, 0xffffffff},
      {"unknown csr", [](Assembler& as) { as.csrr(a1, 0x123); }, 2, 0x123025f3},
      {"read-only csr", [](Assembler& as) { as.csrw(isa::csr::mhartid, a1); }, 2, 0xf1459073},
      {"ecall", [](Assembler& as) { as.ecall(); }, 11, 0},
      {"ebreak", [](Assembler& as) { as.ebreak(); }, 3, std::nullopt},
      {"load outside", [](Assembler& as) { as.lb(a1, s0, 0); }, 5, kSramBytes},
      {"load across the end", [](Assembler& as) { as.ld(a1, s0, -7); }, 5, kSramBytes - 7},
      {"store outside", [](Assembler& as) { as.sb(a1, s0, 0); }, 7, kSramBytes},
      {"negative address", [](Assembler& as) { as.lw(a1, zero, -4); }, 5, ~3ull},
      {"vector load misaligned", [](Assembler& as) { as.vld(v1, s1, 0); }, 4, 0x2001},
      {"vector store misaligned", [](Assembler& as) { as.vst(v1, s1, 0); }, 6, 0x2001},
      {"vector stride misaligned", [](Assembler& as) { as.vld_w(v1, zero, s2, 8); }, 4, 8},
      {"vector store across the end", [](Assembler& as) { as.vst(v1, s0, -8); }, 7, kSramBytes - 8},
      {"gather outside", [](Assembler& as) { as.vld_q(v1, zero, s0, 8); }, 5, 8},
      {"format descriptor of no kind", [](Assembler& as) { as.li(a2, 15), as.csrw(isa::csr::tfmt5, a2); }, 24, 5},
      {"bias of a format without one", [](Assembler& as) { as.li(a2, 1 << 4), as.csrw(isa::csr::tfmt0, a2); }, 24, 0},
      {"matrix step of A in FP32", [](Assembler& as) { step(as, 6, 1, 0); }, 24, 6},
      {"matrix step of B in UHP", [](Assembler& as) { step(as, 6, 0, 4); }, 24, 7},
      {"matrix step of BF16 and integers", [](Assembler& as) { step(as, 14, 0, 8); }, 24, 15},
      {"matrix step of integers and BF16", [](Assembler& as) { step(as, 2, 8, 0); }, 24, 3},
      {"transfer list misaligned", [](Assembler& as) { as.xfer(s2, s2); }, 4, 4},
      {"transfer list outside", [](Assembler& as) { as.xfer(s0, s2); }, 5, kSramBytes},
  };
  return list;
}

void operands(Assembler& as) {
  as.li(s0, kSramBytes);
  as.li(s1, 0x2001);
  as.li(s2, 4);
  as.li(a1, 77);
}

}  // namespace

TEST_CASE("without a handler a trap stops the thread and names cause, pc and value", "[core]") {
  for (const Trap& trap : traps()) {
    INFO(trap.name);
    CoreBench bench(0.3);
    Assembler as;
    operands(as);
    trap.cause_it(as);
    const std::size_t pc = as.size_bytes() - 4;
    as.li(a1, 1);
    as.sd(a1, zero, 0x700);
    as.thread_exit(zero);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::Faulted);
    CHECK(bench.cause(0) == trap.cause);
    CHECK(bench.pc(0) == pc);
    CHECK(bench.value(0) == trap.value.value_or(pc));
    CHECK(bench.word(0x700) == 0);
    CHECK(bench.retired[0].back().trap);
    CHECK(bench.retired[0].back().halt);
    CHECK(bench.transfers.empty());
  }
}

TEST_CASE("a handler sees the trap, and mret goes on behind it", "[core]") {
  for (const Trap& trap : traps()) {
    INFO(trap.name);
    CoreBench bench(0.3);
    Assembler as;
    const Label handler = as.label();
    operands(as);
    as.la(t0, handler);
    as.csrw(isa::csr::mtvec, t0);
    as.csrrsi(zero, isa::csr::mstatus, 8);
    trap.cause_it(as);
    const std::size_t pc = as.size_bytes() - 4;
    as.addi(a1, a1, 1);
    as.thread_exit(a1);
    as.bind(handler);
    as.csrr(s3, isa::csr::mcause);
    as.csrr(s4, isa::csr::mepc);
    as.csrr(s5, isa::csr::mtval);
    as.csrr(s6, isa::csr::mstatus);
    as.addi(s4, s4, 4);
    as.csrw(isa::csr::mepc, s4);
    as.mret();
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::Parked);
    CHECK(bench.value(0) == 78);
    const auto& list = bench.retired[0];
    const std::size_t first = list.size() - 9;  // of the handler: seven instructions, then two
    CHECK(list[first - 1].trap);
    CHECK(!list[first - 1].halt);
    CHECK(list[first].intr);
    CHECK(list[first].rd_wdata == trap.cause);
    CHECK(list[first + 1].rd_wdata == pc);
    CHECK(list[first + 2].rd_wdata == trap.value.value_or(pc));
    CHECK(list[first + 3].rd_wdata == (3u << 11 | 1u << 7));
  }
}

TEST_CASE("jumps: a misaligned target traps on the jump, a target outside on arrival", "[core]") {
  for (const auto& [target, cause, pc] : {std::tuple{0x102u, 0u, 4u}, {0x10000u, 1u, 0x10000u}}) {
    CoreBench bench;
    Assembler as;
    as.lui(t0, target & ~0xfffu);
    as.jalr(ra, t0, target & 0xfff);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::Faulted);
    CHECK(bench.cause(0) == cause);
    CHECK(bench.pc(0) == pc);
    CHECK(bench.value(0) == target);
  }
}

TEST_CASE("a handler sees a jump out of the SRAM at its target", "[core]") {
  CoreBench bench;
  Assembler as;
  const Label handler = as.label();
  as.la(t0, handler);
  as.csrw(isa::csr::mtvec, t0);
  as.li(t1, kSramBytes);
  as.jalr(ra, t1, 0);
  as.bind(handler);
  as.csrr(s3, isa::csr::mcause);
  as.csrr(s4, isa::csr::mepc);
  as.csrr(s5, isa::csr::mtval);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.state(0) == State::Parked);
  const auto& list = bench.retired[0];
  REQUIRE(list.size() > 5);
  const std::size_t first = list.size() - 4;
  CHECK(list[first].intr);
  CHECK(list[first].rd_wdata == 1);
  CHECK(list[first + 1].rd_wdata == kSramBytes);
  CHECK(list[first + 2].rd_wdata == kSramBytes);
}

TEST_CASE("running off the end of SRAM faults there and not before", "[core]") {
  CoreBench bench;
  Assembler as;
  as.addi(a1, a1, 1);
  as.addi(a1, a1, 1);
  bench.load(as, kSramBytes - 8);
  bench.start(0, 0x80000000 + kSramBytes - 8);
  REQUIRE(bench.run());
  CHECK(bench.retired[0].size() == 3);
  CHECK(bench.cause(0) == 1);
  CHECK(bench.pc(0) == 0x80000000 + kSramBytes);
}

TEST_CASE("a vector access may end with the SRAM, and one word further on it traps", "[core]") {
  struct Access {
    const char* name;
    void (*emit)(Assembler&);  ///< base s0, stride s1, indices s2
    unsigned first, end;       ///< its first word and its end, from the base
    bool store;
  };
  constexpr unsigned kStride = 40, kLine = 3;
  static const Access accesses[] = {
      {"vld", [](Assembler& as) { as.vld(v1, s0, 0); }, 0, kSimdBytes, false},
      {"vst", [](Assembler& as) { as.vst(v1, s0, 0); }, 0, kSimdBytes, true},
      {"vst.p", [](Assembler& as) { as.vst_p(v1, s0, v0); }, 0, kSimdBytes, true},
      {"vld.w", [](Assembler& as) { as.vld_w(v1, s0, s1, 0); }, 0, (kSimdBytes / 8 - 1) * kStride + 8, false},
      {"vld.q", [](Assembler& as) { as.vld_q(v1, s0, s1, 0); }, 0, 3 * kStride + kSimdBytes / 4, false},
      {"vst.q", [](Assembler& as) { as.vst_q(v1, s0, s1, 0); }, 0, 3 * kStride + kSimdBytes / 4, true},
      {"vst.h", [](Assembler& as) { as.vst_h(v1, s0, s1, 0); }, 0, kStride + kSimdBytes / 2, true},
      {"vldx.w", [](Assembler& as) { as.vldx_w(v1, s0, s2); }, 0, 8 * 0x50 + 8, false},
      {"vldx.q", [](Assembler& as) { as.vldx_q(v1, s0, s3); }, 0, kSimdBytes / 4 * 0x50 + kSimdBytes / 4, false},
      {"vadd.fp32.m", [](Assembler& as) { as.vadd_fp32_m(v1, v0, s0); }, 0, kSimdBytes, false},
      {"mma.m", [](Assembler& as) { as.mma_m(acc0, s0, v0, {.line = kLine}); }, kLine * kSimdBytes,
       (kLine + 1) * kSimdBytes, false},
      {"mma.mt", [](Assembler& as) { as.mma_mt(acc0, s0, v0, {.line = kLine}); }, kLine * kSimdBytes,
       (kLine + 1) * kSimdBytes, false},
      {"mma.mc", [](Assembler& as) { as.mma_mc(acc0, s0, v0, {.line = 1}); }, 8, 2 * kSimdBytes, false},
  };
  for (const Access& access : accesses) {
    for (const unsigned beyond : {0U, 8U}) {
      INFO(access.name << ", " << beyond << " bytes beyond the end");
      CoreBench bench;
      Assembler as;
      const std::uint64_t base = kSramBytes - access.end + beyond;
      as.li(s0, static_cast<std::int64_t>(base));
      as.li(s1, kStride);
      as.li(s2, 0x50403020);
      as.li(s3, 0x0050004000300020);
      as.vsplat_w(v0, zero);
      access.emit(as);
      as.thread_exit(zero);
      bench.load(as);
      bench.start(0, 0);
      REQUIRE(bench.run());
      if (beyond == 0) {
        CHECK(bench.state(0) == State::Parked);
      } else {
        CHECK(bench.state(0) == State::Faulted);
        CHECK(bench.cause(0) == (access.store ? 7U : 5U));
        CHECK(bench.value(0) == base + access.first);
      }
    }
  }
}

TEST_CASE("a transfer's fault stops its thread, running, waiting or parked; a start clears it", "[core]") {
  Assembler as;
  as.li(a1, 5);
  as.li(a2, 1);
  const Label spin = as.here();
  as.ld(a3, zero, 0x700);
  as.beqz(a3, spin);
  as.blt(a2, a3, spin);
  as.sem_wait(a1, a2);
  as.thread_exit(a3);
  for (const std::uint64_t flag : {0, 1}) {
    CoreBench bench;
    bench.load(as);
    bench.set_word(0x700, flag);
    bench.start(1, 0);
    bench.cycles(100);
    CHECK(bench.state(1) == (flag == 0 ? State::Running : State::WaitSemaphore));
    bench.transfer_fault(1, 0x640);
    REQUIRE(bench.run());
    CHECK(bench.state(1) == State::Faulted);
    CHECK(bench.cause(1) == 7);
    CHECK(bench.value(1) == 0x640);
    bench.set_word(0x700, 1);
    bench.post(5, 1);
    bench.start(1, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(1) == State::Parked);
    CHECK(bench.value(1) == 1);
    bench.transfer_fault(1, 0x680);
    REQUIRE(bench.run());
    CHECK(bench.state(1) == State::Faulted);
    CHECK(bench.value(1) == 0x680);
  }
}

TEST_CASE("a load of lost data stops its thread with the address", "[core]") {
  CoreBench bench;
  Assembler as;
  as.ld(a1, zero, 0x708);
  as.add(a1, a1, a1);
  const Label spin = as.here();
  as.j(spin);
  bench.load(as);
  bench.poison_loads = true;
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.state(0) == State::Faulted);
  CHECK(bench.cause(0) == 5);
  CHECK(bench.value(0) == 0x708);
}

TEST_CASE("a vector load of lost data tells the word, not the vector's beginning", "[core]") {
  CoreBench bench;
  Assembler as;
  as.li(a1, 0x700);
  as.vld(v1, a1, 0);
  const Label spin = as.here();
  as.j(spin);
  bench.load(as);
  bench.poison_loads = true;
  bench.lost_word = 1;
  bench.start(1, 0);
  REQUIRE(bench.run());
  CHECK(bench.state(1) == State::Faulted);
  CHECK(bench.cause(1) == 5);
  CHECK(bench.value(1) == 0x708);
}
