// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "verif/lib/catch.hpp"
#include "verif/tests/lockstep/core_bench.hpp"
#include "verif/tests/lockstep/program_generator.hpp"

namespace tatami::test {
namespace {

constexpr Stalls kStalls[] = {
    {}, {.not_ready_percent = 20, .extra_latency = 2}, {.not_ready_percent = 70, .extra_latency = 8}};

/// Random programs until `instructions` were compared; ends at the first difference.
void run_random(std::uint64_t instructions, unsigned items) {
  constexpr std::uint64_t kCyclesPerItem = 2000;
  std::uint64_t compared = 0;
  for (std::uint64_t index = 0; compared < instructions; ++index) {
    const std::uint64_t program_seed = 1000003 * seed() + index;
    const Program program = ProgramGenerator(bench_config(), program_seed).make(items);
    CoreBench bench(program, kStalls[index % std::size(kStalls)], program_seed);
    const auto difference = bench.run(kCyclesPerItem * (items + 100));
    if (difference) {
      FAIL(*difference << "\nprogram " << index << "; repeat with: make test BLOCK=lockstep SEED=" << seed());
    }
    compared += bench.compared();
  }
}

TEST_CASE("short random programs retire as the simulator says", "[lockstep]") { run_random(40000, 20); }

TEST_CASE("long random programs retire as the simulator says", "[lockstep]") { run_random(200000, 600); }

TEST_CASE("very many random programs", "[.nightly][lockstep]") { run_random(5000000, 400); }

}  // namespace
}  // namespace tatami::test
