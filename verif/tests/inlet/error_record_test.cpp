// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// A node's record of errors: of each kind the first one, until reset.
#include <array>
#include <optional>
#include <random>

#include "Verror_record_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {
namespace {

/// What the errors of a cycle bring along.
struct Details {
  std::uint32_t get_node, sem, overflow_src;
  std::array<std::uint32_t, 4> header;
};

TEST_CASE("of each kind of error the first one is recorded, until reset", "[inlet][errors]") {
  Sim<Verror_record_tb> sim;
  std::mt19937_64 random(seed());
  const auto bits = [&](unsigned count) { return static_cast<std::uint32_t>(random() & ((1ULL << count) - 1)); };
  for (unsigned round = 0; round < 200; ++round) {
    sim->valid_i = 0;
    sim.reset();
    std::array<std::optional<Details>, 4> first;  // get, uncorrectable, overflow, malformed
    std::optional<Details> overflow;              // an overflow of the cycle before, which is recorded a cycle later
    sim->id_i = bits(30);
    for (unsigned cycle = 0; cycle < 12; ++cycle) {
      const unsigned some = bits(5);
      const unsigned valid = some & bits(5);
      sim->valid_i = static_cast<std::uint8_t>(valid);
      sim->mesh_sem_i = static_cast<std::uint8_t>(bits(6));
      sim->mesh_src_i = bits(30);
      sim->core_sem_i = static_cast<std::uint8_t>(bits(6));
      const bool by_mesh = (valid >> 2 & 1) != 0;
      const bool by_core = (valid >> 4 & 1) != 0;
      const Details now{bits(30),
                        by_mesh ? sim->mesh_sem_i : sim->core_sem_i,
                        by_mesh ? sim->mesh_src_i : sim->id_i,
                        {bits(32), bits(32), bits(32), bits(32)}};
      sim->get_fault_node_i = now.get_node;
      for (unsigned i = 0; i < 4; ++i) sim->malformed_header_i[i] = now.header[i];
      sim->lost_i = bits(1);
      sim->lost_dst_i = bits(31);
      sim.settle();
      CAPTURE(round, cycle);
      CHECK(sim->lost_o == sim->lost_i);
      CHECK(sim->lost_dst_o == sim->lost_dst_i);
      for (unsigned kind = 0; kind < 4; ++kind) CHECK((sim->seen_o >> kind & 1) == first[kind].has_value());
      if (first[0]) CHECK(sim->get_fault_node_o == first[0]->get_node);
      if (first[2]) CHECK(sim->overflow_sem_o == first[2]->sem);
      if (first[2]) CHECK(sim->overflow_src_o == first[2]->overflow_src);
      for (unsigned i = 0; i < 4 && first[3]; ++i) CHECK(sim->malformed_header_o[i] == first[3]->header[i]);
      CHECK(sim->busy_o == overflow.has_value());
      if (!first[2]) first[2] = overflow;
      overflow.reset();
      if (by_mesh || by_core) overflow = now;
      for (const unsigned kind : {0U, 1U, 3U}) {
        if ((valid >> kind & 1) != 0 && !first[kind]) first[kind] = now;
      }
      sim.cycle();
    }
  }
}

}  // namespace
}  // namespace tatami::test
