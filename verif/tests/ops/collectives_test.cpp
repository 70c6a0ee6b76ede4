// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The golden collective operations against sums in long double, within the bound of as many roundings as additions; and
// their order of summation.

#include "verif/golden/ops/collectives.hpp"

#include <bit>
#include <cmath>
#include <random>

#include "verif/golden/num/bf16.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::golden {
namespace {

std::uint32_t fp32(float value) { return std::bit_cast<std::uint32_t>(value); }

double value_of(std::uint32_t bits, const Format& format) {
  return std::bit_cast<float>(format.fraction_bits == kBf16.fraction_bits ? bits << 16 : bits);
}

std::vector<NodeVector> random_vectors(std::size_t nodes, std::size_t count, const Format& format, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> mantissa(-1, 1);
  std::uniform_int_distribution<int> exponent(-6, 6);
  std::vector<NodeVector> vectors(nodes);
  for (NodeVector& v : vectors) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t bits = fp32(std::ldexp(mantissa(random), exponent(random)));
      v.push_back(format.fraction_bits == kBf16.fraction_bits ? bf16_from_fp32(bits) : bits);
    }
  }
  return vectors;
}

}  // namespace

TEST_CASE("sums over nodes are within their error bound of long double", "[allreduce]") {
  const auto [rows, cols] = GENERATE(table<unsigned, unsigned>({{1, 1}, {1, 7}, {5, 1}, {4, 4}, {18, 19}}));
  for (const Format& format : {kFp32, kBf16}) {
    const std::size_t count = 1000, nodes = std::size_t{rows} * cols;
    const std::vector<NodeVector> vectors = random_vectors(nodes, count, format, test::seed());
    const NodeVector sums = allreduce(rows, cols, vectors, format);
    const long double unit = std::pow(2.0L, -1 - format.fraction_bits);
    const long double bound = std::pow(1 + unit, static_cast<long double>(nodes - 1)) - 1;
    std::size_t outside = 0, inexact = 0;
    for (std::size_t i = 0; i < count; ++i) {
      long double exact = 0, magnitude = 0;
      for (const NodeVector& v : vectors) {
        exact += value_of(v[i], format);
        magnitude += std::fabs(value_of(v[i], format));
      }
      const long double error = std::fabs(value_of(sums[i], format) - exact);
      outside += error <= bound * magnitude ? 0 : 1;
      inexact += error > 0 ? 1 : 0;
    }
    CAPTURE(rows, cols, format.fraction_bits);
    CHECK(outside == 0);
    CHECK((nodes == 1) == (inexact == 0));
  }
}

TEST_CASE("a sum begins behind its owner, along the row first", "[allreduce]") {
  // One line for each node of 2x3. 2^24 swallows a one that is added to it, and not two that were added before.
  const unsigned rows = 2, cols = 3;
  const std::size_t lane = 16;
  const auto sum = [&](const std::vector<float>& values, unsigned y, unsigned x) {
    std::vector<NodeVector> vectors;
    for (const float value : values) vectors.emplace_back(6 * lane, fp32(value));
    const Piece own = owned_piece(6 * lane, 4, rows, cols, y, x);
    CHECK(own.end - own.begin == lane);
    return std::bit_cast<float>(allreduce(rows, cols, vectors, kFp32)[own.begin]);
  };
  const float big = 0x1p24F;
  // Row (0, 0), columns 1, 2, 0: the ones of columns 1 and 2 meet first.
  CHECK(sum({big, 1, 1, 0, 0, 0}, 0, 0) == big + 2);
  // Column 1's order is 2, 0, 1: 1 + big, then 1: both lost.
  CHECK(sum({big, 1, 1, 0, 0, 0}, 0, 1) == big);
  // Rows: a row's ones meet before they meet the other row's number.
  CHECK(sum({big, 0, 0, 1, 1, 0}, 0, 0) == big + 2);
  CHECK(sum({big, 0, 0, 1, 1, 0}, 1, 2) == big + 2);
}

TEST_CASE("pieces are cut by columns, then by rows, the first ones longer", "[allreduce]") {
  // 7 lines of 16 on 2x2: four and three lines, then two and two, two and one; the last line is short.
  const auto piece = [](unsigned y, unsigned x) { return owned_piece(100, 4, 2, 2, y, x); };
  CHECK((piece(0, 0).begin == 0 && piece(0, 0).end == 32));
  CHECK((piece(1, 0).begin == 32 && piece(1, 0).end == 64));
  CHECK((piece(0, 1).begin == 64 && piece(0, 1).end == 96));
  CHECK((piece(1, 1).begin == 96 && piece(1, 1).end == 100));
}

TEST_CASE("an all-to-all is the transpose of the blocks", "[alltoall]") {
  const std::vector<NodeVector> sent{{1, 2, 3, 4}, {5, 6, 7, 8}};
  CHECK(alltoall(sent) == std::vector<NodeVector>{{1, 2, 5, 6}, {3, 4, 7, 8}});
  CHECK(alltoall(alltoall(sent)) == sent);
}

TEST_CASE("vectors of the wrong size are refused", "[allreduce][alltoall]") {
  const std::vector<NodeVector> uneven{{1, 2}, {1}};
  CHECK_THROWS_AS(allreduce(1, 2, uneven, kFp32), std::invalid_argument);
  CHECK_THROWS_AS(allreduce(1, 3, uneven, kFp32), std::invalid_argument);
  CHECK_THROWS_AS(alltoall(uneven), std::invalid_argument);
  CHECK_THROWS_AS(alltoall(std::vector<NodeVector>{{1, 2, 3}, {1, 2, 3}}), std::invalid_argument);
}

}  // namespace tatami::golden
