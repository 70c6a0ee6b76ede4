// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Two-dimensional convolution (cross-correlation) of BF16 operands in exactly the machine's order of operations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "verif/golden/num/number.hpp"

namespace tatami::golden {

/// Input [batch][in_channels][height][width], weight [out_channels][in_channels][kernel_height][kernel_width],
/// output [batch][out_channels][out_height()][out_width()].
struct ConvShape {
  std::size_t batch = 1;
  std::size_t in_channels = 1;
  std::size_t height = 1;
  std::size_t width = 1;
  std::size_t out_channels = 1;
  std::size_t kernel_height = 1;
  std::size_t kernel_width = 1;
  std::size_t stride = 1;
  std::size_t pad = 0;  ///< zeros on each of the four sides

  /// Output size; 0 when the kernel is larger than the padded input.
  std::size_t out_height() const { return out_size(height, kernel_height); }
  std::size_t out_width() const { return out_size(width, kernel_width); }

 private:
  std::size_t out_size(std::size_t size, std::size_t kernel) const {
    return size + 2 * pad < kernel ? 0 : (size + 2 * pad - kernel) / stride + 1;
  }
};

/// The FP32 bit patterns of the output. Each output starts at +0 and takes the reduction index (r, s, c), c innermost,
/// in ascending order, four channels at a time, by `fused_dot4`; the last group of channels of each (r, s) is padded
/// with +0 operands, and a pixel outside the input is a +0 operand too (so that an infinite weight there gives NaN, as
/// in the machine). Throws std::invalid_argument when a span does not have its shape's size.
std::vector<std::uint32_t> conv(const ConvShape& shape, std::span<const std::uint16_t> input,
                                std::span<const std::uint16_t> weight, const Descriptor& format = kBf16Descriptor);

}  // namespace tatami::golden
