// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/ops/conv.hpp"

#include <stdexcept>

#include "verif/golden/num/fused_dot4.hpp"
#include "verif/golden/ops/parallel.hpp"

namespace tatami::golden {
namespace {

class Convolution {
 public:
  Convolution(const ConvShape& shape, std::span<const std::uint16_t> input, std::span<const std::uint16_t> weight,
              const Descriptor& format)
      : s_(shape), input_(decode_all(input, format)), weight_(decode_all(weight, format)) {}

  std::uint32_t output(std::size_t image, std::size_t filter, std::size_t p, std::size_t q) const {
    std::uint32_t sum = 0;
    for (std::size_t r = 0; r < s_.kernel_height; ++r) {
      for (std::size_t s = 0; s < s_.kernel_width; ++s) {
        for (std::size_t c = 0; c < s_.in_channels; c += 4) {
          Factors left{}, right{};
          for (std::size_t i = 0; i < 4 && c + i < s_.in_channels; ++i) {
            left[i] = pixel(image, c + i, p * s_.stride + r, q * s_.stride + s);
            right[i] = weight_[((filter * s_.in_channels + c + i) * s_.kernel_height + r) * s_.kernel_width + s];
          }
          sum = fused_dot4(left, right, sum);
        }
      }
    }
    return sum;
  }

 private:
  /// The input at a position of the padded image.
  Number pixel(std::size_t image, std::size_t channel, std::size_t y, std::size_t x) const {
    if (y < s_.pad || x < s_.pad || y >= s_.pad + s_.height || x >= s_.pad + s_.width) return {};
    return input_[((image * s_.in_channels + channel) * s_.height + y - s_.pad) * s_.width + x - s_.pad];
  }

  const ConvShape& s_;
  std::vector<Number> input_;
  std::vector<Number> weight_;
};

}  // namespace

std::vector<std::uint32_t> conv(const ConvShape& shape, std::span<const std::uint16_t> input,
                                std::span<const std::uint16_t> weight, const Descriptor& format) {
  if (input.size() != shape.batch * shape.in_channels * shape.height * shape.width ||
      weight.size() != shape.out_channels * shape.in_channels * shape.kernel_height * shape.kernel_width) {
    throw std::invalid_argument("conv: operands do not have the size of their shape");
  }
  const Convolution convolution(shape, input, weight, format);
  const std::size_t height = shape.out_height(), width = shape.out_width();
  std::vector<std::uint32_t> out(shape.batch * shape.out_channels * height * width);
  for_each_parallel(shape.batch * shape.out_channels, [&](std::size_t plane) {
    for (std::size_t p = 0; p < height; ++p) {
      for (std::size_t q = 0; q < width; ++q) {
        out[(plane * height + p) * width + q] =
            convolution.output(plane / shape.out_channels, plane % shape.out_channels, p, q);
      }
    }
  });
  return out;
}

}  // namespace tatami::golden
