// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Latencies of the scalar side, as docs/core.md states them.
#include <functional>

#include "verif/lib/handler_code.hpp"
#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;
using tatami::test::install_handler;
using tatami::test::return_behind;

namespace {

/// Cycles from the issue of an instruction that writes a1 to that of the next one, which reads it; in the second round
/// of a loop, so that both are in the instruction cache. s0 is 5, s1 lies well inside the SRAM, s2 in its last words.
std::uint64_t latency(const std::function<void(Assembler&)>& producer) {
  CoreBench bench;
  Assembler as;
  as.li(s0, 5);
  as.li(s1, 0x1000);
  as.li(s2, bench.memory.size() - 64);
  as.li(t0, 2);
  const Label again = as.here();
  as.addi(t1, t1, 1);
  producer(as);
  as.addi(a2, a1, 0);
  as.addi(t0, t0, -1);
  as.bnez(t0, again);
  as.thread_exit(a2);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  const std::size_t reader = list.size() - 4;
  return list[reader].cycle - list[reader - 2].cycle - 1;
}

}  // namespace

TEST_CASE("results come after the stated number of cycles", "[core]") {
  CHECK(latency([](Assembler& as) { as.xori(a1, s0, 1); }) == 1);
  CHECK(latency([](Assembler& as) { as.csrr(a1, isa::csr::mscratch); }) == 2);
  CHECK(latency([](Assembler& as) { as.mulw(a1, s0, s0); }) == 5);
  CHECK(latency([](Assembler& as) { as.mul(a1, s0, s0); }) == 7);
  CHECK(latency([](Assembler& as) { as.mulhu(a1, s0, s0); }) == 8);
  CHECK(latency([](Assembler& as) { as.divu(a1, s0, s0); }) == 69);
  CHECK(latency([](Assembler& as) { as.ld(a1, s1, 8); }) == 6);
  CHECK(latency([](Assembler& as) { as.ld(a1, s1, -2048); }) == 6);
  CHECK(latency([](Assembler& as) { as.ld(a1, s2, 8); }) == 6);
}

TEST_CASE("a jump begins after three cycles, a handler after five", "[core]") {
  CoreBench bench;
  Assembler as;
  install_handler(as, [&as] { return_behind(as, s4); });
  as.li(t0, 2);
  as.li(t1, 1);
  const Label again = as.here();
  as.ecall();
  as.sub(t0, t0, t1);  // not a sum of a memory pipe, whose record comes a cycle later
  as.bnez(t0, again);
  as.thread_exit(t0);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  const auto& list = bench.retired[0];
  const auto entry = [&](std::size_t i) { return list[i].intr && list[i - 1].trap; };
  std::size_t last = list.size() - 1;
  while (!entry(last)) --last;
  CHECK(list[last].cycle - list[last - 1].cycle == 5);
  CHECK(list[last + 4].cycle - list[last + 3].cycle == 3);  // behind mret
}
