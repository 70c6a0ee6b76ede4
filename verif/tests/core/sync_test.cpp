// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Semaphores, transfers, threads, fences and self-modifying code.
#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;
using tatami::test::State;

TEST_CASE("a waiting thread sleeps until its semaphore is posted", "[core]") {
  for (const double stall : {0.0, 0.4}) {
    CoreBench bench(stall);
    Assembler as;
    as.li(a1, 9);
    as.li(a2, 3);
    as.sem_wait(a1, a2);
    as.sem_read(a3, a1);
    as.thread_exit(a3);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::WaitSemaphore);
    CHECK(bench.value(0) == (3u << 16 | 9));
    CHECK(bench.pc(0) == 8);
    bench.post(9, 2);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::WaitSemaphore);
    CHECK(bench.retired[0].size() == 2);
    bench.post(9, 2);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::Parked);
    CHECK(bench.value(0) == 1);
    CHECK(bench.retired[0].size() == 5);
  }
}

TEST_CASE("one thread starts the other and they pass data through memory", "[core]") {
  for (const double stall : {0.0, 0.5}) {
    CoreBench bench(stall);
    Assembler as;
    const Label consumer = as.label();
    const Label restart = as.label();
    // Producer, thread 0: a slow store, then the post.
    as.la(t1, consumer);
    as.li(t0, 1);
    as.thread_start(t0, t1);
    as.li(s0, 10);
    as.li(a1, 7);
    const Label loop = as.here();
    as.mul(a1, a1, a1);
    as.sd(a1, zero, 0x700);
    as.sem_post(t0, t0);
    as.li(a2, 2);
    as.sem_wait(a2, t0);
    as.addi(s0, s0, -1);
    as.bnez(s0, loop);
    as.thread_exit(zero);
    // Consumer, thread 1.
    as.bind(consumer);
    as.li(s0, 10);
    as.li(s1, 0);
    as.li(t0, 1);
    as.li(t2, 2);
    as.bind(restart);
    as.sem_wait(t0, t0);
    as.ld(a1, zero, 0x700);
    as.sem_post(t2, t0);
    as.xor_(s1, s1, a1);
    as.addi(s0, s0, -1);
    as.bnez(s0, restart);
    as.thread_exit(s1);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    std::uint64_t x = 7, sum = 0;
    for (int i = 0; i < 10; ++i) {
      x *= x;
      sum ^= x;
    }
    CHECK(bench.state(0) == State::Parked);
    CHECK(bench.state(1) == State::Parked);
    CHECK(bench.value(1) == sum);
  }
}

TEST_CASE("threads that wait at a barrier sleep until the last one comes, and see its stores", "[core]") {
  for (const double stall : {0.0, 0.5}) {
    CoreBench bench(stall);
    Assembler as;
    as.slli(t0, a0, 3);
    as.addi(t1, a0, 100);
    as.sd(t1, t0, 0x700);
    as.li(a1, 3);
    as.thread_barrier(a1);
    as.ld(a2, zero, 0x700);
    as.ld(a3, zero, 0x708);
    as.add(a2, a2, a3);
    as.thread_exit(a2);
    bench.load(as);
    bench.start(0, 0);
    REQUIRE(bench.run());
    CHECK(bench.state(0) == State::WaitBarrier);
    CHECK(bench.value(0) == 3);
    bench.start(1, 0);
    REQUIRE(bench.run());
    for (const unsigned t : {0u, 1u}) {
      CHECK(bench.state(t) == State::Parked);
      CHECK(bench.value(t) == 201);
    }
  }
}

TEST_CASE("threads that wait at barriers of different sets do not meet", "[core]") {
  CoreBench bench;
  Assembler as;
  as.li(a1, 3);
  as.thread_barrier(a1);
  as.thread_exit(a1);
  Assembler alone;
  alone.li(a1, 2);  // only itself
  for (int i = 0; i < 4; ++i) alone.thread_barrier(a1);
  alone.thread_exit(a1);
  bench.load(as);
  bench.load(alone, 0x800);
  bench.start(0, 0);
  bench.start(1, 0x800);
  REQUIRE(bench.run());
  CHECK(bench.state(0) == State::WaitBarrier);
  CHECK(bench.state(1) == State::Parked);
}

TEST_CASE("behind a barrier every earlier store of the others is visible", "[core]") {
  constexpr int kRounds = 40, kStores = 6;
  CoreBench bench(0.5);
  Assembler as;
  as.li(a1, 3);
  as.li(s0, 0x1000);
  as.slli(t0, a0, 9);
  as.add(s1, s0, t0);  // own words
  as.xori(t0, t0, 0x200);
  as.add(s2, s0, t0);  // the other thread's
  as.li(s3, 0);        // rounds in which the last of them was late
  for (int round = 1; round <= kRounds; ++round) {
    as.li(t1, round);
    for (int i = 0; i < kStores; ++i) as.sd(t1, s1, 8 * i);
    as.thread_barrier(a1);
    as.ld(t2, s2, 8 * (kStores - 1));
    as.sub(t2, t2, t1);
    as.snez(t2, t2);
    as.add(s3, s3, t2);
    as.thread_barrier(a1);
  }
  as.thread_exit(s3);
  bench.load(as);
  bench.start(0, 0);
  bench.start(1, 0);
  REQUIRE(bench.run());
  CHECK(bench.value(0) == 0);
  CHECK(bench.value(1) == 0);
}

TEST_CASE("transfer lists queue in order; a full queue holds the thread", "[core]") {
  CoreBench bench(0.3);
  Assembler as;
  as.li(a1, 0x400);
  as.li(a2, 2);
  as.xfer(a1, zero);  // empty: done without the engine
  as.xfer(a1, a2);
  as.addi(a1, a1, 128);
  as.xfer(a1, a2);
  as.thread_exit(a1);
  bench.load(as);
  bench.accept_transfers = false;
  bench.start(1, 0);
  bench.cycles(200);
  CHECK(bench.state(1) == State::WaitTransfer);
  CHECK(bench.value(1) == 2U << 16);  // the list's length; no semaphore
  bench.accept_transfers = true;
  REQUIRE(bench.run());
  CHECK(bench.state(1) == State::Parked);
  CHECK(bench.transfers == std::vector<std::array<std::uint64_t, 3>>{{1, 0x400, 2}, {1, 0x480, 2}});
}

TEST_CASE("fence.i makes stored code visible, a mesh start makes loaded code visible", "[core]") {
  CoreBench bench(0.3);
  Assembler as;
  const Label patch = as.label();
  const Label call = as.label();
  as.la(t0, patch);
  as.lw(t1, zero, 0x700);
  as.li(s0, 0);
  as.bind(call);
  as.bind(patch);
  as.addi(a1, zero, 1);
  as.bnez(s0, as.here());  // spins only if the loop ran twice without the exit below
  as.sw(t1, t0, 0);
  as.fence_i();
  as.li(t2, 1);
  const Label done = as.label();
  as.bne(a1, t2, done);
  as.j(call);
  as.bind(done);
  as.thread_exit(a1);
  bench.load(as);
  bench.set_word(0x700, isa::encode(isa::Op::Addi, {.rd = 11, .imm = 42}));
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.value(0) == 42);

  Assembler other;
  other.li(a1, 99);
  other.thread_exit(a1);
  bench.load(other);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.value(0) == 99);
}

TEST_CASE("mcycle counts on from what was written, time does not", "[core]") {
  CoreBench bench;
  Assembler as;
  as.csrr(a1, isa::csr::time);
  as.li(a2, 1000);
  as.csrw(isa::csr::mcycle, a2);
  as.csrr(a3, isa::csr::mcycle);
  as.csrr(a4, isa::csr::cycle);
  as.csrr(a5, isa::csr::time);
  as.sub(a5, a5, a1);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto value = [&](std::size_t i) { return bench.retired[0].at(i).rd_wdata; };
  CHECK(value(3) > 1000);
  CHECK(value(3) <= 1000 + 10);
  CHECK(value(4) > value(3));
  CHECK(value(6) > 0);
  CHECK(value(6) < 40);
}

TEST_CASE("counters: mcycle follows time, minstret counts and can be set", "[core]") {
  CoreBench bench;
  Assembler as;
  as.csrr(a1, isa::csr::minstret);
  as.nop();
  as.csrr(a2, isa::csr::minstret);
  as.csrw(isa::csr::minstret, zero);
  as.csrr(a3, isa::csr::minstret);
  as.csrr(a4, isa::csr::mcycle);
  as.csrr(a5, isa::csr::time);
  as.csrr(a6, isa::csr::mhartid);
  as.csrr(a7, isa::csr::tnode);
  as.csrr(s2, isa::csr::tconfig);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(1, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[1];
  CHECK(list[0].rd_wdata == 0);
  CHECK(list[2].rd_wdata == 2);
  CHECK(list[4].rd_wdata == 0);
  CHECK(list[6].rd_wdata == list[5].rd_wdata + 2);  // the thread's next instruction waits behind a CSR access
  CHECK(list[7].rd_wdata == 4 * (1024 * 1 + 32 * 2 + 3) + 1);
  CHECK(list[8].rd_wdata == (1ull << 63 | 1ull << 40 | 2ull << 35 | 3ull << 30));
  CHECK(list[9].rd_wdata == (32 | 2 << 8 | 4 << 16 | 4 << 24));
}
