// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/lockstep/random_run.hpp"

namespace tatami::test {

const golden::CoreConfig& bench_config() {
  static const golden::CoreConfig config = golden::load_core_config("sim/configs/small.json");
  return config;
}

namespace {

TEST_CASE("short random programs retire as the simulator says", "[lockstep]") { run_random("lockstep", 100000, 20); }

TEST_CASE("long random programs retire as the simulator says", "[lockstep]") { run_random("lockstep", 700000, 600); }

TEST_CASE("very many random programs", "[.nightly][lockstep]") { run_random("lockstep", 80000000, 400); }

}  // namespace
}  // namespace tatami::test
