// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <deque>
#include <map>
#include <random>
#include <tuple>

#include "sim/routing/proof.hpp"
#include "sim/traffic/load_point.hpp"
#include "sim/traffic/pattern.hpp"
#include "sim/traffic/router_library.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {
namespace {

using routing::Grid;
using traffic::Pattern;

traffic::RouterLibrary open_routers(const std::string& config) {
  return traffic::RouterLibrary(load_config("sim/configs/" + config + ".json"));
}

std::vector<std::vector<unsigned>> all_destinations(Pattern pattern, const Grid& grid) {
  std::vector<std::vector<unsigned>> all;
  for (unsigned n = 0; n < grid.size(); ++n) all.push_back(traffic::destinations(pattern, grid, n));
  return all;
}

/// Up to six dead nodes, and now and then dead links, anywhere.
Grid random_grid(unsigned rows, unsigned cols, std::mt19937_64& random) {
  const Grid whole(rows, cols, {}, {});
  std::vector<NodeId> dead;
  for (auto i = random() % 7; i > 0; --i) dead.push_back(whole.id(static_cast<unsigned>(random() % whole.size())));
  std::vector<routing::DeadLink> links;
  for (auto i = random() % 3; i > 0; --i) {
    const auto node = static_cast<unsigned>(random() % whole.size()), direction = static_cast<unsigned>(random() % 4);
    if (whole.neighbour(node, direction)) links.push_back({whole.id(node), direction});
  }
  return {rows, cols, dead, links};
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

/// Casts of all members among packets to one node each, of both classes, with queues that are full: every node gets
/// each packet that is for it once, unchanged, and in order per class, sender and destination. Returns how many copies
/// came.
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
  // What is under way, by receiver, class, sender, and destination (a group's lies behind all nodes).
  std::map<std::tuple<unsigned, unsigned, unsigned, unsigned>, std::deque<std::uint32_t>> under_way;
  std::uint64_t sent = 0, received = 0, copies = 0;
  std::uint32_t serial = 0;
  const auto receive = [&](unsigned at, noc::Class cls, const std::uint32_t* words) {
    engine::Packet packet;
    std::copy_n(words, packet.words.size(), packet.words.begin());
    const noc::Header header = packet.header();
    const unsigned from = grid.number({header.src_y, header.src_x});
    const unsigned to = header.cast ? 10000U + header.dst_x : grid.number({header.dst_y, header.dst_x});
    auto& stream = under_way[{at, static_cast<unsigned>(cls), from, to}];
    INFO("at " << routing::text_of(grid.id(at)) << " from " << routing::text_of(grid.id(from)) << " to " << to);
    REQUIRE(!stream.empty());
    REQUIRE(header.addr == stream.front());
    REQUIRE(words[0] == header.addr * 7);
    stream.pop_front();
    ++received;
    copies += header.cast ? 1 : 0;
  };
  for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (!grid.live(n)) continue;
      for (unsigned c = 0; c < engine::kClasses; ++c) {
        std::uint32_t* place = mesh.inject(n, static_cast<noc::Class>(c));
        if (place == nullptr) continue;
        noc::Header header;
        header.cls = static_cast<noc::Class>(c);
        header.src_y = static_cast<std::uint8_t>(grid.id(n).y);
        header.src_x = static_cast<std::uint8_t>(grid.id(n).x);
        header.addr = ++serial & 0x3FFFFFFF;
        const auto expect = [&](unsigned at, unsigned to) {
          under_way[{at, c, n, to}].push_back(header.addr);
          ++sent;
        };
        if (!groups_of[n].empty() && random() % 3 == 0) {
          const routing::Group& group = *groups_of[n][random() % groups_of[n].size()];
          header.cast = true;
          header.dst_y = static_cast<std::uint8_t>(group.number / 32);
          header.dst_x = static_cast<std::uint8_t>(group.number % 32);
          for (const unsigned at : group.members) expect(at, 10000 + group.number);
        } else {
          unsigned to = static_cast<unsigned>(random() % grid.size());
          while (!grid.live(to)) to = (to + 1) % grid.size();
          header.dst_y = static_cast<std::uint8_t>(grid.id(to).y);
          header.dst_x = static_cast<std::uint8_t>(grid.id(to).x);
          expect(to, to);
        }
        const std::uint32_t word = header.addr * 7;
        const engine::Packet packet = engine::Packet::make(header, {reinterpret_cast<const std::uint8_t*>(&word), 4});
        std::copy(packet.words.begin(), packet.words.end(), place);
      }
    }
    mesh.step(receive);
  }
  for (std::uint64_t cycle = 0; cycle < 20 * cycles && received < sent; ++cycle) mesh.step(receive);
  CHECK(received == sent);
  CHECK(!mesh.lost());
  CHECK(mesh.assertion_failures() == 0);
  return copies;
}

TEST_CASE("packets take the way of the tables, one cycle per hop and two more", "[traffic]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 3; ++i) {
    const Grid grid = random_grid(6, 6, random);
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
    check_saturated(library.factory(), random_grid(8, 8, random), 150, random());
  }
}

TEST_CASE("with any dead nodes and full queues, casts reach every member once and in order", "[traffic][cast]") {
  const auto library = open_routers("small");
  std::mt19937_64 random(seed());
  std::uint64_t copies = 0;
  for (unsigned i = 0; i < 12; ++i) {
    INFO("set " << i);
    copies += check_casts(library.factory(), random_grid(8, 8, random), 8, 120, random);
  }
  CHECK(copies > 10'000);
}

TEST_CASE("with any dead nodes and full queues, the same on whole dies", "[traffic][.nightly]") {
  const auto small = open_routers("small"), full = open_routers("full");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 500; ++i) {
    INFO("8x8, set " << i);
    check_saturated(small.factory(), random_grid(8, 8, random), 300, random());
  }
  for (unsigned i = 0; i < 60; ++i) {
    INFO("18x20, set " << i);
    check_saturated(full.factory(), random_grid(18, 20, random), 400, random());
    check_casts(full.factory(), random_grid(18, 20, random), 32, 300, random);
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
