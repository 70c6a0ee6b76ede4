// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Random programs on the core and on the simulator.
#pragma once

#include <cstdint>
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/lockstep/core_bench.hpp"
#include "verif/tests/lockstep/program_generator.hpp"

namespace tatami::test {

inline constexpr Stalls kStalls[] = {
    {}, {.not_ready_percent = 20, .extra_latency = 2}, {.not_ready_percent = 70, .extra_latency = 8}};

/// Random programs with different stalls until `instructions` were compared; ends at the first difference.
inline void run_random(const std::string& block, std::uint64_t instructions, unsigned items) {
  constexpr std::uint64_t kCyclesPerItem = 2000;
  std::uint64_t compared = 0;
  for (std::uint64_t index = 0; compared < instructions; ++index) {
    const std::uint64_t program_seed = 1000003 * seed() + index;
    const Program program = ProgramGenerator(bench_config(), program_seed).make(items);
    CoreBench bench(program, kStalls[index % std::size(kStalls)], program_seed);
    const auto difference = bench.run(kCyclesPerItem * (items + 100));
    if (difference) {
      FAIL(*difference << "\nprogram " << index << "; repeat with: make test BLOCK=" << block << " SEED=" << seed());
    }
    compared += bench.compared();
  }
}

}  // namespace tatami::test
