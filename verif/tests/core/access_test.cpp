// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What accesses ask of the SRAM, and how many are under way, as docs/core.md states it.
#include "verif/tests/core/core_bench.hpp"

using namespace tatami;
using namespace tatami::reg;
using tatami::test::CoreBench;

TEST_CASE("a load asks for the words that it needs", "[core]") {
  CoreBench bench;
  Assembler as;
  as.li(s1, 0x1000);
  as.ld(a1, s1, 0);
  as.lb(a2, s1, 15);
  as.ld(a3, s1, 1);
  as.lw(a4, s1, 6);
  as.lhu(a5, s1, 6);
  as.vld(v1, s1, 0);
  as.thread_exit(zero);
  bench.load(as);
  bench.start(0, 0);
  REQUIRE(bench.run());
  CHECK(bench.words_asked == std::vector<unsigned>{1, 1, 2, 2, 1, test::kSimdBytes / 8});
}

TEST_CASE("sixteen loads of a pipe are under way, and the next one waits", "[core]") {
  constexpr unsigned kLoads = 20, kUnderWay = 16, kFirst = 11;
  CoreBench bench;
  Assembler as;
  as.li(s1, 0x1000);
  for (unsigned i = 0; i < kLoads; ++i) as.ld(XReg(kFirst + i), s1, 8 * static_cast<int>(i));
  for (unsigned i = 1; i < kLoads; ++i) as.add(XReg(kFirst), XReg(kFirst), XReg(kFirst + i));
  as.thread_exit(XReg(kFirst));
  bench.load(as);
  std::uint64_t sum = 0;
  for (unsigned i = 0; i < kLoads; ++i) {
    bench.set_word(0x1000 + 8 * i, std::uint64_t{1} << i);
    sum += std::uint64_t{1} << i;
  }
  bench.answer_loads = false;
  bench.start(0, 0);
  bench.cycles(300);
  CHECK(bench.words_asked.size() == kUnderWay);
  bench.answer_loads = true;
  REQUIRE(bench.run());
  CHECK(bench.words_asked.size() == kLoads);
  CHECK(bench.value(0) == sum);
}

TEST_CASE("fifteen scalar stores are under way, or sixteen vector stores, and the next one waits", "[core]") {
  const auto [vector, under_way] = GENERATE(std::pair{false, 15U}, std::pair{true, 16U});
  CAPTURE(vector);
  constexpr unsigned kStores = 20;
  CoreBench bench;
  Assembler as;
  as.li(s1, 0x1000);
  as.li(a1, 77);
  if (vector) as.vsplat_w(v1, a1);
  for (unsigned i = 0; i < kStores; ++i) {
    const int offset = static_cast<int>(64 * i);
    if (vector) {
      as.vst(v1, s1, offset);
    } else {
      as.sd(a1, s1, offset);
    }
  }
  as.thread_exit(zero);
  bench.load(as);
  bench.finish_stores = false;
  bench.start(0, 0);
  bench.cycles(300);
  CHECK(bench.stores_sent == under_way);
  bench.finish_stores = true;
  REQUIRE(bench.run());
  CHECK(bench.stores_sent == kStores);
  for (unsigned i = 0; i < kStores; ++i) CHECK((bench.word(0x1000 + 64 * i) & 0xFFFFFFFF) == 77);
}
