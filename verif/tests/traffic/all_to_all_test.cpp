// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Every node sends to every node at once, around dead nodes and links: nothing is lost, doubled or out of order.

#include <algorithm>
#include <random>
#include <vector>

#include "sim/routing/proof.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/tests/traffic/routers.hpp"
#include "verif/tests/traffic/scoreboard.hpp"

namespace tatami::test {
namespace {

using routing::Grid;

/// Two packets of each class from every live node to every live node, in an order of its own at each, as fast as the
/// routers take them.
void check_all_to_all(traffic::RouterFactory& factory, const Grid& grid, std::mt19937_64& random) {
  INFO(text_of(grid));
  const routing::Routes routes = routing::make_routes(grid);
  traffic::RouterMesh mesh(factory, grid, routes.tables, random());
  Scoreboard scoreboard(mesh);
  struct Queue {
    unsigned from;
    noc::Class cls;
    std::vector<unsigned> destinations;
  };
  std::vector<Queue> queues;
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (!grid.live(n)) continue;
    for (const auto cls : {noc::Class::Request, noc::Class::Response}) {
      Queue queue{n, cls, {}};
      for (unsigned to = 0; to < grid.size(); ++to) {
        if (grid.live(to)) queue.destinations.insert(queue.destinations.end(), 2, to);
      }
      std::shuffle(queue.destinations.begin(), queue.destinations.end(), random);
      queues.push_back(std::move(queue));
    }
  }
  // The busiest channel carries a packet a cycle, four of every pair whose route takes it.
  const std::uint64_t least = 4 * routing::prove(grid, routes.tables).facts.busiest_load;
  const std::uint64_t limit = 3 * least + 1000;
  bool waiting = true;
  while (waiting && mesh.time() < limit) {
    waiting = false;
    for (Queue& queue : queues) {
      if (queue.destinations.empty()) continue;
      if (scoreboard.send(queue.from, queue.destinations.back(), queue.cls)) queue.destinations.pop_back();
      waiting = true;
    }
    scoreboard.step();
  }
  scoreboard.drain(limit);
  const std::uint64_t live = grid.live_nodes();
  CHECK(scoreboard.received() == 4 * live * live);
}

TEST_CASE("everybody to everybody around faults of a 6x6 grid, once and in order", "[traffic][all-to-all]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  std::vector<Grid> grids = single_and_double_faults(6);
  std::shuffle(grids.begin(), grids.end(), random);
  for (unsigned i = 0; i < 40; ++i) check_all_to_all(library.factory(), grids[i], random);
}

TEST_CASE("everybody to everybody around every single and double fault of a 6x6 grid",
          "[traffic][all-to-all][.nightly]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  for (const Grid& grid : single_and_double_faults(6)) check_all_to_all(library.factory(), grid, random);
}

TEST_CASE("everybody to everybody around dead nodes of whole dies", "[traffic][all-to-all][.nightly]") {
  const auto library = open_routers("full");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 100; ++i) {
    check_all_to_all(library.factory(), random_faults(18, 20, 2, random), random);
  }
}

}  // namespace
}  // namespace tatami::test
