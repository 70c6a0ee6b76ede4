// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/workloads/bench.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/kernels/conv_kernel.hpp"
#include "sim/workloads/compare.hpp"
#include "sim/workloads/run.hpp"
#include "verif/golden/num/bf16.hpp"
#include "verif/golden/ops/conv.hpp"
#include "verif/golden/ops/matmul.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {
namespace {

void run_launches(Device& device, const Plan& plan) {
  for (const Launch& launch : plan.launches()) {
    const RunStatus status = execute(device, launch.nodes, 100'000'000);
    for (const std::string& error : status.errors) UNSCOPED_INFO(error);
    REQUIRE(status.end == RunStatus::End::Idle);
  }
}

/// Fills the SRAM of a mesh with NaNs: nothing may be read that was not written.
void spoil_memory(Device& device, const Config& config, const Mesh& mesh) {
  const std::vector<std::uint8_t> nans(config.sram_bytes() - KernelAbi::kEnd, 0xff);
  for (const NodeId at : mesh.nodes()) device.write(mesh.place(at), KernelAbi::kEnd, nans);
}

HostTensor to_type(HostTensor fp32, DataType type) {
  if (type == DataType::Bf16) {
    for (std::uint32_t& bits : fp32.bits) bits = golden::bf16_from_fp32(bits);
  }
  fp32.type = type;
  return fp32;
}

}  // namespace

ConvData random_data(const ConvShape& s, std::uint64_t seed) {
  return {random_tensor({s.batch, s.in_channels, s.height, s.width}, DataType::Bf16, seed, 0),
          random_tensor({s.out_channels, s.in_channels, s.kernel_height, s.kernel_width}, DataType::Bf16, seed, 1)};
}

HostTensor golden_conv(const ConvShape& s, const ConvData& data, DataType type) {
  return to_type({{s.batch, s.out_channels, s.out_height(), s.out_width()},
                  DataType::Fp32,
                  golden::conv(s, data.images.codes(), data.filters.codes())},
                 type);
}

HostTensor run_conv(Device& device, const Config& config, const Mesh& mesh, const ConvShape& shape,
                    const ConvData& data, DataType type) {
  Tensor input, weights, output;
  const Plan plan = make_plan(config, mesh, [&](Plan& p) {
    input = p.input("x", shape);
    weights = p.weights("w", shape);
    output = p.conv("y", shape, input, weights, type);
  });
  spoil_memory(device, config, mesh);
  upload(device, input, to_blocked(data.images, config.matrix_cols));
  upload(device, weights, to_weight_matrix(data.filters, config.matrix_cols));
  run_launches(device, plan);
  return from_blocked(download(device, output), shape.out_channels);
}

std::string product_difference(Device& device, const Config& config, const Mesh& mesh, const ConvShape& shape,
                               DataType type, DataType operands) {
  Run run(config, mesh, type, {{"matmul", shape, {}, {}, operands}});
  run.draw_operands(seed());
  run.upload_inputs(device);
  const Outcome outcome = run.execute(0, device, 100'000'000);
  for (const std::string& error : outcome.status.errors) UNSCOPED_INFO(error);
  REQUIRE(outcome.status.end == RunStatus::End::Idle);
  return outcome.output ? difference(*outcome.output, golden_result(run.operations()[0], type)) : "no output";
}

ChainData random_chain(const ConvShape& conv, std::size_t columns, std::uint64_t seed) {
  return {conv, random_data(conv, seed),
          matmul_shape(conv.batch * conv.out_height() * conv.out_width(), columns, conv.out_channels),
          random_tensor({conv.out_channels, columns}, DataType::Bf16, seed, 2)};
}

HostTensor golden_chain(const ChainData& c, DataType type) {
  const HostTensor pixels = to_channels_last(golden_conv(c.conv, c.conv_data, DataType::Bf16));
  const golden::MatmulShape shape{c.matmul.width, c.matmul.out_channels, c.matmul.in_channels};
  return to_type({{shape.m, shape.n}, DataType::Fp32, golden::matmul(shape, pixels.codes(), c.matrix.codes())}, type);
}

HostTensor run_chain(Device& device, const Config& config, const Mesh& mesh, const ChainData& c, DataType type) {
  Tensor input, filters, matrix, output;
  const Plan plan = make_plan(config, mesh, [&](Plan& p) {
    input = p.input("x", c.conv);
    filters = p.weights("w", c.conv);
    matrix = p.weights("b", c.matmul);
    output = p.matmul("z", c.matmul, p.conv("y", c.conv, input, filters, DataType::Bf16), matrix, type);
  });
  const std::size_t side = config.matrix_cols;
  spoil_memory(device, config, mesh);
  upload(device, input, to_blocked(c.conv_data.images, side));
  upload(device, filters, to_weight_matrix(c.conv_data.filters, side));
  upload(device, matrix, to_weight_matrix_of_product(c.matrix, side));
  run_launches(device, plan);
  return from_blocked_matrix(download(device, output), c.matmul.out_channels);
}

std::string difference(const HostTensor& actual, const HostTensor& expected) {
  const auto mismatch = compare(actual, expected);
  if (!mismatch) return {};
  return fmt::format("[{}]: {:#x} instead of {:#x}, {} of {} differ", fmt::join(mismatch->index, ","), mismatch->actual,
                     mismatch->expected, mismatch->count, volume(expected.shape));
}

}  // namespace tatami::test
