// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Generated programs on the simulated RTL ('small' nodes) in lockstep with the instruction-set simulator, and their
// results against the golden operators.

#include "sim/workloads/rectangle.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/workloads/bench.hpp"

namespace tatami::test {
namespace {

const Config& small() {
  static const Config config = load_config("sim/configs/small.json");
  return config;
}

void check(const Mesh& mesh, const ConvShape& shape, DataType type) {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
  const ConvData data = random_data(shape, seed());
  INFO("mesh " << mesh.text());
  CHECK(difference(run_conv(device, small(), mesh, shape, data, type), golden_conv(shape, data, type)) == "");
}

void check_product(const Mesh& mesh, const ConvShape& shape, DataType type) {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
  INFO("mesh " << mesh.text());
  CHECK(product_difference(device, small(), mesh, shape, type) == "");
}

}  // namespace

TEST_CASE("the RTL multiplies matrices bit-exactly", "[rtl][matmul]") {
  check_product({1, 1}, matmul_shape(1, 1, 1), DataType::Fp32);
  check_product({1, 3}, matmul_shape(7, 13, 5), DataType::Fp32);
  check_product({2, 2}, matmul_shape(17, 33, 66), DataType::Bf16);
  check_product({3, 2}, matmul_shape(40, 41, 603), DataType::Bf16);  // in several sweeps
}

TEST_CASE("the RTL multiplies matrices around dead nodes", "[rtl][matmul]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  for (const std::vector<NodeId>& dead : {std::vector<NodeId>{{1, 2}}, {{0, 0}, {3, 3}}, {{0, 1}, {1, 3}, {2, 0}}}) {
    const Mesh mesh = live_rectangle(routing::Grid(4, 5, dead, {}));
    INFO("node (y " << dead[0].y << ", x " << dead[0].x << ") and " << dead.size() - 1 << " more are dead");
    lockstep::CheckedDevice device(library, {.rows = 4, .cols = 5, .seed = seed(), .dead_nodes = dead});
    CHECK(product_difference(device, small(), mesh, matmul_shape(40, 41, 603), DataType::Bf16) == "");
    CHECK(product_difference(device, small(), mesh, matmul_shape(40, 41, 60), DataType::Fp32) == "");
  }
}

TEST_CASE("neither sleep nor host threads change a product or its cycles", "[rtl][matmul]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  const auto cycles = [&](bool sleep, unsigned threads) {
    engine::MeshDevice device(library, {.rows = 4, .cols = 4, .seed = seed(), .sleep = sleep, .threads = threads});
    CHECK(product_difference(device, small(), {4, 4}, matmul_shape(40, 41, 200), DataType::Fp32) == "");
    return device.time();
  };
  const std::uint64_t one = cycles(true, 1);
  CHECK(cycles(false, 1) == one);
  CHECK(cycles(true, 3) == one);
}

TEST_CASE("the RTL convolves bit-exactly", "[rtl][conv]") {
  check({1, 1}, {1, 4, 5, 6, 5, 3, 3, 1, 1}, DataType::Fp32);
  check({2, 2}, {3, 6, 9, 8, 10, 5, 5, 2, 3}, DataType::Fp32);
  check({1, 3}, {1, 3, 8, 8, 9, 1, 1, 1, 0}, DataType::Bf16);
  check({3, 4}, {1, 20, 9, 9, 9, 3, 3, 1, 1}, DataType::Fp32);  // casts, and a column that only sends
}

TEST_CASE("the RTL runs a convolution and then a matrix product on its output", "[rtl][chain]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  const Mesh mesh{2, 2};
  lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
  const ChainData chain = random_chain({2, 6, 8, 8, 10, 3, 3, 1, 1}, 11, seed());
  CHECK(difference(run_chain(device, small(), mesh, chain, DataType::Fp32), golden_chain(chain, DataType::Fp32)) == "");
}

}  // namespace tatami::test
