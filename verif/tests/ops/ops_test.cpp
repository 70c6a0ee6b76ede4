// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The golden operators against float64 by OpenBLAS, within the bound that docs/numbers.md gives: a step cuts off less
// than 5 * 2^-27 of its largest addend and rounds by at most 2^-24 of its result, and neither exceeds sum |a||b| by
// more than the errors so far. So after n steps |error| <= n * 2^-23 * sum |a||b|.

#include <cblas.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/ops/conv.hpp"
#include "verif/golden/ops/matmul.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::golden {
namespace {

using Reals = std::vector<double>;

Reals to_reals(const std::vector<std::uint16_t>& bits) {
  Reals values;
  for (const std::uint16_t b : bits) values.push_back(bf16_to_float(b));
  return values;
}

Reals magnitudes(Reals values) {
  for (double& value : values) value = std::fabs(value);
  return values;
}

/// Random BF16 values; `spread` powers of two between the smallest and the largest.
std::vector<std::uint16_t> random_values(std::size_t count, int spread, std::mt19937_64& random) {
  std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
  std::uniform_int_distribution<int> exponent(-spread / 2, spread / 2);
  std::vector<std::uint16_t> bits;
  for (std::size_t i = 0; i < count; ++i) {
    bits.push_back(bf16_from_double(std::ldexp(mantissa(random), exponent(random))));
  }
  return bits;
}

/// a (m x k) times b (k x n) in float64.
Reals gemm(std::size_t m, std::size_t n, std::size_t k, const Reals& a, const Reals& b) {
  Reals c(m * n);
  const auto i = [](std::size_t value) { return static_cast<blasint>(value); };
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, i(m), i(n), i(k), 1.0, a.data(), i(k), b.data(), i(n), 0.0,
              c.data(), i(n));
  return c;
}

/// Every element within the bound, and the whole not suspiciously equal to something else: counts the elements outside.
std::size_t outside(const std::vector<std::uint32_t>& actual, const Reals& exact, const Reals& magnitude,
                    std::size_t steps) {
  const double unit = static_cast<double>(steps) * 0x1p-23;
  std::size_t count = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const double value = std::bit_cast<float>(actual[i]);
    // BF16 products are exact in float64, whose own sum is off by far less than the bound.
    if (!(std::fabs(value - exact[i]) <= unit * magnitude[i])) ++count;
  }
  return count;
}

/// Column matrix of the padded input: row (n, p, q), column (r, s, c).
Reals im2col(const ConvShape& s, const Reals& input) {
  Reals rows;
  for (std::size_t n = 0; n < s.batch; ++n) {
    for (std::size_t p = 0; p < s.out_height(); ++p) {
      for (std::size_t q = 0; q < s.out_width(); ++q) {
        for (std::size_t r = 0; r < s.kernel_height; ++r) {
          for (std::size_t t = 0; t < s.kernel_width; ++t) {
            for (std::size_t c = 0; c < s.in_channels; ++c) {
              const auto y = static_cast<std::ptrdiff_t>(p * s.stride + r) - static_cast<std::ptrdiff_t>(s.pad);
              const auto x = static_cast<std::ptrdiff_t>(q * s.stride + t) - static_cast<std::ptrdiff_t>(s.pad);
              const bool inside = y >= 0 && x >= 0 && y < static_cast<std::ptrdiff_t>(s.height) &&
                                  x < static_cast<std::ptrdiff_t>(s.width);
              rows.push_back(inside
                                 ? input[((n * s.in_channels + c) * s.height + static_cast<std::size_t>(y)) * s.width +
                                         static_cast<std::size_t>(x)]
                                 : 0.0);
            }
          }
        }
      }
    }
  }
  return rows;
}

/// Filters [k][c][r][s] as a matrix (r, s, c) x k.
Reals filter_matrix(const ConvShape& s, const Reals& weight) {
  const std::size_t taps = s.kernel_height * s.kernel_width;
  Reals matrix(taps * s.in_channels * s.out_channels);
  for (std::size_t k = 0; k < s.out_channels; ++k) {
    for (std::size_t c = 0; c < s.in_channels; ++c) {
      for (std::size_t tap = 0; tap < taps; ++tap) {
        matrix[(tap * s.in_channels + c) * s.out_channels + k] = weight[(k * s.in_channels + c) * taps + tap];
      }
    }
  }
  return matrix;
}

/// From rows (n, p, q) x k to [n][k][p][q].
Reals channels_first(const ConvShape& s, const Reals& rows) {
  const std::size_t pixels = s.out_height() * s.out_width();
  Reals out(rows.size());
  for (std::size_t n = 0; n < s.batch; ++n) {
    for (std::size_t k = 0; k < s.out_channels; ++k) {
      for (std::size_t i = 0; i < pixels; ++i) {
        out[(n * s.out_channels + k) * pixels + i] = rows[(n * pixels + i) * s.out_channels + k];
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a matrix product is within its error bound of float64", "[matmul]") {
  std::mt19937_64 random(test::seed());
  const int spread = GENERATE(0, 8, 40);
  const MatmulShape shape = GENERATE(values<MatmulShape>(
      {{1, 1, 1}, {1, 1, 3}, {7, 13, 5}, {8, 8, 4}, {9, 17, 6}, {33, 1, 64}, {1, 40, 257}, {64, 48, 128}}));
  const auto a = random_values(shape.m * shape.k, spread, random), b = random_values(shape.k * shape.n, spread, random);
  const Reals x = to_reals(a), y = to_reals(b);
  const Reals exact = gemm(shape.m, shape.n, shape.k, x, y);
  const Reals magnitude = gemm(shape.m, shape.n, shape.k, magnitudes(x), magnitudes(y));
  CAPTURE(shape.m, shape.n, shape.k, spread);
  CHECK(outside(matmul(shape, a, b), exact, magnitude, (shape.k + 3) / 4) == 0);
}

TEST_CASE("a convolution is within its error bound of float64", "[conv]") {
  std::mt19937_64 random(test::seed() + 1);
  const auto [kernel, stride, pad] = GENERATE(table<std::size_t, std::size_t, std::size_t>(
      {{1, 1, 0}, {1, 3, 1}, {2, 1, 1}, {3, 1, 1}, {3, 2, 0}, {5, 2, 3}, {7, 1, 3}, {7, 2, 0}}));
  ConvShape s{3, 6, 9, 8, 5, kernel, kernel, stride, pad};
  const auto input = random_values(s.batch * s.in_channels * s.height * s.width, 8, random);
  const auto weight = random_values(s.out_channels * s.in_channels * kernel * kernel, 8, random);
  const Reals columns = im2col(s, to_reals(input)), filters = filter_matrix(s, to_reals(weight));
  const std::size_t rows = s.batch * s.out_height() * s.out_width(), depth = s.in_channels * kernel * kernel;
  const Reals exact = channels_first(s, gemm(rows, s.out_channels, depth, columns, filters));
  const Reals magnitude =
      channels_first(s, gemm(rows, s.out_channels, depth, magnitudes(columns), magnitudes(filters)));
  CAPTURE(kernel, stride, pad);
  const auto actual = conv(s, input, weight);
  REQUIRE(actual.size() == exact.size());
  CHECK(outside(actual, exact, magnitude, kernel * kernel * ((s.in_channels + 3) / 4)) == 0);
}

TEST_CASE("a 1x1 convolution of one line is the matrix product, bit for bit", "[conv]") {
  std::mt19937_64 random(test::seed() + 2);
  const std::size_t m = 11, n = 6, k = 10;
  const auto a = random_values(m * k, 20, random), b = random_values(k * n, 20, random);
  ConvShape s;
  s.in_channels = k, s.width = m, s.out_channels = n;
  std::vector<std::uint16_t> input(m * k), weight(k * n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < k; ++j) input[j * m + i] = a[i * k + j];
  }
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < n; ++j) weight[j * k + i] = b[i * n + j];
  }
  const auto product = matmul({m, n, k}, a, b), lines = conv(s, input, weight);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) CHECK(lines[j * m + i] == product[i * n + j]);
  }
}

TEST_CASE("the order of a sum is ascending and in groups of four", "[matmul]") {
  // 2^30 in the first group swallows the ones of its own group's sum only when it is rounded with them: the groups
  // after it each add 4 to a sum whose last place is 2^7, and are lost one by one; before it they add up exactly.
  const std::uint16_t big = bf16_from_float(0x1p30F), one = bf16_from_float(1.0F);
  std::vector<std::uint16_t> a(4 * 64, one), ones(4 * 64, one);
  a[0] = big;
  CHECK(matmul({1, 1, a.size()}, a, ones)[0] == std::bit_cast<std::uint32_t>(0x1p30F));
  a[0] = one, a.back() = big;
  CHECK(matmul({1, 1, a.size()}, a, ones)[0] == std::bit_cast<std::uint32_t>(0x1p30F + 0x1p8F));
}

TEST_CASE("special operands follow the matrix step", "[matmul]") {
  const std::uint16_t infinity = 0x7f80, nan = 0x7fc1, zero = 0, one = 0x3f80, minus_zero = 0x8000;
  const auto product = [](std::uint16_t a, std::uint16_t b) {
    return matmul({1, 1, 1}, std::vector{a}, std::vector{b})[0];
  };
  CHECK(product(infinity, one) == 0x7f800000);
  CHECK(product(infinity, zero) == 0x7fc00000);
  CHECK(product(nan, one) == 0x7fc00000);
  CHECK(product(minus_zero, one) == 0);  // the sum starts at +0
}

TEST_CASE("an infinite weight meets the padding as +0", "[conv]") {
  ConvShape s{1, 1, 1, 1, 1, 3, 3, 1, 1};
  std::vector<std::uint16_t> weight(9, 0x3f80);
  weight[0] = 0x7f80;
  CHECK(conv(s, std::vector<std::uint16_t>{0x3f80}, weight)[0] == 0x7fc00000);
}

TEST_CASE("operands of the wrong size are refused", "[matmul][conv]") {
  const std::vector<std::uint16_t> four(4);
  CHECK_THROWS_AS(matmul({2, 2, 3}, four, four), std::invalid_argument);
  CHECK_THROWS_AS(conv(ConvShape{1, 2, 2, 2, 1, 1, 1, 1, 0}, four, four), std::invalid_argument);
}

}  // namespace tatami::golden
