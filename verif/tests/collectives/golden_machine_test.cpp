// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Collective operations on the golden machine, whose threads and transfers move in an order drawn from the seed: a
// result that depends on timing shows.

#include <vector>

#include "sim/runtime/error.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/collectives/bench.hpp"

namespace tatami::test {
namespace {

const std::vector<routing::Grid>& grids() {
  static const std::vector<routing::Grid> all{{1, 1, {}, {}}, {1, 3, {}, {}},       {4, 1, {}, {}},
                                              {2, 2, {}, {}}, {3, 3, {{1, 1}}, {}}, {3, 4, {{0, 0}, {2, 3}}, {}}};
  return all;
}

void check(const std::string& config_name, const Collective& collective, std::uint64_t schedule) {
  const Config config = load_config("sim/configs/" + config_name + ".json");
  for (const routing::Grid& grid : grids()) {
    INFO(name_of(collective.op) << " of " << collective.count << " " << name_of(collective.type) << ", " << config_name
                                << " " << grid.rows() << "x" << grid.cols() << ", schedule " << schedule);
    golden::Machine machine(lockstep::core_config(config), grid.rows(), grid.cols(), schedule);
    CHECK(run_collective(machine, config, grid, collective) == "");
  }
}

}  // namespace

TEST_CASE("collective operations are bit-exact whatever moves first", "[collectives]") {
  const CollectiveOp op =
      GENERATE(from_range(std::vector<CollectiveOp>(std::begin(kCollectiveOps), std::end(kCollectiveOps))));
  // Fewer lines than nodes, parts of lines, slices of every length.
  for (const std::size_t count : {1, 15, 17, 100, 600}) {
    for (std::uint64_t schedule = 0; schedule < 3; ++schedule) {
      check("small", {op, count, DataType::Fp32, 0}, schedule == 0 ? 0 : seed() + schedule);
    }
    check("full", {op, count, DataType::Bf16, 0}, seed());
  }
}

TEST_CASE("every node can be the root of a broadcast", "[collectives]") {
  const Config config = load_config("sim/configs/small.json");
  const routing::Grid grid = GENERATE(routing::Grid(3, 4, {{1, 1}}, {}), routing::Grid(2, 4, {}, {}));
  for (std::size_t root = 0; root < grid.live_nodes(); ++root) {
    INFO("root " << root);
    golden::Machine machine(lockstep::core_config(config), grid.rows(), grid.cols(), seed() + root);
    CHECK(run_collective(machine, config, grid, {CollectiveOp::Broadcast, 700, DataType::Fp32, root}) == "");
  }
}

TEST_CASE("a machine that has no group for a broadcast sends node by node", "[collectives]") {
  class NoGroups : public golden::Machine {
   public:
    using Machine::Machine;
    std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<NodeId>>& sets) override {
      return std::vector<std::optional<unsigned>>(sets.size());
    }
  };
  const Config config = load_config("sim/configs/small.json");
  NoGroups machine(lockstep::core_config(config), 2, 3, seed());
  CHECK(run_collective(machine, config, {2, 3, {}, {}}, {CollectiveOp::Broadcast, 700, DataType::Fp32, 4}) == "");
}

TEST_CASE("what does not fit is refused with the bytes that it needs", "[collectives]") {
  const Config config = load_config("sim/configs/small.json");
  const routing::Grid grid(2, 2, {}, {});
  for (const CollectiveOp op : kCollectiveOps) {
    CHECK_THROWS_AS(CollectiveRun(config, grid, {op, 1 << 20, DataType::Fp32, 0}), InputError);
  }
  Config poor = config;
  poor.semaphores = 4;
  CHECK_THROWS_AS(CollectiveRun(poor, grid, {CollectiveOp::AllReduce, 4, DataType::Fp32, 0}), InputError);
}

TEST_CASE("bounds of ports and links are those of a calculation by hand", "[collectives]") {
  const routing::Grid square(4, 4, {}, {}), holed(2, 3, {{0, 1}}, {});
  const auto least = [](CollectiveOp op, std::size_t count, const routing::Grid& grid) {
    return least_cycles({op, count, DataType::Fp32, 0}, members(op, grid), grid);
  };
  CHECK(least(CollectiveOp::AllReduce, 1600, square) == 188);  // 2 * 15 / 16 of 100 lines, rounded up
  CHECK(least(CollectiveOp::ReduceScatter, 1600, square) == 94);
  CHECK(least(CollectiveOp::Broadcast, 1600, square) == 100);
  CHECK(least(CollectiveOp::AllToAll, 16, square) == 16);  // 8 * 8 packets over four links, more than 15 of a port
  CHECK(least(CollectiveOp::AllToAll, 1, holed) == 6);     // around the hole: 2 * 3 packets over one link
}

}  // namespace tatami::test
