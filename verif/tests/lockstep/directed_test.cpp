// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "sim/asm/assembler.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/handler_code.hpp"
#include "verif/tests/lockstep/core_bench.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

/// Each bit rises and falls.
constexpr std::int64_t kPatterns[] = {0, 0x5555555555555555, ~std::int64_t{0x5555555555555555}, -1, 0};

/// Runs the first threads from address 0 without and with stalls; the comparison must find nothing.
void check(const Assembler& as, unsigned threads = 1) {
  Program program(bench_config().sram_bytes);
  program.place(0, as);
  for (unsigned t = 0; t < threads; ++t) program.starts.push_back({t, 0});
  for (const Stalls stalls : {Stalls{}, Stalls{.not_ready_percent = 50, .extra_latency = 5}}) {
    CoreBench bench(program, stalls, seed());
    const auto difference = bench.run();
    INFO(difference.value_or(""));
    CHECK(!difference);
    CHECK(bench.compared() > 0);
  }
}

TEST_CASE("a thread adds, branches and exits", "[lockstep]") {
  Assembler as;
  as.li(a1, 0);
  as.li(a2, 10);
  const Label loop = as.here();
  as.add(a1, a1, a2);
  as.addi(a2, a2, -1);
  as.bnez(a2, loop);
  as.thread_exit(a1);
  check(as);
}

TEST_CASE("what was a taken branch and is none any more is fetched again", "[lockstep]") {
  // The instruction cache has 32 lines of 64 B: the evictor takes the routine's line, but has no taken branch in its
  // first window, so that the branch target buffer still knows the routine's.
  constexpr std::uint64_t kMain = 0x100, kRoutine = 0x1000, kEvictor = 0x1800;
  // The return is a branch of the same window, which takes the place in the buffer, or of the next one.
  const int gap = GENERATE(1, 8);
  CAPTURE(gap);
  Assembler routine, evictor, as;
  const Label over = routine.label();
  routine.beqz(zero, over);
  for (int i = 0; i < gap; ++i) routine.nop();
  routine.bind(over);
  routine.ret();
  for (int i = 0; i < 8; ++i) evictor.nop();
  evictor.ret();
  as.li(s0, kRoutine);
  as.li(s1, kEvictor);
  as.li(a1, 0);
  for (int i = 0; i < 3; ++i) as.jalr(ra, s0);
  as.li(t0, isa::encode(isa::Op::Addi, {.rd = a1.number(), .rs1 = a1.number(), .imm = 1}));
  as.sw(t0, s0);
  as.fence();
  as.jalr(ra, s1);
  as.jalr(ra, s0);
  as.thread_exit(a1);
  Program program(bench_config().sram_bytes);
  program.place(kMain, as);
  program.place(kRoutine, routine);
  program.place(kEvictor, evictor);
  program.starts.push_back({0, kMain});
  CoreBench bench(program, {}, seed());
  const auto difference = bench.run();
  INFO(difference.value_or(""));
  CHECK(!difference);
  CHECK(bench.iss().thread(0).value == 1);
}

TEST_CASE("a load sees the store before it, whole and in parts", "[lockstep]") {
  Assembler as;
  as.li(s0, 0x1000);
  as.li(a1, 0x123456789abcdef0);
  for (int offset = 0; offset < 16; ++offset) {
    as.sd(a1, s0, offset);
    as.ld(a2, s0, offset);
    as.sb(a2, s0, offset + 3);
    as.lw(a3, s0, offset + 1);
    as.lhu(a4, s0, offset + 5);
    as.add(a1, a1, a3);
  }
  as.thread_exit(a4);
  check(as);
}

TEST_CASE("multiply and divide hold back their readers", "[lockstep]") {
  Assembler as;
  as.li(a1, INT64_MIN);
  as.li(a2, -1);
  as.div(a3, a1, a2);
  as.rem(a4, a1, a2);
  as.mulh(a5, a3, a1);
  as.divu(a6, a1, zero);
  as.remuw(a7, a6, zero);
  as.add(a0, a7, a5);
  as.thread_exit(a0);
  check(as);
}

TEST_CASE("vector code: load, steps, read-out, lanes, strided store", "[lockstep]") {
  Assembler as;
  as.li(s0, 0x1000);
  as.li(a1, 0x3fc0);
  as.vsplat_h(v1, a1);
  as.li(a1, 0xc040);
  as.vsplat_h(v2, a1);
  as.mma_z(acc1, v1, v2);
  as.mma(acc1, v1, v1, {.ta = true});
  as.mma(acc1, v2, v1, {.ta = true, .tb = true});
  as.mrd_fp32(v3, acc1, 0);
  as.mrd_bf16(v4, acc1, 0);
  as.vfma_fp32(v3, v3, v3);
  as.vst(v3, s0);
  as.li(a2, 48);
  as.vst_q(v4, s0, a2, 64);
  as.vld_w(v5, s0, a2);
  as.vadd_bf16(v6, v5, v4);
  as.vst(v6, s0, 256);
  as.thread_exit(zero);
  check(as);
}

TEST_CASE("a handler sees each trap and returns; without one the thread is faulted", "[lockstep]") {
  Assembler as;
  install_handler(as, [&as] {
    as.csrr(t1, isa::csr::mcause);
    as.csrr(t2, isa::csr::mtval);
    return_behind(as, t0);
  });
  as.ecall();
  as.ebreak();
  as.word(0xffffffff);
  as.li(a1, -1);
  as.ld(a2, a1);
  as.vld(v0, a1, 4);
  as.csrr(a3, isa::csr::minstret);
  as.csrw(isa::csr::mtvec, zero);
  as.li(a1, 0x40000000);
  as.jalr(ra, a1);
  check(as);
}

TEST_CASE("CSRs that hold what is written hold all of its bits", "[lockstep]") {
  Assembler as;
  for (const unsigned csr : {isa::csr::mtvec, isa::csr::mscratch, isa::csr::mepc, isa::csr::mcause, isa::csr::mtval,
                             isa::csr::minstret, isa::csr::tkey, isa::csr::tctr}) {
    for (const std::int64_t value : kPatterns) {
      as.li(a1, value);
      as.csrw(csr, a1);
      as.csrr(a2, csr);
    }
  }
  as.thread_exit(zero);
  check(as, 2);
}

TEST_CASE("a jump out of the SRAM traps at its target, whatever its bits", "[lockstep]") {
  Assembler as;
  install_handler(as, [&as] {
    as.csrr(t1, isa::csr::mcause);
    as.csrr(t2, isa::csr::mtval);
    as.csrr(t2, isa::csr::mepc);
    as.csrw(isa::csr::mepc, ra);
    as.mret();
  });
  for (const std::int64_t target : kPatterns) {
    if (target == 0) continue;
    as.li(a1, target & ~std::int64_t{3});
    as.jalr(ra, a1);
  }
  as.thread_exit(zero);
  check(as, 2);
}

TEST_CASE("a thread that is started outside of the SRAM faults there, whatever the bits of its pc", "[lockstep]") {
  const std::int64_t target = GENERATE(~std::int64_t{3}, kPatterns[1] & ~std::int64_t{3}, std::int64_t{1} << 62);
  Assembler as;
  as.li(a1, 1);
  as.li(a2, target);
  as.thread_start(a1, a2);
  as.thread_exit(zero);
  check(as);
}

TEST_CASE("code that a thread wrote runs after fence.i", "[lockstep]") {
  Assembler as;
  const Label place = as.label();
  as.li(a3, 3);
  const Label loop = as.here();
  as.la(a1, place);
  as.lw(a2, a1);
  as.li(a4, 1 << 20);
  as.add(a2, a2, a4);
  as.sw(a2, a1);
  as.fence_i();
  as.bind(place);
  as.addi(a0, zero, 1);
  as.addi(a3, a3, -1);
  as.bnez(a3, loop);
  as.thread_exit(a0);
  check(as);
}

TEST_CASE("a thread starts the other, and they meet at semaphores", "[lockstep]") {
  Assembler as;
  const Label other = as.label();
  as.li(a1, 1);
  as.la(a2, other);
  as.thread_start(a1, a2);
  as.li(s0, 0x1000);
  as.sem_wait(a1, a1);
  as.ld(a3, s0);
  as.thread_exit(a3);
  as.bind(other);
  as.li(s0, 0x1000);
  as.li(a3, 77);
  as.sd(a3, s0);
  as.li(a1, 1);
  as.sem_post(a1, a1);
  as.xfer(s0, a1);
  as.thread_exit(a1);
  check(as);
}

}  // namespace
}  // namespace tatami::test
