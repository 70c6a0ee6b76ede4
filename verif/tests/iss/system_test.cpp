// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "verif/tests/iss/bench.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using golden::Cause;
using golden::ThreadState;

/// Runs one instruction with a handler installed that skips it; returns {mcause, mtval, mepc}.
struct TrapReport {
  std::uint64_t mcause, mtval, mepc, at;
};
template <typename Emit>
TrapReport trap_of(Emit emit) {
  Bench bench;
  Assembler as;
  const Label handler = as.label();
  as.la(t0, handler);
  as.csrw(isa::csr::mtvec, t0);
  as.li(a1, 0x7fffff00);
  const std::size_t before = as.size_bytes();
  emit(as);
  const std::size_t at = as.size_bytes() - 4;
  REQUIRE(at >= before);
  as.li(s0, 1);
  as.thread_exit(s0);
  as.bind(handler);
  as.csrr(s2, isa::csr::mcause);
  as.csrr(s3, isa::csr::mtval);
  as.csrr(s4, isa::csr::mepc);
  as.addi(t0, s4, 4);
  as.csrw(isa::csr::mepc, t0);
  as.mret();
  REQUIRE(bench.value_of(as) == 1);
  const auto& x = bench.iss.thread(0).x;
  CHECK(x[18 + 2] == at);
  return {x[18], x[19], x[20], at};
}

TEST_CASE("each exception reports its cause and value to the handler, which returns", "[iss]") {
  CHECK(trap_of([](Assembler& as) { as.ecall(); }).mcause == 11);
  CHECK(trap_of([](Assembler& as) { as.ebreak(); }).mcause == 3);
  const TrapReport illegal = trap_of([](Assembler& as) { as.word(0xffffffff); });
  CHECK(illegal.mcause == 2);
  CHECK(illegal.mtval == 0xffffffff);
  CHECK(trap_of([](Assembler& as) { as.csrrw(a0, isa::csr::mhartid, a1); }).mcause == 2);
  CHECK(trap_of([](Assembler& as) { as.csrrs(a0, 0x123, zero); }).mcause == 2);
  const TrapReport load = trap_of([](Assembler& as) { as.ld(a0, a1); });
  CHECK(load.mcause == 5);
  CHECK(load.mtval == 0x7fffff00);
  CHECK(trap_of([](Assembler& as) { as.sb(a0, a1); }).mcause == 7);
  // The last byte that is inside, read as two bytes.
  CHECK(trap_of([](Assembler& as) {
          as.li(a2, 0xffff);
          as.lh(a0, a2);
        }).mcause == 5);
  CHECK(trap_of([](Assembler& as) {
          as.li(a2, 0x4004);
          as.vld(v0, a2);
        }).mcause == 4);
  CHECK(trap_of([](Assembler& as) {
          as.li(a2, 0x4000);
          as.li(a3, 12);
          as.vst_q(v0, a2, a3);
        }).mcause == 6);
  CHECK(trap_of([](Assembler& as) { as.vst(v0, a1); }).mcause == 7);
  const TrapReport jump = trap_of([](Assembler& as) {
    as.li(a2, 0x42);
    as.jalr(a0, a2);
  });
  CHECK(jump.mcause == 0);
  CHECK(jump.mtval == 0x42);
}

TEST_CASE("without a handler a trap leaves the thread faulted, with cause, pc and value", "[iss]") {
  struct Fault {
    void (*cause_it)(Assembler&);  ///< at pc 4; a1 = -8
    Cause cause;
    std::uint64_t value;
  };
  for (const Fault& fault : {Fault{[](Assembler& as) { as.ld(a0, a1); }, Cause::LoadAccess, ~std::uint64_t{7}},
                             {[](Assembler& as) { as.ebreak(); }, Cause::Breakpoint, 4},
                             {[](Assembler& as) { as.ecall(); }, Cause::MachineEcall, 0}}) {
    CAPTURE(static_cast<unsigned>(fault.cause));
    Bench bench;
    Assembler as;
    as.li(a1, -8);
    fault.cause_it(as);
    const auto records = bench.run(as);
    CHECK(records.back().trap);
    CHECK(records.back().halt);
    const ThreadState& t = bench.iss.thread(0);
    CHECK(t.run == ThreadState::Run::Faulted);
    CHECK(t.cause == fault.cause);
    CHECK(t.pc == 4);
    CHECK(t.value == fault.value);
  }
}

TEST_CASE("a jump out of the SRAM faults on the fetch", "[iss]") {
  Bench bench;
  Assembler as;
  as.li(a1, 0x20000);
  as.jalr(ra, a1);
  bench.run(as);
  CHECK(bench.iss.thread(0).cause == Cause::FetchAccess);
  CHECK(bench.iss.thread(0).pc == 0x20000);
}

TEST_CASE("CSRs read, write, set and clear by the rules", "[iss]") {
  Bench bench;
  Assembler as;
  as.csrrwi(s2, isa::csr::mscratch, 21);
  as.csrrsi(s3, isa::csr::mscratch, 10);
  as.csrrci(s4, isa::csr::mscratch, 1);
  as.csrr(s5, isa::csr::mscratch);
  as.li(a1, -1);
  as.csrw(isa::csr::mstatus, a1);
  as.csrr(s6, isa::csr::mstatus);
  as.csrr(s7, isa::csr::mhartid);
  as.csrr(s8, isa::csr::tnode);
  as.csrr(s9, isa::csr::tconfig);
  as.csrw(isa::csr::mtvec, a1);
  as.csrr(s10, isa::csr::mtvec);
  as.csrr(s11, isa::csr::minstret);
  as.thread_exit(zero);
  bench.run(as);
  const auto& x = bench.iss.thread(0).x;
  CHECK(x[18] == 0);
  CHECK(x[19] == 21);
  CHECK(x[20] == 31);
  CHECK(x[21] == 30);
  CHECK(x[22] == 0x1888);
  CHECK(x[23] == 4 * (1024 * 3 + 32 * 2 + 1));
  CHECK(x[24] == ((1ull << 63) | 3ull << 40 | 2ull << 35 | 1ull << 30));
  CHECK(x[25] == (64 | 4 << 8 | 8 << 16 | 8 << 24));
  CHECK(x[26] == ~3ull);
  CHECK(x[27] == 12);
}

TEST_CASE("semaphores hold a thread until another gives", "[iss]") {
  Bench bench;
  Assembler as;
  const Label second = as.label();
  as.li(t0, 1);
  as.la(t1, second);
  as.thread_start(t0, t1);
  as.li(a1, 5);
  as.li(a2, 3);
  as.sem_wait(a1, a2);
  as.sem_read(a0, a1);
  as.thread_exit(a0);
  as.bind(second);
  as.li(a1, 5);
  as.li(a2, 4);
  as.sem_post(a1, a2);
  as.thread_exit(a0);
  const auto first = bench.run(as);
  CHECK(bench.iss.thread(0).run == ThreadState::Run::WaitSemaphore);
  CHECK(bench.iss.thread(0).value == (5 | 3 << 16));
  while (bench.iss.can_step(1)) bench.iss.step(1);
  CHECK(bench.iss.thread(1).value == 1);
  CHECK(bench.iss.semaphore(5) == 4);
  while (bench.iss.can_step(0)) bench.iss.step(0);
  CHECK(bench.iss.thread(0).value == 1);
}

TEST_CASE("a barrier lets its threads through when the last one has come", "[iss]") {
  Bench bench({.threads = 4, .sram_bytes = 65536});
  Assembler as;
  const Label meet = as.label();
  as.bind(meet);
  as.li(a1, 0b1101);
  as.thread_barrier(a1);
  as.thread_exit(a1);
  bench.run(as);
  CHECK(bench.iss.thread(0).run == ThreadState::Run::WaitBarrier);
  CHECK(bench.iss.thread(0).value == 0b1101);
  const auto go_on = [&](unsigned t) {
    while (bench.iss.can_step(t)) bench.iss.step(t);
  };
  bench.iss.start(2, 0);
  go_on(2);
  CHECK_FALSE(bench.iss.can_step(0));
  bench.iss.start(3, 0);
  bench.iss.step(3);
  bench.iss.step(3);  // the last one comes
  for (const unsigned t : {0u, 2u, 3u}) {
    CHECK(bench.iss.can_step(t));
    go_on(t);
    CHECK(bench.iss.thread(t).run == ThreadState::Run::Parked);
  }
}

TEST_CASE("threads that wait for different sets do not meet; a thread belongs to its own set", "[iss]") {
  Bench bench({.threads = 3, .sram_bytes = 65536});
  Assembler as;
  as.addi(a1, a0, 0b110);  // thread 0: {1, 2} and itself; thread 1: {0, 1, 2}; thread 2: only itself
  as.slti(a2, a0, 2);
  as.mul(a1, a1, a2);
  as.thread_barrier(a1);
  as.thread_exit(a1);
  bench.run(as);
  const auto go_on = [&](unsigned t) {
    while (bench.iss.can_step(t)) bench.iss.step(t);
  };
  bench.iss.start(2, 0);
  go_on(2);
  CHECK(bench.iss.thread(2).run == ThreadState::Run::Parked);  // it met nobody but itself
  bench.iss.start(1, 0);
  go_on(1);
  CHECK(bench.iss.thread(0).run == ThreadState::Run::WaitBarrier);
  CHECK(bench.iss.thread(1).run == ThreadState::Run::WaitBarrier);
}

}  // namespace
}  // namespace tatami::test
