// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Scalar programs: results, order of retirement, throughput, traps.
#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;
using tatami::test::State;

TEST_CASE("a counting loop ends with its sum and parks", "[core]") {
  for (const double stall : {0.0, 0.4}) {
    CoreBench bench(stall);
    Assembler as;
    as.li(t0, 100);
    as.li(a0, 0);
    const Label loop = as.here();
    as.add(a0, a0, t0);
    as.addi(t0, t0, -1);
    as.bnez(t0, loop);
    as.thread_exit(a0);
    bench.load(as, 0x100);
    bench.start(0, 0x100);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::Parked);
    CHECK(bench.value(0) == 5050);
    CHECK(bench.retired[0].size() == 2 + 300 + 1);
    CHECK(bench.retired[0].back().halt);
  }
}

TEST_CASE("straight-line dependent arithmetic issues every cycle", "[core]") {
  CoreBench bench;
  Assembler as;
  // The second round of the block finds it in the instruction cache.
  const Label again = as.here();
  for (int i = 0; i < 96; ++i) as.addi(a1, a1, 1);
  as.addi(a2, a2, 1);
  as.slti(t0, a2, 4);
  as.bnez(t0, again);
  as.thread_exit(a1);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.value(0) == 4 * 96);
  const auto& list = bench.retired[0];
  const std::uint64_t last_round = list[4 * 99 - 1].cycle - list[3 * 99].cycle;
  CHECK(last_round <= 98 + 2);
}

TEST_CASE("a thread starts with clear registers, and again after it ran", "[core]") {
  CoreBench bench;
  Assembler as;
  as.mv(a1, a0);  // x10 = thread number
  as.or_(a1, a1, s0);
  as.or_(a1, a1, t6);
  as.li(s0, -1);
  as.li(t6, -1);
  as.li(a0, -1);
  as.csrw(isa::csr::mtvec, a0);
  as.thread_exit(a1);
  bench.load(as);
  for (int round = 0; round < 2; ++round) {
    bench.start(1, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(1) == State::Parked);
    CHECK(bench.value(1) == 1);
  }
}

TEST_CASE("scalar loads and stores of every size and alignment", "[core]") {
  for (const double stall : {0.0, 0.5}) {
    CoreBench bench(stall);
    for (unsigned i = 0; i < 32; ++i) bench.memory[0x800 + i] = static_cast<std::uint8_t>(0x81 + 7 * i);
    Assembler as;
    as.li(s0, 0x800);
    for (int offset = 0; offset < 9; ++offset) {
      as.lb(a1, s0, offset);
      as.lbu(a2, s0, offset);
      as.lh(a3, s0, offset);
      as.lhu(a4, s0, offset);
      as.lw(a5, s0, offset);
      as.lwu(a6, s0, offset);
      as.ld(a7, s0, offset);
      as.sd(a7, s0, 0x100 + 64 * offset);
      as.sw(a7, s0, 0x100 + 64 * offset + 8 + offset);
      as.sh(a7, s0, 0x100 + 64 * offset + 24 + offset);
      as.sb(a7, s0, 0x100 + 64 * offset + 40 + offset);
    }
    as.thread_exit(zero);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    const auto little = [&bench](std::uint64_t address, unsigned bytes) {
      std::uint64_t value = 0;
      std::memcpy(&value, &bench.memory[address], bytes);
      return value;
    };
    const auto extend = [](std::uint64_t value, unsigned bytes) {
      const unsigned unused = 64 - 8 * bytes;
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(value << unused) >> unused);
    };
    const auto& list = bench.retired[0];
    std::size_t at = list.size() - 1 - 9 * 11;
    for (unsigned offset = 0; offset < 9; ++offset, at += 11) {
      const std::uint64_t address = 0x800 + offset;
      CHECK(list[at].rd_wdata == extend(little(address, 1), 1));
      CHECK(list[at + 1].rd_wdata == little(address, 1));
      CHECK(list[at + 2].rd_wdata == extend(little(address, 2), 2));
      CHECK(list[at + 3].rd_wdata == little(address, 2));
      CHECK(list[at + 4].rd_wdata == extend(little(address, 4), 4));
      CHECK(list[at + 5].rd_wdata == little(address, 4));
      CHECK(list[at + 6].rd_wdata == little(address, 8));
      CHECK(list[at + 6].mem_rmask == 0xff);
      CHECK(list[at + 5].mem_addr == address);
      CHECK(list[at + 7].mem_wmask == 0xff);
      CHECK(list[at + 8].mem_wmask == 0x0f);
      const std::uint64_t value = little(address, 8);
      const std::uint64_t out = 0x900 + 64 * offset;
      CHECK(little(out, 8) == value);
      CHECK(little(out + 8 + offset, 4) == (value & 0xffffffff));
      CHECK(little(out + 24 + offset, 2) == (value & 0xffff));
      CHECK(little(out + 40 + offset, 1) == (value & 0xff));
    }
  }
}

TEST_CASE("a load after a store of the same thread sees it", "[core]") {
  CoreBench bench(0.5);
  Assembler as;
  as.li(s0, 0x1000);
  as.li(a0, 1);
  for (int i = 0; i < 20; ++i) {
    as.sd(a0, s0, 0);
    as.ld(a1, s0, 0);
    as.add(a0, a0, a1);
  }
  as.thread_exit(a0);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.value(0) == 1u << 20);
}

TEST_CASE("products, quotients and remainders", "[core]") {
  struct Case {
    std::int64_t a, b;
  };
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  for (const auto& [a, b] : {Case{7, 3},
                             {-7, 3},
                             {7, -3},
                             {-7, -3},
                             {5, 0},
                             {-5, 0},
                             {kMin, -1},
                             {kMin, 2},
                             {0x123456789abcdef, 0x1fedcba987},
                             {-1, 1},
                             {0x80000000ll, -1}}) {
    CoreBench bench;
    Assembler as;
    as.ld(a1, zero, 0x400);
    as.ld(a2, zero, 0x408);
    as.mul(s0, a1, a2);
    as.mulh(s1, a1, a2);
    as.mulhu(s2, a1, a2);
    as.mulhsu(s3, a1, a2);
    as.div(s4, a1, a2);
    as.divu(s5, a1, a2);
    as.rem(s6, a1, a2);
    as.remu(s7, a1, a2);
    as.divw(s8, a1, a2);
    as.remuw(s9, a1, a2);
    as.mulw(s10, a1, a2);
    as.thread_exit(zero);
    bench.load(as);
    bench.set_word(0x400, static_cast<std::uint64_t>(a));
    bench.set_word(0x408, static_cast<std::uint64_t>(b));
    bench.start(0, 0);
    REQUIRE(bench.run());
    const auto ua = static_cast<std::uint64_t>(a), ub = static_cast<std::uint64_t>(b);
    const auto product = static_cast<__int128>(a) * b;
    const auto product_u = static_cast<unsigned __int128>(ua) * ub;
    const auto product_su = static_cast<__int128>(a) * static_cast<__int128>(ub);
    const bool overflow = a == kMin && b == -1;
    const auto& list = bench.retired[0];
    CHECK(list[2].rd_wdata == static_cast<std::uint64_t>(product));
    CHECK(list[3].rd_wdata == static_cast<std::uint64_t>(product >> 64));
    CHECK(list[4].rd_wdata == static_cast<std::uint64_t>(product_u >> 64));
    CHECK(list[5].rd_wdata == static_cast<std::uint64_t>(product_su >> 64));
    CHECK(list[6].rd_wdata == (b == 0 ? ~0ull : overflow ? ua : static_cast<std::uint64_t>(a / b)));
    CHECK(list[7].rd_wdata == (b == 0 ? ~0ull : ua / ub));
    CHECK(list[8].rd_wdata == (b == 0 ? ua : overflow ? 0 : static_cast<std::uint64_t>(a % b)));
    CHECK(list[9].rd_wdata == (b == 0 ? ua : ua % ub));
    const auto wa = static_cast<std::int32_t>(a), wb = static_cast<std::int32_t>(b);
    const std::int64_t wq = wb == 0 ? -1 : (wa == INT32_MIN && wb == -1) ? wa : wa / wb;
    CHECK(list[10].rd_wdata == static_cast<std::uint64_t>(wq));
    const auto va = static_cast<std::uint32_t>(a), vb = static_cast<std::uint32_t>(b);
    CHECK(list[11].rd_wdata ==
          static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(vb == 0 ? va : va % vb)}));
    CHECK(list[12].rd_wdata == static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(va * vb)}));
  }
}

namespace {

/// Two threads that run the same loop of 13 instructions, a count and a branch. Returns the bench after the run.
template <typename Body>
void run_on_both(CoreBench& bench, Body body) {
  Assembler as;
  as.li(t0, 400);
  const Label loop = as.here();
  for (int i = 0; i < 13; ++i) body(as);
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.thread_exit(a1);
  bench.load(as);
  bench.start(0, 0);
  bench.start(1, 0);
  REQUIRE(bench.run());
}

}  // namespace

TEST_CASE("threads take turns in a pipe that both need", "[core]") {
  CoreBench bench;
  run_on_both(bench, [](Assembler& as) { as.csrr(a1, isa::csr::mscratch); });
  // The system pipe takes fourteen of the fifteen instructions: neither thread is much faster.
  const std::uint64_t shared = 2 * 400 * 14;
  CHECK(bench.time() < shared + shared / 20 + 50);
  CHECK(bench.span(0) > shared * 9 / 10);
  CHECK(bench.span(1) > shared * 9 / 10);
}

TEST_CASE("threads do their sums side by side", "[core]") {
  CoreBench bench;
  run_on_both(bench, [](Assembler& as) { as.addi(a1, a1, 1); });
  CHECK(bench.value(0) == 400 * 13);
  CHECK(bench.value(1) == 400 * 13);
  // A round is fifteen instructions, and a taken branch costs two cycles.
  CHECK(bench.time() < 400 * (15 + 2 + 1) + 50);
}

TEST_CASE("a running thread issues or counts one reason why not, every cycle", "[core]") {
  CoreBench bench;
  Assembler as;
  constexpr std::int64_t kSnapshots = 0x2000, kBytes = 128;
  constexpr unsigned kCounted = 2 + static_cast<unsigned>(isa::Counter::Wait) + 1;  // mcycle, minstret, the reasons
  as.li(s0, kSnapshots);
  as.li(s1, 4);
  as.li(s2, 0x3000);
  const Label again = as.here();
  for (int i = 0; i < 3; ++i) {
    as.ld(a1, s2, 8 * i);
    as.add(a1, a1, a1);  // waits for a register
    as.sd(a1, s2, 8 * i);
    as.mul(a2, a1, a1);
    as.add(a2, a2, a1);
  }
  as.vld(v1, s2);
  as.vst(v1, s2);
  as.fence();  // waits for order
  // Taken in every other round, so that the fourth one expects it, and what it has issued behind the branch is void.
  const Label skip = as.label();
  as.andi(a1, s1, 1);
  as.beqz(a1, skip);
  as.nop();
  as.bind(skip);
  for (int i = 0; i < 4; ++i) as.nop();
  as.csrr(XReg(18 + 2), isa::csr::mcycle);
  as.csrr(XReg(18 + 3), isa::csr::minstret);
  for (unsigned i = 2; i < kCounted; ++i) as.csrr(XReg(18 + 2 + i), isa::csr::mhpmcounter3 + i - 2);
  for (unsigned i = 0; i < kCounted; ++i) as.sd(XReg(18 + 2 + i), s0, 8 * i);
  as.addi(s0, s0, kBytes);
  as.addi(s1, s1, -1);
  as.bnez(s1, again);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  // From the third round to the fourth, which find everything in the cache.
  const auto grown = [&bench](unsigned i) {
    return bench.word(kSnapshots + 3 * kBytes + 8 * i) - bench.word(kSnapshots + 2 * kBytes + 8 * i);
  };
  std::uint64_t accounted = grown(1);
  for (unsigned i = 2; i < kCounted; ++i) accounted += grown(i);
  CHECK(accounted == grown(0));
  CHECK(grown(2 + static_cast<unsigned>(isa::Counter::Control)) > 0);
  CHECK(grown(2 + static_cast<unsigned>(isa::Counter::Register)) > 0);
  CHECK(grown(2 + static_cast<unsigned>(isa::Counter::Order)) > 0);
}
