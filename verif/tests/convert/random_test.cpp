// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The random numbers of all lanes against their golden twin.

#include <deque>
#include <random>

#include "Vcounter_rng_tb.h"
#include "verif/golden/num/random.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {

TEST_CASE("every lane's random number is the golden one, back to back and with gaps", "[random]") {
  constexpr int kLatency = 4;
  constexpr unsigned kLanes = 16;
  struct Expected {
    std::uint64_t due, key, counter;
  };
  Sim<Vcounter_rng_tb> sim;
  std::mt19937_64 random(seed());
  std::deque<Expected> expected;
  std::uint64_t key = 0, counter = 0;
  for (int i = 0; i < 200'000; ++i) {
    const bool valid = random() % 4 != 0;
    if (random() % 16 == 0) key = random(), counter = random();
    sim->valid_i = valid;
    sim->key_i = valid ? key : random();
    sim->counter_i = valid ? counter : random();
    if (valid) expected.push_back({sim.time() + kLatency, key, counter++});
    sim.settle();
    const bool due = !expected.empty() && expected.front().due == sim.time();
    REQUIRE(sim->valid_o == due);
    if (due) {
      for (unsigned lane = 0; lane < kLanes; ++lane) {
        const auto want = golden::lane_random(expected.front().key, expected.front().counter, lane);
        if (sim->random_o[lane] != want) {
          CAPTURE(lane, expected.front().key, expected.front().counter);
          REQUIRE(sim->random_o[lane] == want);
        }
      }
      expected.pop_front();
    }
    sim.cycle();
  }
}

}  // namespace tatami::test
