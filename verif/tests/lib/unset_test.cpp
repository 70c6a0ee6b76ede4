// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Every test leans on this: what nobody has set differs from seed to seed, and is the same with the same seed.
#include <array>
#include <set>

#include "Vunset_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {
namespace {

using Values = std::array<std::uint64_t, 3>;

/// What a register, an entry of a memory and an undefined value are after reset.
Values unset(std::uint64_t seed) {
  Sim<Vunset_tb> sim(seed);
  sim->write_i = 0;
  sim.cycle();
  return {sim->register_o, sim->entry_o, sim->undefined_o};
}

}  // namespace

TEST_CASE("state that nothing sets, and undefined values, come from the seed", "[lib][seed]") {
  constexpr std::size_t kSeeds = 8;
  std::array<std::set<std::uint64_t>, 3> seen;
  for (std::uint64_t n = 0; n < kSeeds; ++n) {
    const Values values = unset(seed() + n);
    CHECK(unset(seed() + n) == values);
    for (std::size_t i = 0; i < values.size(); ++i) seen[i].insert(values[i]);
  }
  for (const auto& values : seen) CHECK(values.size() == kSeeds);
}

}  // namespace tatami::test
