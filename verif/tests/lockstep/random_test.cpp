// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "verif/tests/lockstep/random_run.hpp"

namespace tatami::test {

const golden::CoreConfig& bench_config() {
  static const golden::CoreConfig config = golden::load_core_config("sim/configs/small.json");
  return config;
}

namespace {

TEST_CASE("a failing program shrinks to the items that it needs", "[lockstep]") {
  std::vector<unsigned> all(900);
  for (unsigned i = 0; i < all.size(); ++i) all[i] = i;
  unsigned trials = 0;
  const auto fails = [&](const std::vector<unsigned>& items) {
    ++trials;
    const auto has = [&](unsigned item) { return std::ranges::binary_search(items, item); };
    return has(17) && has(230) && (has(231) || has(899));
  };
  const std::vector<unsigned> small = shrink(all, fails, 5000);
  CHECK(small.size() == 3);
  CHECK(fails(small));
  CHECK(trials < 200);
  const RandomProgram program{7, 20, 1, std::vector<unsigned>{1, 5}};
  CHECK(program.text() == "7:20:1:1,5");
  CHECK(RandomProgram::parse(program.text()).text() == program.text());
  CHECK(RandomProgram::parse("7:20:1").text() == "7:20:1");
  CHECK(RandomProgram::parse("7:20:1:").text() == "7:20:1:");
}

TEST_CASE("short random programs retire as the simulator says", "[lockstep]") { run_random("lockstep", 100000, 20); }

TEST_CASE("long random programs retire as the simulator says", "[lockstep]") { run_random("lockstep", 700000, 600); }

TEST_CASE("the program that TATAMI_PROGRAM names", "[lockstep]") { run_named(); }

TEST_CASE("very many random programs", "[.nightly][lockstep]") { run_random("lockstep", 80000000, 400); }

}  // namespace
}  // namespace tatami::test
