// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include "sim/traffic/load_point.hpp"
#include "sim/traffic/pattern.hpp"
#include "sim/traffic/router_library.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/tests/traffic/routers.hpp"

namespace tatami::test {
namespace {

using routing::Grid;
using traffic::Pattern;

std::vector<std::vector<unsigned>> all_destinations(Pattern pattern, const Grid& grid) {
  std::vector<std::vector<unsigned>> all;
  for (unsigned n = 0; n < grid.size(); ++n) all.push_back(traffic::destinations(pattern, grid, n));
  return all;
}

/// Full queues everywhere, both classes: what goes in comes out once and in order.
void check_saturated(traffic::RouterFactory& factory, const Grid& grid, std::uint64_t cycles, std::uint64_t seed) {
  const routing::Routes routes = routing::make_routes(grid);
  traffic::RouterMesh mesh(factory, grid, routes.tables, seed);
  const auto point = traffic::measure(mesh, all_destinations(Pattern::kUniform, grid),
                                      {.load = 1, .both_classes = true, .cycles = cycles, .seed = seed});
  CHECK(point.error.empty());
  CHECK(point.packets > 0);
  CHECK(mesh.assertion_failures() == 0);
}

}  // namespace

TEST_CASE("packets take the way of the tables, one cycle per hop and two more", "[traffic]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 3; ++i) {
    const Grid grid = random_faults(6, 6, 2, random);
    const routing::Routes routes = routing::make_routes(grid);
    traffic::RouterMesh mesh(library.factory(), grid, routes.tables, seed());
    for (unsigned from = 0; from < grid.size(); ++from) {
      for (unsigned to = 0; to < grid.size(); ++to) {
        if (!grid.live(from) || !grid.live(to)) continue;
        unsigned hops = 0, at = from, in = routing::Tables::kBegins;
        for (; at != to; ++hops) {
          in = static_cast<unsigned>(routes.tables.at(at, in, to));
          at = *grid.neighbour(at, in);
        }
        noc::Header header;
        header.dst_y = static_cast<std::uint8_t>(grid.id(to).y);
        header.dst_x = static_cast<std::uint8_t>(grid.id(to).x);
        const engine::Packet packet = engine::Packet::make(header, {});
        std::uint32_t* place = mesh.inject(from, noc::Class::Request);
        REQUIRE(place != nullptr);
        std::copy(packet.words.begin(), packet.words.end(), place);
        const std::uint64_t begin = mesh.time();
        std::uint64_t latency = 0;
        unsigned came_to = grid.size();
        while (latency == 0 && mesh.time() < begin + 100) {
          mesh.step([&](unsigned node, noc::Class, const std::uint32_t*) {
            latency = mesh.time() - begin;
            came_to = node;
          });
        }
        INFO("from " << routing::text_of(grid.id(from)) << " to " << routing::text_of(grid.id(to)));
        REQUIRE(came_to == to);
        REQUIRE(latency == hops + 2);
      }
    }
    CHECK(!mesh.lost());
  }
}

TEST_CASE("a packet for a dead node is dropped where it enters, and harms nobody", "[traffic]") {
  const auto library = open_routers("small");
  const Grid grid(4, 4, {{1, 1}}, {});
  const routing::Routes routes = routing::make_routes(grid);
  traffic::RouterMesh mesh(library.factory(), grid, routes.tables, seed());
  auto destinations = all_destinations(Pattern::kUniform, grid);
  const auto send = [&](NodeId to) {
    noc::Header header;
    header.dst_y = static_cast<std::uint8_t>(to.y);
    header.dst_x = static_cast<std::uint8_t>(to.x);
    const engine::Packet packet = engine::Packet::make(header, {});
    std::copy(packet.words.begin(), packet.words.end(), mesh.inject(0, noc::Class::Request));
    mesh.step([](unsigned, noc::Class, const std::uint32_t*) { FAIL("it came out"); });
  };
  for (const NodeId to : {NodeId{1, 1}, NodeId{9, 2}, NodeId{3, 7}}) {
    for (unsigned i = 0; i < 10; ++i) send(to);
  }
  for (unsigned i = 0; i < 5; ++i) mesh.step([](unsigned, noc::Class, const std::uint32_t*) { FAIL("it came out"); });
  CHECK(mesh.lost());
  const auto point = traffic::measure(mesh, destinations, {.load = 0.5, .cycles = 500, .seed = seed()});
  CHECK(point.error == "a router dropped a packet");  // those from before; all others came
  CHECK(point.accepted > 0.3);
}

TEST_CASE("with any dead nodes and full queues, what goes in comes out once and in order", "[traffic]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 25; ++i) {
    INFO("set " << i);
    check_saturated(library.factory(), random_faults(8, 8, 2, random), 150, random());
  }
}

TEST_CASE("with any dead nodes and full queues, the same on whole dies", "[traffic][.nightly]") {
  const auto small = open_routers("small"), full = open_routers("full");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 500; ++i) {
    INFO("8x8, set " << i);
    check_saturated(small.factory(), random_faults(8, 8, 2, random), 300, random());
  }
  for (unsigned i = 0; i < 60; ++i) {
    INFO("18x20, set " << i);
    check_saturated(full.factory(), random_faults(18, 20, 2, random), 400, random());
  }
}

TEST_CASE("what a network can carry is bounded by its busiest channel", "[traffic]") {
  const Grid grid(8, 8, {}, {});
  const routing::Routes routes = routing::make_routes(grid);
  const auto bound = [&](Pattern pattern) {
    return traffic::bound(all_destinations(pattern, grid), grid, routes.tables);
  };
  // 32 nodes on either side of the bisection, which 8 links cross each way; 32 of 63 destinations lie beyond it.
  CHECK(bound(Pattern::kUniform) == Approx(8.0 / (32 * 32.0 / 63)));
  CHECK(bound(Pattern::kHotspot) == Approx(1.0 / 63));
  CHECK(bound(Pattern::kNeighbour) == 1);
  CHECK(bound(Pattern::kBitComplement) == 0.25);
  CHECK(bound(Pattern::kTranspose) == Approx(1.0 / 7));
}

TEST_CASE("no source of a hotspot is left out, and neighbours use the links whole", "[traffic]") {
  const auto library = open_routers("small");
  const Grid grid(8, 8, {}, {});
  const routing::Routes routes = routing::make_routes(grid);
  const auto point = [&](Pattern pattern) {
    traffic::RouterMesh mesh(library.factory(), grid, routes.tables, seed());
    return traffic::measure(mesh, all_destinations(pattern, grid),
                            {.load = 1, .warm_up = 2000, .cycles = 6000, .seed = seed()});
  };
  const auto hotspot = point(Pattern::kHotspot);
  CHECK(hotspot.error.empty());
  CHECK(hotspot.worst_share > 0.5);
  const auto neighbour = point(Pattern::kNeighbour);
  CHECK(neighbour.error.empty());
  CHECK(neighbour.accepted == 1);
}

}  // namespace tatami::test
