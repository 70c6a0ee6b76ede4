// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Routing tables around faults, and the proof that they bring every packet home without deadlock.

#include <random>
#include <stdexcept>

#include "sim/routing/proof.hpp"
#include "verif/golden/noc/mesh.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/routing/second_opinion.hpp"

namespace tatami::test {
namespace {

struct Proven {
  routing::Routes routes;
  routing::Facts facts;
};

/// Tables for the faults, which the proof must accept.
Proven check(const Grid& grid) {
  routing::Routes routes = routing::make_routes(grid);
  const routing::Verdict verdict = routing::prove(grid, routes.tables);
  INFO((verdict.flaw ? verdict.flaw->sentence : ""));
  REQUIRE_FALSE(verdict.flaw.has_value());
  const std::uint64_t live = grid.live_nodes();
  REQUIRE(verdict.facts.pairs == live * live);
  return {std::move(routes), verdict.facts};
}

TEST_CASE("without faults packets go X first, then Y, as the golden mesh does", "[routing]") {
  for (const auto& [rows, cols] : {std::pair{1u, 1u}, {1u, 7u}, {5u, 1u}, {4u, 6u}, {18u, 20u}}) {
    const Grid grid(rows, cols, {}, {});
    const golden::Mesh mesh(rows, cols);
    const auto [routes, facts] = check(grid);
    CHECK(routes.method == routing::Method::kXThenY);
    CHECK(facts.hops == facts.least_hops);
    for (unsigned from = 0; from < grid.size(); ++from) {
      for (unsigned to = 0; to < grid.size(); ++to) {
        const auto place = [&](unsigned n) { return golden::Place{0, grid.id(n).y, grid.id(n).x}; };
        const auto want = mesh.route(place(from), place(to));
        const int direction = routes.tables.at(from, Tables::kBegins, to);
        const auto got =
            direction == Tables::kHere ? noc::Port::Local : routing::port_of(static_cast<unsigned>(direction));
        REQUIRE(got == want);
      }
    }
  }
}

TEST_CASE("every single and double fault of nodes and links of a 6x6 grid is routed around", "[routing]") {
  std::size_t sets = 0, cut_off = 0, independent = 0;
  for (const Grid& grid : single_and_double_faults(6)) {
    const Proven proven = check(grid);
    // The slower second opinion, for a part of them.
    if (sets % 10 == 0) {
      REQUIRE(sound(grid, proven.routes.tables));
      ++independent;
    }
    cut_off += grid.cut_off().size();
    ++sets;
  }
  CHECK(sets == 96 * 97 / 2);
  CHECK(independent == 466);
  CHECK(cut_off > 0);  // two faults next to a corner
}

/// Random sets of up to six dead nodes on a die; how many needed the longer ways, and the routes' mean detour.
void random_dies(unsigned sets) {
  std::mt19937_64 random(seed());
  unsigned up_down = 0, cut_off = 0;
  for (unsigned i = 0; i < sets; ++i) {
    const Grid grid = random_faults(18, 20, 0, random);
    const auto [routes, facts] = check(grid);
    CHECK(static_cast<double>(facts.hops) < 1.1 * static_cast<double>(facts.least_hops));
    up_down += routes.method == routing::Method::kUpDown ? 1 : 0;
    cut_off += grid.cut_off().empty() ? 0 : 1;
  }
  WARN(sets << " sets: " << up_down << " by up*/down*, " << cut_off << " cut nodes off");
}

TEST_CASE("random sets of up to six dead nodes of a die are routed around", "[routing]") { random_dies(400); }

TEST_CASE("ten thousand random sets of up to six dead nodes", "[.nightly][routing]") { random_dies(10000); }

TEST_CASE("nodes that the dead ones cut off are named and count as dead", "[routing]") {
  const Grid grid(4, 4, {{0, 1}, {1, 0}}, {});
  CHECK(grid.cut_off() == std::vector<unsigned>{0});
  CHECK(grid.live_nodes() == 13);
  check(grid);
  CHECK_THROWS_AS(Grid(1, 2, {{0, 0}, {0, 1}}, {}), std::invalid_argument);
  CHECK_THROWS_AS(Grid(2, 2, {{2, 0}}, {}), std::invalid_argument);
  CHECK_THROWS_AS(Grid(33, 2, {}, {}), std::invalid_argument);
}

TEST_CASE("the proof finds what is wrong with bad tables, and where", "[routing]") {
  const Grid grid(2, 2, {}, {});
  const Tables good = routing::make_routes(grid).tables;
  const auto flaw_with = [&](unsigned node, unsigned destination, std::int8_t direction) {
    Tables tables = good;
    tables.set_all(node, destination, direction);
    const auto verdict = routing::prove(grid, tables);
    CHECK_FALSE(sound(grid, tables));
    return verdict.flaw ? verdict.flaw->sentence : "nothing";
  };
  CHECK(flaw_with(0, 3, Tables::kNone) == "A packet from (y 0, x 0) to (y 1, x 1) finds no way on at (y 0, x 0).");
  CHECK(flaw_with(1, 3, Tables::kHere) == "A packet from (y 0, x 0) to (y 1, x 1) is taken in at (y 0, x 1).");
  CHECK(flaw_with(1, 3, 0) ==
        "A packet from (y 0, x 0) to (y 1, x 1) goes north at (y 0, x 1), where no live link is.");
  CHECK(flaw_with(1, 3, 3) == "A packet from (y 0, x 0) to (y 1, x 1) goes round for ever.");

  // All packets go round clockwise: each channel waits for the next.
  Tables ring(4);
  const unsigned clockwise[] = {0, 1, 3, 2};
  for (unsigned i = 0; i < 4; ++i) {
    for (unsigned to = 0; to < 4; ++to) ring.set_all(clockwise[i], to, static_cast<std::int8_t>((i + 1) % 4));
    ring.set_all(clockwise[i], clockwise[i], Tables::kHere);
  }
  const auto verdict = routing::prove(grid, ring);
  REQUIRE(verdict.flaw.has_value());
  CHECK(verdict.flaw->circle.size() == 4);
  CHECK(verdict.flaw->sentence.starts_with(
      "Packets can wait for each other in a circle: (y 0, x 0) east, (y 0, x 1) south,"));
  CHECK_FALSE(sound(grid, ring));
}

TEST_CASE("tables are written as text and read back", "[routing]") {
  const Grid grid(3, 3, {{1, 1}}, {});
  const Tables tables = routing::make_routes(grid).tables;
  Tables back(9);
  for (unsigned n = 0; n < 9; ++n) {
    for (unsigned in = 0; in < Tables::kIns; ++in) routing::from_line(back, n, in, routing::to_line(tables, n, in));
  }
  CHECK(back == tables);
  CHECK(routing::to_line(tables, 4, Tables::kBegins) == "---------");
  CHECK_THROWS_AS(routing::from_line(back, 0, 0, "LEE"), std::invalid_argument);
  CHECK_THROWS_AS(routing::from_line(back, 0, 0, "LEExESSSS"), std::invalid_argument);
}

}  // namespace
}  // namespace tatami::test
