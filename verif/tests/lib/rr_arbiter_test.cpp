// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <random>

#include "Vrr_arbiter_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

using tatami::test::Sim;

namespace {

constexpr unsigned kInputs = 5;

}  // namespace

TEST_CASE("the arbiter grants the first requester after the last one served", "[lib][rr_arbiter]") {
  Sim<Vrr_arbiter_tb> sim;
  std::mt19937_64 random(tatami::test::seed());
  unsigned last = kInputs - 1;
  for (unsigned cycle = 0; cycle < 5000; ++cycle) {
    const unsigned request = random() % (1U << kInputs);
    sim->req_i = static_cast<std::uint8_t>(request);
    for (unsigned i = 0; i < kInputs; ++i) sim->data_i[i] = static_cast<std::uint32_t>(random());
    sim->advance_i = request != 0 && random() % 4 != 0;
    sim.settle();
    unsigned expected = kInputs;
    for (unsigned i = 1; i <= kInputs && expected == kInputs; ++i) {
      if (request >> (last + i) % kInputs & 1) expected = (last + i) % kInputs;
    }
    INFO("requests " << request << " after input " << last);
    REQUIRE(sim->gnt_o == (request == 0 ? 0 : 1U << expected));
    REQUIRE(sim->data_o == (request == 0 ? 0 : sim->data_i[expected]));
    if (sim->advance_i) last = expected;
    sim.cycle();
  }
}

TEST_CASE("the arbiter serves steady requesters equally", "[lib][rr_arbiter]") {
  Sim<Vrr_arbiter_tb> sim;
  for (unsigned requests = 1; requests < 1U << kInputs; ++requests) {
    std::array<unsigned, kInputs> served{};
    unsigned asking = 0;
    for (unsigned i = 0; i < kInputs; ++i) asking += requests >> i & 1;
    for (unsigned cycle = 0; cycle < 6 * asking; ++cycle) {
      sim->req_i = static_cast<std::uint8_t>(requests);
      sim->advance_i = 1;
      sim.settle();
      for (unsigned i = 0; i < kInputs; ++i) served[i] += sim->gnt_o >> i & 1;
      sim.cycle();
    }
    for (unsigned i = 0; i < kInputs; ++i) CHECK(served[i] == (requests >> i & 1 ? 6U : 0U));
  }
}
