// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Groups around faults, and the proof that casts bring each member one copy without deadlock.

#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "sim/routing/proof.hpp"
#include "sim/workloads/rectangle.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/routing/second_opinion.hpp"

namespace tatami::test {
namespace {

/// The rows and columns of the live nodes, as workloads use them.
std::vector<std::vector<unsigned>> rows_and_columns(const Grid& grid) {
  const Mesh mesh = live_rectangle(grid);
  std::vector<std::vector<unsigned>> sets;
  for (const bool rows : {true, false}) {
    for (const std::vector<NodeId>& line : lines_of(mesh, rows)) {
      sets.emplace_back();
      for (const NodeId id : line) sets.back().push_back(grid.number(id));
    }
  }
  return sets;
}

/// How far groups of rows and columns could be served.
struct Served {
  unsigned grids = 0;
  unsigned whole = 0;  ///< grids of which all sets were
  unsigned sets = 0;
  unsigned served = 0;
  unsigned numbers = 0;  ///< the most that a grid needed
  std::uint64_t copies = 0;
  std::uint64_t hops = 0;

  std::string text() const {
    return fmt::format("{} grids, of {} all sets served; {} of {} sets; at most {} numbers; {:.3f} links per copy",
                       grids, whole, served, sets, numbers, static_cast<double>(hops) / static_cast<double>(copies));
  }
};

/// Groups of all rows and columns, which the proof must accept.
void check_groups(const Grid& grid, bool second_opinion, Served& served) {
  const Tables tables = routing::make_routes(grid).tables;
  const auto sets = rows_and_columns(grid);
  const routing::GroupRoutes made = routing::make_groups(grid, tables, sets, 32);
  const routing::Verdict verdict = routing::prove(grid, tables, made.groups);
  INFO((verdict.flaw ? verdict.flaw->sentence : ""));
  REQUIRE_FALSE(verdict.flaw.has_value());
  if (second_opinion) REQUIRE(sound(grid, tables, made.groups));
  const auto count =
      static_cast<unsigned>(std::ranges::count_if(made.numbers, [](const auto& n) { return n.has_value(); }));
  REQUIRE(made.groups.groups.size() == count);
  for (const Group& group : made.groups.groups) served.numbers = std::max(served.numbers, group.number + 1);
  ++served.grids;
  served.whole += count == sets.size() ? 1 : 0;
  served.sets += static_cast<unsigned>(sets.size());
  served.served += count;
  served.copies += verdict.facts.cast_copies;
  served.hops += verdict.facts.cast_hops;
}

TEST_CASE("without faults the casts of rows and columns take the fewest links, and two numbers do", "[routing][cast]") {
  for (const auto& [rows, cols] : {std::pair{1u, 7u}, {4u, 6u}, {18u, 20u}}) {
    const Grid grid(rows, cols, {}, {});
    Served served;
    check_groups(grid, true, served);
    CHECK(served.whole == 1);
    CHECK(served.numbers <= 2);
    CHECK(served.hops == served.copies);
  }
}

TEST_CASE("around every single and double fault of a 6x6 grid, rows and columns are groups", "[routing][cast]") {
  Served served;
  for (const Grid& grid : single_and_double_faults(6)) check_groups(grid, served.grids % 10 == 0, served);
  WARN(served.text());
  CHECK(served.served > 0.97 * served.sets);
}

/// The same for random sets of up to six dead nodes on a die, and for a few sets of any nodes.
void random_groups(unsigned grids) {
  std::mt19937_64 random(seed());
  Served served;
  for (unsigned i = 0; i < grids; ++i) {
    const Grid grid = random_faults(18, 20, 0, random);
    check_groups(grid, i % 1000 == 999, served);
    std::vector<std::vector<unsigned>> sets(4);
    for (auto& set : sets) {
      const auto odds = 6 + random() % 60;
      for (unsigned n = 0; n < grid.size(); ++n) {
        if (grid.live(n) && random() % odds == 0) set.push_back(n);
      }
    }
    const Tables tables = routing::make_routes(grid).tables;
    const auto made = routing::make_groups(grid, tables, sets, 4);
    const auto flaw = routing::prove(grid, tables, made.groups).flaw;
    INFO((flaw ? flaw->sentence : ""));
    REQUIRE_FALSE(flaw.has_value());
  }
  WARN(served.text());
  CHECK(served.served > 0.9 * served.sets);
}

TEST_CASE("around random sets of up to six dead nodes of a die, rows and columns are groups", "[routing][cast]") {
  random_groups(15);
}

TEST_CASE("rows and columns around ten thousand random sets of dead nodes", "[.nightly][routing][cast]") {
  random_groups(10000);
}

TEST_CASE("sets that meet in no router share a number, and those beyond the table are not served", "[routing][cast]") {
  const Grid grid(4, 4, {}, {});
  const Tables tables = routing::make_routes(grid).tables;
  const std::vector<std::vector<unsigned>> sets{{0, 1}, {1, 2}, {4, 6}, {}, {9}, {8, 9, 10}};
  const auto made = routing::make_groups(grid, tables, sets, 1);
  CHECK(made.numbers == std::vector<std::optional<unsigned>>{0, std::nullopt, 0, std::nullopt, 0, std::nullopt});
  CHECK(routing::make_groups(grid, tables, sets, 2).numbers == std::vector<std::optional<unsigned>>{0, 1, 0, {}, 0, 1});
}

TEST_CASE("the proof finds what is wrong with bad groups, and where", "[routing][cast]") {
  const Grid grid(2, 3, {}, {});
  const Tables tables = routing::make_routes(grid).tables;
  const Groups good = routing::make_groups(grid, tables, {{0, 1, 4}}, 1).groups;
  REQUIRE_FALSE(routing::prove(grid, tables, good).flaw.has_value());
  const auto flaw_with = [&](unsigned node, unsigned in, Ways ways) {
    Groups groups = good;
    groups.tables.set(node, in, 0, ways);
    CHECK_FALSE(sound(grid, tables, groups));
    const auto flaw = routing::prove(grid, tables, groups).flaw;
    return flaw ? flaw->sentence : "nothing";
  };
  constexpr Ways kTake = 1 << Tables::kHere;
  const auto to = [](unsigned direction) { return static_cast<Ways>(1 << direction); };
  CHECK(flaw_with(0, Tables::kBegins, 0) == "A cast from (y 0, x 0) to group 0 finds no way on at (y 0, x 0).");
  CHECK(flaw_with(1, kEast, to(kSouth)) == "A cast from (y 0, x 0) to group 0 does not come to (y 0, x 1).");
  CHECK(flaw_with(1, kEast, kTake) == "A cast from (y 0, x 0) to group 0 does not come to (y 1, x 1).");
  CHECK(flaw_with(1, kEast, kTake | to(kSouth) | to(kWest)) ==
        "A cast from (y 0, x 0) to group 0 turns back at (y 0, x 1).");
  CHECK(flaw_with(1, kEast, kTake | to(kNorth)) ==
        "A cast from (y 0, x 0) to group 0 goes north at (y 0, x 1), where no live link is.");
  Groups twice = good;  // a second copy comes to (y 1, x 1) from the west
  twice.tables.set(0, Tables::kBegins, 0, kTake | to(kEast) | to(kSouth));
  twice.tables.set(3, kSouth, 0, to(kEast));
  twice.tables.set(4, kEast, 0, kTake);
  CHECK_FALSE(sound(grid, tables, twice));
  CHECK(routing::prove(grid, tables, twice).flaw.value().sentence ==
        "A cast from (y 0, x 0) to group 0 comes to (y 1, x 1) 2 times.");
  Groups stranger = good;
  stranger.tables.set(0, Tables::kBegins, 0, kTake | to(kEast) | to(kSouth));
  stranger.tables.set(3, kSouth, 0, kTake);
  CHECK_FALSE(sound(grid, tables, stranger));
  CHECK(routing::prove(grid, tables, stranger).flaw.value().sentence ==
        "A cast from (y 0, x 0) to group 0 comes to (y 1, x 0), which is no member.");
  // A cast that goes north, then west, and one that goes south, then east, close a circle with packets that go X first.
  Groups circle{GroupTables(grid.size(), 1), {{0, {4, 0}}}};
  circle.tables.set(4, Tables::kBegins, 0, kTake | to(kNorth));
  circle.tables.set(1, kNorth, 0, to(kWest));
  circle.tables.set(0, kWest, 0, kTake);
  circle.tables.set(0, Tables::kBegins, 0, kTake | to(kSouth));
  circle.tables.set(3, kSouth, 0, to(kEast));
  circle.tables.set(4, kEast, 0, kTake);
  CHECK_FALSE(sound(grid, tables, circle));
  const auto flaw = routing::prove(grid, tables, circle).flaw;
  REQUIRE(flaw.has_value());
  CHECK(flaw->circle.size() == 4);
  CHECK(flaw->sentence.starts_with("Packets can wait for each other in a circle:"));
}

}  // namespace
}  // namespace tatami::test
