// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/workloads/bench.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/workloads/compare.hpp"
#include "verif/golden/num/bf16.hpp"
#include "verif/golden/ops/conv.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {

ConvData random_data(const ConvShape& s, std::uint64_t seed) {
  return {random_bf16({s.batch, s.in_channels, s.height, s.width}, seed, 0),
          random_bf16({s.out_channels, s.in_channels, s.kernel_height, s.kernel_width}, seed, 1)};
}

HostTensor golden_conv(const ConvShape& s, const ConvData& data, DataType type) {
  HostTensor result{{s.batch, s.out_channels, s.out_height(), s.out_width()}, type,
                    golden::conv(s, data.images.halves(), data.filters.halves())};
  if (type == DataType::Bf16) {
    for (std::uint32_t& bits : result.bits) bits = golden::bf16_from_fp32(bits);
  }
  return result;
}

HostTensor run_conv(Device& device, const Config& config, Mesh mesh, const ConvShape& shape, const ConvData& data,
                    DataType type) {
  Tensor input, weights, output;
  const Plan plan = make_plan(config, mesh, [&](Plan& p) {
    input = p.input("x", shape);
    weights = p.weights("w", shape);
    output = p.conv("y", shape, input, weights, type);
  });
  upload(device, input, to_channels_last(data.images));
  upload(device, weights, to_weight_matrix(data.filters));
  for (const Launch& launch : plan.launches()) {
    const RunStatus status = execute(device, launch, 100'000'000);
    REQUIRE(status.end == RunStatus::End::Idle);
  }
  return to_channels_first(download(device, output));
}

std::string difference(const HostTensor& actual, const HostTensor& expected) {
  const auto mismatch = compare(actual, expected);
  if (!mismatch) return {};
  return fmt::format("[{}]: {:#x} instead of {:#x}, {} of {} differ", fmt::join(mismatch->index, ","),
                     mismatch->actual, mismatch->expected, mismatch->count, volume(expected.shape));
}

}  // namespace tatami::test
