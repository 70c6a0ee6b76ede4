// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Casts among other packets, in meshes with dead nodes and full queues.

#include <random>

#include "sim/routing/proof.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/tests/traffic/routers.hpp"
#include "verif/tests/traffic/scoreboard.hpp"

namespace tatami::test {
namespace {

using routing::Grid;

/// Random groups; every other one is a row.
std::vector<std::vector<unsigned>> random_sets(const Grid& grid, unsigned count, std::mt19937_64& random) {
  std::vector<std::vector<unsigned>> sets(count);
  for (unsigned i = 0; i < count; ++i) {
    const auto row = static_cast<unsigned>(random() % grid.rows()), odds = static_cast<unsigned>(1 + random() % 8);
    for (unsigned n = 0; n < grid.size(); ++n) {
      const bool in = i % 2 == 0 ? grid.id(n).y == row : random() % odds == 0;
      if (grid.live(n) && in) sets[i].push_back(n);
    }
  }
  return sets;
}

/// Casts of all members among packets to one node each, of both classes. Returns how many copies came.
std::uint64_t check_casts(traffic::RouterFactory& factory, const Grid& grid, unsigned groups, std::uint64_t cycles,
                          std::mt19937_64& random) {
  const routing::Routes routes = routing::make_routes(grid);
  const auto made = routing::make_groups(grid, routes.tables, random_sets(grid, groups, random), groups);
  const auto flaw = routing::prove(grid, routes.tables, made.groups).flaw;
  INFO((flaw ? flaw->sentence : ""));
  REQUIRE(!flaw);
  traffic::RouterMesh mesh(factory, grid, routes.tables, random());
  mesh.load_groups(made.groups.tables);
  std::vector<std::vector<const routing::Group*>> groups_of(grid.size());
  for (const routing::Group& group : made.groups.groups) {
    for (const unsigned n : group.members) groups_of[n].push_back(&group);
  }
  Scoreboard scoreboard(mesh);
  for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (!grid.live(n)) continue;
      for (const auto cls : {noc::Class::Request, noc::Class::Response}) {
        if (!groups_of[n].empty() && random() % 3 == 0) {
          scoreboard.cast(n, *groups_of[n][random() % groups_of[n].size()], cls);
        } else {
          unsigned to = static_cast<unsigned>(random() % grid.size());
          while (!grid.live(to)) to = (to + 1) % grid.size();
          scoreboard.send(n, to, cls);
        }
      }
    }
    scoreboard.step();
  }
  scoreboard.drain(20 * cycles);
  return scoreboard.copies();
}

TEST_CASE("with any dead nodes and full queues, casts reach every member once and in order", "[traffic][cast]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  std::uint64_t copies = 0;
  for (unsigned i = 0; i < 12; ++i) {
    INFO("set " << i);
    copies += check_casts(library.factory(), random_faults(8, 8, 2, random), 8, 120, random);
  }
  CHECK(copies > 10'000);
}

TEST_CASE("with any dead nodes and full queues, the same for casts on whole dies", "[traffic][cast][.nightly]") {
  const auto library = open_routers("full");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 60; ++i) {
    INFO("set " << i);
    check_casts(library.factory(), random_faults(18, 20, 2, random), 32, 300, random);
  }
}

}  // namespace
}  // namespace tatami::test
