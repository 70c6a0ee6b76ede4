// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Generated programs on the simulated RTL ('small' nodes) in lockstep with the instruction-set simulator, and their
// results against the golden operators.

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

void check(Mesh mesh, const ConvShape& shape, DataType type) {
  const engine::ModelLibrary library = open_model("small", lockstep::kFlavour);
  lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
  const ConvData data = random_data(shape, seed());
  INFO("mesh " << mesh.text());
  CHECK(difference(run_conv(device, small(), mesh, shape, data, type), golden_conv(shape, data, type)) == "");
}

void check_product(Mesh mesh, const ConvShape& shape, DataType type) {
  const engine::ModelLibrary library = open_model("small", lockstep::kFlavour);
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

TEST_CASE("the RTL convolves bit-exactly", "[rtl][conv]") {
  check({1, 1}, {1, 4, 5, 6, 5, 3, 3, 1, 1}, DataType::Fp32);
  check({2, 2}, {3, 6, 9, 8, 10, 5, 5, 2, 3}, DataType::Fp32);
  check({1, 3}, {1, 3, 8, 8, 9, 1, 1, 1, 0}, DataType::Bf16);
}

TEST_CASE("the RTL runs a convolution and then a matrix product on its output", "[rtl][chain]") {
  const engine::ModelLibrary library = open_model("small", lockstep::kFlavour);
  const Mesh mesh{2, 2};
  lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
  const ChainData chain = random_chain({2, 6, 8, 8, 10, 3, 3, 1, 1}, 11, seed());
  CHECK(difference(run_chain(device, small(), mesh, chain, DataType::Fp32), golden_chain(chain, DataType::Fp32)) == "");
}

}  // namespace tatami::test
