// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/lockstep/random_run.hpp"

namespace tatami::test {

const golden::CoreConfig& bench_config() {
  static const golden::CoreConfig config = golden::load_core_config("sim/configs/full.json");
  return config;
}

namespace {

TEST_CASE("random programs of up to four threads retire as the simulator says", "[lockstep]") {
  run_random("lockstep_full", 200000, 200);
}

TEST_CASE("the program that TATAMI_PROGRAM names", "[lockstep]") { run_named(); }

TEST_CASE("very many random programs of up to four threads", "[.nightly][lockstep]") {
  run_random("lockstep_full", 20000000, 200);
}

}  // namespace
}  // namespace tatami::test
