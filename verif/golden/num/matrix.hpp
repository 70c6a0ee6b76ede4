// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix unit's step and read-out on whole vector registers.
#pragma once

#include <algorithm>
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

/// An operand of a matrix step: a register, and where in it and in what format the tile lies.
struct MatrixOperand {
  std::span<const uint8_t> bytes;
  Descriptor format;
  bool transposed = false;
  bool upper = false;  ///< of an 8-bit format: the step takes the upper half of the tile's depth

  /// Element k (of 4) of row i of a tile whose rows lie in one piece.
  Number in_row(unsigned i, unsigned k) const {
    const unsigned depth = narrow() ? 8 : 4;
    return lane(i * depth + k + (narrow() && upper ? 4 : 0));
  }
  /// Element k (of 4) of column i of a tile with rows of `count` lanes.
  Number in_column(unsigned i, unsigned k, unsigned count) const {
    return lane((k + (narrow() && upper ? 4 : 0)) * count + i);
  }

 private:
  bool narrow() const { return format.format().bits == 8; }
  Number lane(unsigned n) const {
    if (narrow()) return decode(bytes[n], format);
    return decode(bytes[size_t{2} * n] | uint32_t{bytes[size_t{2} * n + 1]} << 8, format);
  }
};

/// What makes a matrix step of two formats impossible.
struct FormatFault {
  bool a;  ///< A's format is no operand
  bool b;  ///< B's is none, or none beside A's
  constexpr bool any() const { return a || b; }
};

/// The matrix unit multiplies floating-point operands by floating-point ones and integers by integers.
constexpr FormatFault format_fault(const formats::Format& a, const formats::Format& b) {
  return {!a.matrix_operand, !b.matrix_operand || (a.matrix_operand && a.is_integer() != b.is_integer())};
}

/// acc[i][j] = row i of A times column j of B + (first ? +0 : acc[i][j]), `acc` being rows x cols patterns of 32 bits,
/// row-major. A is rows x 4, element (i,k) at lane i*4 + k, or k*rows + i when transposed; B is 4 x cols, element (k,j)
/// at lane k*cols + j, or j*4 + k when transposed. A register of an 8-bit format holds twice the depth: A (i,k) at lane
/// i*8 + k or k*rows + i, B (k,j) at lane k*cols + j or j*8 + k, and a step takes k < 4 or the upper half. Further
/// lanes are ignored. The formats must not be at fault.
inline void matrix_step(const MatrixShape& shape, const MatrixOperand& a, const MatrixOperand& b,
                        std::span<uint32_t> acc, bool first) {
  constexpr unsigned kMaxCols = 16;
  std::array<Factors, kMaxCols> columns{};
  for (unsigned j = 0; j < shape.cols; ++j) {
    for (unsigned k = 0; k < 4; ++k) columns[j][k] = b.transposed ? b.in_row(j, k) : b.in_column(j, k, shape.cols);
  }
  const bool integer = a.format.format().is_integer();
  for (unsigned i = 0; i < shape.rows; ++i) {
    Factors row{};
    for (unsigned k = 0; k < 4; ++k) row[k] = a.transposed ? a.in_column(i, k, shape.rows) : a.in_row(i, k);
    for (unsigned j = 0; j < shape.cols; ++j) {
      uint32_t& element = acc[i * shape.cols + j];
      const uint32_t old = first ? 0 : element;
      element = integer ? integer_dot4(row, columns[j], old) : fused_dot4(row, columns[j], old);
    }
  }
}

/// mwr.fp32: part `part` of the row-major accumulator becomes the 32-bit lanes; `part` counts modulo the number of
/// parts.
inline void matrix_write(const MatrixShape& shape, std::span<uint32_t> acc, unsigned part,
                         std::span<const uint32_t> lanes) {
  const unsigned count = shape.simd_bytes / 4, parts = shape.rows * shape.cols / count;
  for (unsigned i = 0; i < count; ++i) acc[(part % parts) * count + i] = lanes[i];
}

/// mrd.fp32: the FP32 lanes of part `part` of the row-major accumulator; `part` counts modulo the number of parts.
inline void matrix_read_fp32(const MatrixShape& shape, std::span<const uint32_t> acc, unsigned part,
                             std::span<uint32_t> lanes) {
  const unsigned count = shape.simd_bytes / 4, parts = shape.rows * shape.cols / count;
  for (unsigned i = 0; i < count; ++i) lanes[i] = acc[(part % parts) * count + i];
}

/// mrd.bf16: the BF16 lanes of part `part`, each rounded to nearest even; lanes for which the accumulator is too small
/// are zero.
inline void matrix_read_bf16(const MatrixShape& shape, std::span<const uint32_t> acc, unsigned part,
                             std::span<uint16_t> lanes) {
  const unsigned elements = shape.rows * shape.cols, count = std::min(shape.simd_bytes / 2, elements);
  const unsigned parts = elements / count;
  std::fill(lanes.begin(), lanes.end(), uint16_t{0});
  for (unsigned i = 0; i < count; ++i) lanes[i] = bf16_from_fp32(acc[(part % parts) * count + i]);
}

}  // namespace tatami::golden
