// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// A node's record of errors: of each kind the first one, until reset.
#include <array>
#include <optional>
#include <random>
#include <utility>

#include "Verror_record_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {
namespace {

/// What the errors of a cycle bring along.
struct Details {
  std::uint32_t get_node, mesh_sem, mesh_src, core_sem;
  std::array<std::uint32_t, 4> header;
};

TEST_CASE("of each kind of error the first one is recorded, until reset", "[inlet][errors]") {
  Sim<Verror_record_tb> sim;
  std::mt19937_64 random(seed());
  const auto bits = [&](unsigned count) { return static_cast<std::uint32_t>(random() & ((1ULL << count) - 1)); };
  for (unsigned round = 0; round < 200; ++round) {
    sim->valid_i = 0;
    sim.reset();
    std::array<std::optional<Details>, 4> first;  // get, uncorrectable, (none), malformed
    std::optional<std::pair<std::uint32_t, std::uint32_t>> first_overflow,
        overflow;  // overflow: recorded a cycle later
    const std::uint32_t id = bits(30);
    sim->id_i = id;
    for (unsigned cycle = 0; cycle < 12; ++cycle) {
      const Details now{bits(30), bits(6), bits(30), bits(6), {bits(32), bits(32), bits(32), bits(32)}};
      const unsigned some = bits(5);
      const unsigned valid = some & bits(5);
      sim->valid_i = static_cast<std::uint8_t>(valid);
      sim->get_fault_node_i = now.get_node;
      sim->mesh_sem_i = static_cast<std::uint8_t>(now.mesh_sem);
      sim->mesh_src_i = now.mesh_src;
      sim->core_sem_i = static_cast<std::uint8_t>(now.core_sem);
      for (unsigned i = 0; i < 4; ++i) sim->malformed_header_i[i] = now.header[i];
      sim->lost_i = bits(1);
      sim->lost_dst_i = bits(31);
      sim.settle();
      CAPTURE(round, cycle);
      CHECK(sim->lost_o == sim->lost_i);
      CHECK(sim->lost_dst_o == sim->lost_dst_i);
      for (const unsigned kind : {0U, 1U, 3U}) CHECK((sim->seen_o >> kind & 1) == first[kind].has_value());
      CHECK((sim->seen_o >> 2 & 1) == first_overflow.has_value());
      if (first[0]) CHECK(sim->get_fault_node_o == first[0]->get_node);
      if (first_overflow)
        CHECK(std::pair<std::uint32_t, std::uint32_t>{sim->overflow_sem_o, sim->overflow_src_o} == *first_overflow);
      for (unsigned i = 0; i < 4 && first[3]; ++i) CHECK(sim->malformed_header_o[i] == first[3]->header[i]);
      CHECK(sim->busy_o == overflow.has_value());
      if (!first_overflow) first_overflow = overflow;
      overflow.reset();
      if ((valid >> 4 & 1) != 0) overflow = {now.core_sem, id};
      if ((valid >> 2 & 1) != 0) overflow = {now.mesh_sem, now.mesh_src};
      for (const unsigned kind : {0U, 1U, 3U}) {
        if ((valid >> kind & 1) != 0 && !first[kind]) first[kind] = now;
      }
      sim.cycle();
    }
  }
}

}  // namespace
}  // namespace tatami::test
