// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Matrix product of BF16 operands in exactly the machine's order of operations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "verif/golden/num/number.hpp"

namespace tatami::golden {

/// C[m][n] = A[m][k] * B[k][n].
struct MatmulShape {
  std::size_t m = 1;
  std::size_t n = 1;
  std::size_t k = 1;
};

/// The FP32 bit patterns of C, row-major. `a` (m x k) and `b` (k x n) are row-major BF16 bit patterns. Each output
/// starts at +0 and takes the reduction index in ascending order, four at a time, by `fused_dot4`; the last group is
/// padded with +0 operands. Throws std::invalid_argument when a span does not have its shape's size.
std::vector<std::uint32_t> matmul(const MatmulShape& shape, std::span<const std::uint16_t> a,
                                  std::span<const std::uint16_t> b, const Descriptor& format = kBf16Descriptor);

}  // namespace tatami::golden
