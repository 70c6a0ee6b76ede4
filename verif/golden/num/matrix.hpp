// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix unit's step and read-out on whole vector registers.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fused_dot4.hpp"

namespace tatami::golden {

/// The shape of a matrix unit and of the vector registers that feed it.
struct MatrixShape {
  unsigned rows;
  unsigned cols;
  unsigned simd_bytes;
};

/// acc[i][j] = fused_dot4(row i of A, column j of B, first ? +0 : acc[i][j]). `a` and `b` are the BF16 lanes of two
/// registers; `acc` is rows x cols FP32 patterns, row-major. A is rows x 4, element (i,k) at lane i*4 + k, or k*rows
/// + i when `ta`; B is 4 x cols, element (k,j) at lane k*cols + j, or j*4 + k when `tb`. Further lanes are ignored.
inline void matrix_step(const MatrixShape& shape, std::span<const uint16_t> a, std::span<const uint16_t> b,
                        std::span<uint32_t> acc, bool first, bool ta, bool tb) {
  for (unsigned i = 0; i < shape.rows; ++i) {
    std::array<uint16_t, 4> row{};
    for (unsigned k = 0; k < 4; ++k) row[k] = a[ta ? k * shape.rows + i : i * 4 + k];
    for (unsigned j = 0; j < shape.cols; ++j) {
      std::array<uint16_t, 4> column{};
      for (unsigned k = 0; k < 4; ++k) column[k] = b[tb ? j * 4 + k : k * shape.cols + j];
      uint32_t& element = acc[i * shape.cols + j];
      element = fused_dot4(row, column, first ? 0 : element);
    }
  }
}

/// mrd.fp32: the FP32 lanes of part `part` of the row-major accumulator; `part` counts modulo the number of parts.
inline void matrix_read_fp32(const MatrixShape& shape, std::span<const uint32_t> acc, unsigned part,
                             std::span<uint32_t> lanes) {
  const unsigned count = shape.simd_bytes / 4, parts = shape.rows * shape.cols / count;
  for (unsigned i = 0; i < count; ++i) lanes[i] = acc[(part % parts) * count + i];
}

/// mrd.bf16: the BF16 lanes of part `part`, each rounded to nearest even.
inline void matrix_read_bf16(const MatrixShape& shape, std::span<const uint32_t> acc, unsigned part,
                             std::span<uint16_t> lanes) {
  const unsigned count = shape.simd_bytes / 2, parts = shape.rows * shape.cols / count;
  for (unsigned i = 0; i < count; ++i) lanes[i] = bf16_from_fp32(acc[(part % parts) * count + i]);
}

}  // namespace tatami::golden
