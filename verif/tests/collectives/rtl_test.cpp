// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Collective operations on the simulated RTL.

#include <random>
#include <vector>

#include "verif/lib/fault_sets.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/collectives/bench.hpp"

namespace tatami::test {
namespace {

engine::MeshOptions options_of(const routing::Grid& grid) {
  engine::MeshOptions options{.rows = grid.rows(), .cols = grid.cols(), .seed = seed()};
  for (const unsigned n : grid.dead_nodes()) options.dead_nodes.push_back(grid.id(n));
  return options;
}

/// No packet lost, duplicated or overtaken: every block where it belongs, and every post once.
void check_exchange(const engine::ModelLibrary& library, const routing::Grid& grid, std::size_t count) {
  INFO(text_of(grid));
  engine::MeshDevice device(library, options_of(grid));
  CHECK(run_collective(device, library.config(), grid, {CollectiveOp::AllToAll, count, DataType::Fp32, 0}) == "");
}

}  // namespace

TEST_CASE("the RTL carries out collective operations bit-exactly", "[rtl][collectives]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  const routing::Grid grid = GENERATE(routing::Grid(1, 3, {}, {}), routing::Grid(3, 3, {{1, 0}, {0, 2}}, {}));
  for (const CollectiveOp op : kCollectiveOps) {
    for (const std::size_t count : {5, 403}) {
      INFO(name_of(op) << " of " << count << ", " << grid.rows() << "x" << grid.cols());
      lockstep::CheckedDevice device(library, options_of(grid));
      const DataType type = count == 5 ? DataType::Bf16 : DataType::Fp32;
      CHECK(run_collective(device, library.config(), grid, {op, count, type, 1}) == "");
    }
  }
}

TEST_CASE("sums do not depend on sleep or host threads", "[rtl][collectives]") {
  const engine::ModelLibrary library = open_model("small");
  const routing::Grid grid(2, 3, {}, {});
  for (const auto& [sleep, threads] : {std::pair{false, 1U}, {true, 3U}}) {
    engine::MeshOptions options = options_of(grid);
    options.sleep = sleep;
    options.threads = threads;
    engine::MeshDevice device(library, options);
    CHECK(run_collective(device, library.config(), grid, {CollectiveOp::AllReduce, 500, DataType::Fp32, 0}) == "");
  }
}

TEST_CASE("everyone sends to everyone around any dead nodes", "[rtl][collectives]") {
  const engine::ModelLibrary library = open_model("small");
  for (unsigned n = 0; n < 9; ++n) check_exchange(library, {3, 3, {{n / 3, n % 3}}, {}}, 40);
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 12; ++i) check_exchange(library, {5, 5, random_nodes(5, 5, 1 + i % 6, random), {}}, 17);
}

TEST_CASE("everyone sends to everyone around many sets of dead nodes", "[.nightly][rtl][collectives]") {
  const engine::ModelLibrary library = open_model("small");
  std::mt19937_64 random(seed());
  for (unsigned i = 0; i < 200; ++i) check_exchange(library, {8, 8, random_nodes(8, 8, 1 + i % 6, random), {}}, 17);
}

TEST_CASE("a whole die carries out collective operations bit-exactly", "[.nightly][rtl][collectives]") {
  const engine::ModelLibrary library = open_model("full");
  const routing::Grid die(18, 20, {{2, 5}, {4, 14}, {7, 9}, {10, 2}, {13, 17}, {16, 11}}, {});
  for (const CollectiveOp op : kCollectiveOps) {
    engine::MeshOptions options = options_of(die);
    options.threads = 2;
    engine::MeshDevice device(library, options);
    INFO(name_of(op));
    const std::size_t count = op == CollectiveOp::AllToAll ? 16 : 16384;
    CHECK(run_collective(device, library.config(), die, {op, count, DataType::Fp32, 100}) == "");
  }
}

}  // namespace tatami::test
