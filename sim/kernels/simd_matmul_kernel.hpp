// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sim/runtime/config.hpp"

namespace tatami {

/// A product of FP32 matrices on the SIMD unit, A [m][k] times B [k][n], all row-major without gaps, in one node's
/// SRAM.
struct SimdMatmulSpec {
  std::uint64_t m = 0, n = 0, k = 0;
  std::uint64_t a = 0, b = 0, c = 0;  ///< addresses
};

/// A program that every thread runs, each on its share of rows. A result is fma(A[i][p], B[p][j], sum) over ascending
/// p, from +0. Threads park when they are done. Throws std::invalid_argument unless m, n and k are multiples of the
/// blocks: eight rows, two registers of columns, a register of k.
std::vector<std::uint32_t> simd_matmul_kernel(const Config& config, const SimdMatmulSpec& spec);

}  // namespace tatami
