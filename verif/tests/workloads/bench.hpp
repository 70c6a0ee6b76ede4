// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Runs matrix products and convolutions on a device and compares them bit by bit with the golden operators.
#pragma once

#include <cstdint>
#include <string>

#include "sim/runtime/config.hpp"
#include "sim/runtime/device.hpp"
#include "sim/workloads/execute.hpp"
#include "sim/workloads/host_layout.hpp"
#include "sim/workloads/plan.hpp"

namespace tatami::test {

/// Random data of a convolution (or of a matrix product, `matmul_shape`), as the user gives it.
struct ConvData {
  HostTensor images;   ///< [n][c][h][w]
  HostTensor filters;  ///< [k][c][r][s]
};

ConvData random_data(const ConvShape& shape, std::uint64_t seed);

/// The golden result [n][k][p][q].
HostTensor golden_conv(const ConvShape& shape, const ConvData& data, DataType type);

/// Plans, uploads, runs and downloads. Fails the test when the run does not end idle.
HostTensor run_conv(Device& device, const Config& config, const Mesh& mesh, const ConvShape& shape,
                    const ConvData& data, DataType type);

/// Multiplies random matrices (a shape of `matmul_shape`) and compares the product with the golden one: the first
/// difference as text; empty when there is none. Fails the test when the run does not end idle.
std::string product_difference(Device& device, const Config& config, const Mesh& mesh, const ConvShape& shape,
                               DataType type, DataType operands = DataType::Bf16);

/// A convolution whose BF16 result, as the rows of a matrix, is multiplied by a matrix, without the host touching it
/// between.
struct ChainData {
  ConvShape conv;
  ConvData conv_data;
  ConvShape matmul;
  HostTensor matrix;  ///< [out_channels][n]
};

ChainData random_chain(const ConvShape& conv, std::size_t columns, std::uint64_t seed);
HostTensor golden_chain(const ChainData& chain, DataType type);
HostTensor run_chain(Device& device, const Config& config, const Mesh& mesh, const ChainData& chain, DataType type);

/// The first difference as text; empty when there is none.
std::string difference(const HostTensor& actual, const HostTensor& expected);

}  // namespace tatami::test
