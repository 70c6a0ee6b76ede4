// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Workloads on the live nodes of a die that has dead ones.

#include "sim/workloads/rectangle.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lib/fault_sets.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/workloads/bench.hpp"

namespace tatami::test {
namespace {

/// How many nodes of a rectangle are not in the row or column of the die in which most of their line are.
unsigned bends(const Mesh& mesh, bool rows) {
  unsigned count = 0;
  for (const std::vector<NodeId>& line : lines_of(mesh, rows)) {
    std::map<unsigned, unsigned> nodes;
    for (const NodeId place : line) ++nodes[rows ? place.y : place.x];
    unsigned most = 0;
    for (const auto& [number, of_it] : nodes) most = std::max(most, of_it);
    count += static_cast<unsigned>(line.size()) - most;
  }
  return count;
}

}  // namespace

TEST_CASE("a rectangle holds live nodes once each, and its lines are straight but for stand-ins", "[rectangle]") {
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 200; ++i) {
    const std::vector<NodeId> dead = random_nodes(18, 20, i % 7, random);
    const routing::Grid grid(18, 20, dead, {});
    const Mesh mesh = live_rectangle(grid);
    std::set<unsigned> seen;
    for (const NodeId node : mesh.nodes()) {
      const NodeId place = mesh.place(node);
      REQUIRE(grid.live(grid.number(place)));
      REQUIRE(seen.insert(grid.number(place)).second);
    }
    for (const bool rows : {true, false}) REQUIRE(bends(mesh, rows) <= grid.size() - grid.live_nodes());
    REQUIRE(seen.size() == mesh.size());
    // To leave out a row per dead node is always possible.
    REQUIRE(mesh.size() >= (18 - (grid.size() - grid.live_nodes())) * 20);
  }
  CHECK(live_rectangle({18, 20, {}, {}}).size() == 360);
  // Column 3 is as near as can be to what is dead, and its nodes stand in for that.
  const Mesh holed = live_rectangle({3, 5, {{0, 1}, {2, 3}}, {}});
  CHECK(lines_of(holed, false) ==
        std::vector<std::vector<NodeId>>{
            {{0, 0}, {1, 0}, {2, 0}}, {{0, 3}, {1, 1}, {2, 1}}, {{0, 2}, {1, 2}, {2, 2}}, {{0, 4}, {1, 4}, {2, 4}}});
  CHECK(lines_of(bent_rectangle({3, 5, {{0, 1}, {2, 3}}, {}}), true)[0] ==
        std::vector<NodeId>{{0, 0}, {0, 2}, {0, 3}, {0, 4}});
  CHECK(lines_of(bent_rectangle({5, 3, {{1, 0}, {3, 2}}, {}}), false)[0] ==
        std::vector<NodeId>{{0, 0}, {2, 0}, {3, 0}, {4, 0}});
  CHECK(live_rectangle({18, 20, {{3, 3}}, {}}).text() == "18x19");
  CHECK(live_rectangle({18, 20, {{2, 5}, {4, 14}, {7, 9}, {10, 2}, {13, 17}, {16, 11}}, {}}).text() == "18x19");
  CHECK(live_rectangle({4, 4, {{0, 0}, {1, 0}, {2, 0}, {3, 0}}, {}}).text() == "4x3");
  CHECK(live_rectangle({4, 4, {{2, 0}, {2, 1}, {2, 2}}, {}}).text() == "3x4");
}

TEST_CASE("a product on a machine with dead nodes is the same bits", "[rectangle][matmul]") {
  const auto library = open_model("small", engine::kLogFlavour);
  const routing::Grid grid(3, 4, {{1, 1}, {0, 3}}, {});
  const Mesh mesh = live_rectangle(grid);
  REQUIRE(mesh.text() == "3x3");
  lockstep::CheckedDevice device(library, {.rows = 3, .cols = 4, .seed = seed(), .dead_nodes = {{1, 1}, {0, 3}}});
  CHECK(product_difference(device, library.config(), mesh, matmul_shape(40, 30, 50), DataType::Fp32) == "");
}

TEST_CASE("a convolution on a machine with dead nodes is the same bits", "[rectangle][conv]") {
  const auto library = open_model("small", engine::kLogFlavour);
  ConvShape shape;
  shape.in_channels = 12;
  shape.out_channels = 20;
  shape.height = shape.width = 9;
  shape.kernel_height = shape.kernel_width = 3;
  shape.pad = 1;
  const ConvData data = random_data(shape, seed());
  const Mesh mesh = live_rectangle({2, 3, {{1, 0}}, {}});
  lockstep::CheckedDevice device(library, {.rows = 2, .cols = 3, .seed = seed(), .dead_nodes = {{1, 0}}});
  CHECK(difference(run_conv(device, library.config(), mesh, shape, data, DataType::Bf16),
                   golden_conv(shape, data, DataType::Bf16)) == "");
}

}  // namespace tatami::test
