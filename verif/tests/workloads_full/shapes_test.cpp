// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Matrix products and convolutions of all kinds of shapes on meshes of 'full' nodes in lockstep with the
// instruction-set simulator, and their results against the golden operators.

#include <vector>

#include "sim/workloads/core_programs.hpp"
#include "sim/workloads/run.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/workloads/bench.hpp"

namespace tatami::test {
namespace {

const std::vector<Mesh> kMeshes{{1, 1}, {1, 3}, {2, 2}, {4, 4}};

const Config& full() {
  static const Config config = load_config("sim/configs/full.json");
  return config;
}

/// The same operands on every mesh; each result must be the golden one, to the bit.
void check(const ConvShape& shape, DataType type = DataType::Fp32) {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  const ConvData data = random_data(shape, seed());
  const HostTensor expected = golden_conv(shape, data, type);
  for (const Mesh& mesh : kMeshes) {
    INFO("mesh " << mesh.text());
    lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
    CHECK(difference(run_conv(device, full(), mesh, shape, data, type), expected) == "");
  }
}

void check_product(const ConvShape& shape, DataType type = DataType::Fp32) {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  for (const Mesh& mesh : {Mesh{1, 1}, Mesh{1, 3}, Mesh{2, 2}, Mesh{3, 2}, Mesh{4, 4}}) {
    INFO("mesh " << mesh.text());
    lockstep::CheckedDevice device(library, {.rows = mesh.rows, .cols = mesh.cols, .seed = seed()});
    CHECK(product_difference(device, full(), mesh, shape, type) == "");
  }
}

void check_kernel(std::size_t kernel, std::size_t stride) {
  for (std::size_t pad = 0; pad <= 3; ++pad) {
    INFO("kernel " << kernel << "x" << kernel << ", stride " << stride << ", padding " << pad);
    check({3, 5, 11, 9, 10, kernel, kernel, stride, pad});
  }
}

}  // namespace

TEST_CASE("matrix products of the default and of odd shapes are bit-exact on every mesh", "[rtl][matmul]") {
  check_product(matmul_shape(1, 1, 1));
  check_product(matmul_shape(7, 13, 5));
  check_product(matmul_shape(128, 128, 128));
  check_product(matmul_shape(200, 96, 160));
  check_product(matmul_shape(33, 65, 130), DataType::Bf16);
  check_product(matmul_shape(9, 17, 4001), DataType::Bf16);  // in several sweeps
}

TEST_CASE("products of other formats and of transposed operands are bit-exact", "[rtl][matmul]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  const auto run = [&](DataType type, Transposed transposed) {
    INFO(name_of(type) << " transposed " << transposed.left << transposed.right);
    lockstep::CheckedDevice device(library, {.rows = 1, .cols = 1, .seed = seed()});
    Run planned(full(), {1, 1}, DataType::Fp32, {{"matmul", matmul_shape(33, 70, 45), {}, {}, type, transposed}});
    planned.draw_operands(seed());
    planned.upload_inputs(device);
    const Outcome outcome = planned.execute(0, device, 1'000'000);
    CHECK(outcome.status.end == RunStatus::End::Idle);
    CHECK_FALSE(outcome.mismatch.has_value());
  };
  for (const DataType type : kOperandTypes) run(type, {});
  for (const DataType type : {DataType::Bf16, DataType::Cfp8_152}) {
    run(type, {.left = true});
    run(type, {.right = true});
    run(type, {.left = true, .right = true});
  }
}

TEST_CASE("SIMD products and integer code give the host's results", "[rtl][core]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = 1, .cols = 1, .seed = seed()});
  CHECK(run_simd_matmul(device, full(), 32, seed()).exact);
  CHECK(run_integer(device, 4, seed()).exact);
  CHECK(run_integer(device, 1, seed()).exact);
}

TEST_CASE("every matrix step of a product without padding is counted", "[rtl][matmul]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  const ConvShape shape = matmul_shape(64, 64, 64);
  lockstep::CheckedDevice device(library, {.rows = 2, .cols = 2, .seed = seed()});
  CHECK(product_difference(device, full(), {2, 2}, shape, DataType::Fp32) == "");
  CHECK(device.last_run().matrix_steps() == 64 * 64 * 64 / 256);
}

TEST_CASE("the default convolution is bit-exact on every mesh", "[rtl][conv]") {
  check({1, 32, 16, 16, 32, 3, 3, 1, 1});
  check({1, 32, 16, 16, 32, 3, 3, 1, 1}, DataType::Bf16);
}

TEST_CASE("convolutions with batch 3 and any kernel, stride and padding are bit-exact on every mesh", "[rtl][conv]") {
  for (const std::size_t kernel : {1, 3, 5, 7}) {
    check_kernel(kernel, 1);
    check_kernel(kernel, 2);
  }
}

}  // namespace tatami::test
