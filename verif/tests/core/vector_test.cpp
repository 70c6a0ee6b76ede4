// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Vector and matrix programs: gathers and scatters, late results, issue rates.
#include <array>

#include "verif/golden/num/matrix.hpp"
#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;
using tatami::test::kSimdBytes;

namespace {

using Emit = void (*)(Assembler&);

void fill(CoreBench& bench, std::uint64_t address, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) bench.memory[address + i] = static_cast<std::uint8_t>(i * 37 + 11);
}

}  // namespace

TEST_CASE("gathers and scatters move the items that the stride names", "[core]") {
  for (const double stall : {0.0, 0.5}) {
    CoreBench bench(stall);
    constexpr unsigned kQuarter = kSimdBytes / 4, kHalf = kSimdBytes / 2;
    constexpr std::int64_t kFrom = 0x2000, kStride = 72, kOffset = 16;
    fill(bench, 0x1800, 0x2000);
    Assembler as;
    as.li(s0, kFrom);
    as.li(s1, kStride);
    as.li(s2, -kStride);
    as.li(s3, 0x4000);
    as.vld(v1, s0, 8);
    as.vst(v1, s3, 0);
    as.vld_w(v2, s0, s1, kOffset);
    as.vst(v2, s3, 0x40);
    as.vld_q(v3, s0, s2, kOffset);
    as.vst(v3, s3, 0x80);
    as.addi(s3, s3, 0x100);
    as.vst_q(v1, s3, s1, 0);
    as.li(s3, 0x5000);
    as.vst_h(v1, s3, s1, kOffset);
    as.thread_exit(zero);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    const auto same = [&bench](std::uint64_t a, std::uint64_t b, unsigned bytes) {
      return std::memcmp(&bench.memory[a], &bench.memory[b], bytes) == 0;
    };
    CHECK(same(0x4000, kFrom + 8, kSimdBytes));
    for (unsigned i = 0; i < kSimdBytes / 8; ++i) CHECK(same(0x4040 + 8 * i, kFrom + kOffset + i * kStride, 8));
    for (unsigned i = 0; i < 4; ++i) {
      CHECK(same(0x4080 + kQuarter * i, kFrom + kOffset - i * kStride, kQuarter));
      CHECK(same(0x4100 + i * kStride, kFrom + 8 + i * kQuarter, kQuarter));
    }
    for (unsigned i = 0; i < 2; ++i) CHECK(same(0x5000 + kOffset + i * kStride, kFrom + 8 + i * kHalf, kHalf));
  }
}

TEST_CASE("independent vector loads issue one per cycle", "[core]") {
  CoreBench bench;
  Assembler as;
  as.li(s0, 0x2000);
  as.li(t0, 3);
  const Label loop = as.here();
  for (unsigned i = 0; i < 32; ++i) as.vld(VReg(i), s0, 8 * i);
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  const std::size_t last = list.size() - 4;  // the last load of the last round
  CHECK(list[last].cycle - list[last - 31].cycle <= 31 + 2);
}

TEST_CASE("matrix steps on rotating accumulators issue one per cycle, and their sums are exact", "[core]") {
  constexpr unsigned kSteps = 6;  // per accumulator
  CoreBench bench;
  // Small integers: every sum is exact, so integer arithmetic gives the expected bits.
  const auto bf16 = [](int value) {
    return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(float(value)) >> 16);
  };
  std::array<int, 16> a{}, b{};
  for (unsigned i = 0; i < 16; ++i) {
    a[i] = int(i * 5 % 7) - 3;
    b[i] = int(i * 3 % 11) - 5;
    const std::uint16_t va = bf16(a[i]), vb = bf16(b[i]);
    std::memcpy(&bench.memory[0x2000 + 2 * i], &va, 2);
    std::memcpy(&bench.memory[0x2040 + 2 * i], &vb, 2);
  }
  Assembler as;
  as.li(s0, 0x2000);
  as.li(t0, 2);
  const Label again = as.here();
  as.vld(v0, s0, 0);
  as.vld(v1, s0, 0x40);
  for (unsigned k = 0; k < 8; ++k) as.mma_z(AccReg(k), v0, v1);
  for (unsigned s = 1; s < kSteps; ++s) {
    for (unsigned k = 0; k < 8; ++k) as.mma(AccReg(k), v0, v1);
  }
  as.addi(t0, t0, -1);
  as.bnez(t0, again);
  as.mrd_fp32(v2, acc7, 0);
  as.mrd_fp32(v3, acc7, 1);
  as.vadd_fp32(v2, v2, v3);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  const std::size_t mrd = list.size() - 4;
  const std::size_t last_mma = mrd - 3, first_mma = last_mma - (8 * kSteps - 1);
  CHECK(list[last_mma].cycle - list[first_mma].cycle == 8 * kSteps - 1);
  const auto element = [&](unsigned i, unsigned j) {
    int sum = 0;
    for (unsigned k = 0; k < 4; ++k) sum += a[4 * i + k] * b[4 * k + j];
    return static_cast<float>(sum * int(kSteps));
  };
  for (unsigned part = 0; part < 2; ++part) {
    for (unsigned e = 0; e < 8; ++e) {
      CHECK(std::bit_cast<float>(list[mrd + part].vd_wdata[e]) == element(2 * part + e / 4, e % 4));
    }
  }
  for (unsigned e = 0; e < 8; ++e) {
    CHECK(std::bit_cast<float>(list[mrd + 2].vd_wdata[e]) == element(e / 4, e % 4) + element(2 + e / 4, e % 4));
  }
}

TEST_CASE("a dependent matrix step waits for the one before it", "[core]") {
  CoreBench bench;
  Assembler as;
  as.vsplat_w(v0, zero);
  for (int i = 0; i < 10; ++i) as.mma(acc0, v0, v0);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  // The unit announces the end 5 cycles after the start; the next step starts in the cycle after that.
  CHECK(list[10].cycle - list[1].cycle == 9 * 6);
}

TEST_CASE("vector accesses wait for an address that comes late", "[core]") {
  CoreBench bench;
  constexpr std::int64_t kPointers = 0x700, kFrom = 0x2000, kTo = 0x3000;
  fill(bench, kFrom, kSimdBytes);
  bench.set_word(kPointers, kFrom);
  bench.set_word(kPointers + 8, kTo);
  Assembler as;
  as.li(s1, kPointers);
  as.li(s2, kFrom);
  as.li(t0, 0x3F803F80);
  as.vsplat_w(v0, t0);
  as.ld(s0, s1, 0);
  as.vld(v1, s0, 0);
  as.ld(s0, s1, 8);
  as.vst(v1, s0, 0);
  as.ld(s0, s1, 0);
  as.mma_m(acc0, s0, v0, {.first = true});
  as.mma_m(acc1, s2, v0, {.first = true});
  as.mrd_fp32(v2, acc0, 0);
  as.mrd_fp32(v3, acc1, 0);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(std::memcmp(&bench.memory[kTo], &bench.memory[kFrom], kSimdBytes) == 0);
  const auto& list = bench.retired[0];
  CHECK(list.at(list.size() - 3).vd_wdata == list.at(list.size() - 2).vd_wdata);
}

TEST_CASE("a full vector queue holds back steps and stores, and nothing is lost", "[core]") {
  CoreBench bench;
  constexpr unsigned kSteps = 40;  // the queue has 16 places
  Assembler as;
  as.li(s0, 0x2000);
  as.vsplat_w(v0, s0);
  for (unsigned i = 0; i < kSteps; ++i) as.mma(acc0, v0, v0);
  as.vst(v0, s0, 0);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  REQUIRE(list.size() == kSteps + 4);
  CHECK(list[kSteps + 1].cycle - list[2].cycle >= (kSteps - 1 - 16) * 6);  // steps retire when they enter the queue
  for (unsigned i = 0; i < kSimdBytes; i += 4) CHECK((bench.word(0x2000 + i) & 0xFFFFFFFF) == 0x2000);
}

TEST_CASE("the core is busy until late results are there, also when their thread waits", "[core]") {
  const Emit emit =
      GENERATE(Emit([](Assembler& as) { as.vadd_fp32(v1, v0, v0); }), Emit([](Assembler& as) { as.vcvt_w(v1, v0, 0); }),
               Emit([](Assembler& as) { as.vcvt_n(v1, v0, 0); }), Emit([](Assembler& as) { as.vrcp_fp32(v1, v0); }),
               Emit([](Assembler& as) { as.mma(acc0, v0, v0); }), Emit([](Assembler& as) { as.mrd_fp32(v1, acc0, 0); }),
               Emit([](Assembler& as) { as.vld(v1, zero, 0); }), Emit([](Assembler& as) { as.vst(v0, zero, 0x400); }),
               Emit([](Assembler& as) { as.mma_m(acc0, zero, v0, {.first = true}); }),
               Emit([](Assembler& as) { as.mul(a0, a1, a2); }), Emit([](Assembler& as) { as.div(a0, a1, a2); }));
  CoreBench bench;
  Assembler as;
  as.li(a1, 9);
  as.li(a2, 3);
  as.vsplat_w(v0, zero);
  emit(as);
  as.sem_wait(a1, a2);
  as.thread_exit(zero);
  bench.load(as);
  bench.answer_loads = false;  // until nothing else moves
  bench.start(0, 0);
  bench.cycles(100);
  bench.answer_loads = true;
  bench.cycles(300);  // the bench compares what retires with when the core is busy
  CHECK(bench.state(0) == test::State::WaitSemaphore);
  CHECK(bench.retired[0].size() == 4);
  bench.post(9, 3);
  REQUIRE(bench.run());
  CHECK(bench.retired[0].size() == 6);
}

TEST_CASE("a read of tflags sees what the instructions before it raised", "[core]") {
  const Emit emit = GENERATE(
      Emit([](Assembler& as) { as.vadd_fp32(v1, v0, v0); }), Emit([](Assembler& as) { as.vmul_bf16(v1, v0, v0); }),
      Emit([](Assembler& as) { as.vcvt_n(v1, v0, 0); }), Emit([](Assembler& as) { as.vrcp_fp32(v1, v0); }));
  CoreBench bench;
  Assembler as;
  as.li(a1, 0x7FC00000);  // a NaN as an operand is Invalid, docs/numbers.md
  as.vsplat_w(v0, a1);
  as.csrw(isa::csr::tflags, zero);
  emit(as);
  as.csrr(a0, isa::csr::tflags);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  CHECK(list.at(list.size() - 2).rd == 10);
  CHECK(list.at(list.size() - 2).rd_wdata == 1);
}

TEST_CASE("a load stream and a matrix stream of two threads overlap", "[core]") {
  CoreBench bench;
  constexpr unsigned kRounds = 8;
  Assembler loads;
  loads.li(s0, 0x4000);
  loads.li(t0, kRounds);
  const Label load_loop = loads.here();
  for (unsigned i = 0; i < 32; ++i) loads.vld(VReg(i), s0, 0);
  loads.addi(t0, t0, -1);
  loads.bnez(t0, load_loop);
  loads.thread_exit(zero);
  Assembler steps;
  steps.li(t0, kRounds);
  const Label step_loop = steps.here();
  for (unsigned i = 0; i < 32; ++i) steps.mma(AccReg(i % 8), v0, v1);
  steps.addi(t0, t0, -1);
  steps.bnez(t0, step_loop);
  steps.thread_exit(zero);
  bench.load(loads, 0);
  // Another part of the instruction cache.
  bench.load(steps, 0x1400);
  bench.start(0, 0);
  bench.start(1, 0x1400);
  REQUIRE(bench.run());
  // 34 instructions a round; a taken branch costs two cycles.
  constexpr std::uint64_t kCycles = kRounds * (34 + 2) + 60;
  CHECK(bench.span(0) <= kCycles);
  CHECK(bench.span(1) <= kCycles);
}
