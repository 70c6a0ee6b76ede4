// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/ops/matmul.hpp"

#include <algorithm>
#include <stdexcept>

#include "verif/golden/num/fused_dot4.hpp"
#include "verif/golden/ops/parallel.hpp"

namespace tatami::golden {

std::vector<std::uint32_t> matmul(const MatmulShape& shape, std::span<const std::uint16_t> a,
                                  std::span<const std::uint16_t> b, const Descriptor& format) {
  if (a.size() != shape.m * shape.k || b.size() != shape.k * shape.n) {
    throw std::invalid_argument("matmul: operands do not have the size of their shape");
  }
  const std::vector<Number> left_numbers = decode_all(a, format);
  const std::vector<Number> right_numbers = decode_all(b, format);
  std::vector<std::uint32_t> c(shape.m * shape.n, 0);
  for_each_parallel(shape.m, [&](std::size_t row) {
    for (std::size_t first = 0; first < shape.k; first += 4) {
      const std::size_t count = std::min<std::size_t>(4, shape.k - first);
      Factors left{};
      std::copy_n(left_numbers.begin() + static_cast<std::ptrdiff_t>(row * shape.k + first), count, left.begin());
      for (std::size_t col = 0; col < shape.n; ++col) {
        Factors right{};
        for (std::size_t i = 0; i < count; ++i) right[i] = right_numbers[(first + i) * shape.n + col];
        std::uint32_t& sum = c[row * shape.n + col];
        sum = fused_dot4(left, right, sum);
      }
    }
  });
  return c;
}

}  // namespace tatami::golden
