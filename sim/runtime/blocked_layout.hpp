// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/runtime/config.hpp"

namespace tatami {

/// How tensors lie in SRAM (docs/memory.md): channels in blocks of `side`, innermost, so that `side` pixels of a block
/// are a square of `side` x `side` elements in one piece. The matrix unit reads such a square by rows or by columns,
/// `depth` at a time, as either operand.
class BlockedLayout {
 public:
  /// Throws ConfigError when a square is less than a register.
  BlockedLayout(const Config& config, std::size_t element_bytes)
      : side_(config.matrix_cols),
        element_bytes_(element_bytes),
        lines_(static_cast<unsigned>(side_ * side_ * element_bytes / config.simd_bytes)),
        steps_(static_cast<unsigned>(side_ / config.matrix_depth)) {
    if (lines_ == 0 || config.matrix_rows != config.matrix_cols) {
      throw ConfigError("configuration '" + config.name + "' has no blocks of elements of " +
                        std::to_string(element_bytes) + " B: matrix_rows x matrix_cols of them must fill a register");
    }
  }

  std::size_t side() const { return side_; }
  /// Bytes of a pixel in a block.
  std::uint64_t pixel_bytes() const { return side_ * element_bytes_; }
  /// Registers that a square fills.
  unsigned lines() const { return lines_; }
  /// Matrix steps that its reduction takes.
  unsigned steps() const { return steps_; }
  /// Blocks of so many channels.
  std::size_t blocks(std::size_t channels) const { return (channels + side_ - 1) / side_; }

 private:
  std::size_t side_;
  std::size_t element_bytes_;
  unsigned lines_;
  unsigned steps_;
};

}  // namespace tatami
