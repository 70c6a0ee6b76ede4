// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/runtime/tensor.hpp"

namespace tatami {

/// Where two tensors of one shape and type first differ, in row-major order.
struct Mismatch {
  std::vector<std::size_t> index;
  std::uint32_t actual = 0;  ///< bit patterns
  std::uint32_t expected = 0;
  std::uint64_t ulps = 0;  ///< representable numbers from one to the other
  std::size_t count = 0;   ///< elements that differ, of all
};

/// Compares bit by bit; every NaN pattern is a value of its own. Throws std::invalid_argument when shape or type
/// differ.
std::optional<Mismatch> compare(const HostTensor& actual, const HostTensor& expected);

/// Steps from one bit pattern to the other over the ordered patterns of a type; both zeros are one.
std::uint64_t ulp_distance(DataType type, std::uint32_t a, std::uint32_t b);

}  // namespace tatami
