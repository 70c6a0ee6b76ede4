// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What sequences of moves between lanes do: transposes, reductions, tables. On the golden registers, which the RTL is
// checked against operation by operation.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <vector>

#include "verif/golden/core/simd.hpp"
#include "verif/golden/num/fp32.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {
namespace {

using golden::VectorRegister;
using isa::Op;

VectorRegister run(Op op, unsigned bytes, const VectorRegister& a, const VectorRegister& b,
                   const VectorRegister& old = {}) {
  return golden::execute_simd(op, bytes, {.vs1 = a, .vs2 = b, .old = old}).data;
}

/// Transposes a matrix whose elements fill two registers or more, row by row. A round zips the first half of the
/// elements with the second one, which moves the first bit of an element's number to its end; as many rounds as a row's
/// number has bits change row and column.
std::vector<VectorRegister> transpose(std::vector<VectorRegister> registers, unsigned bytes, unsigned rows, Op low,
                                      Op high) {
  const size_t half = registers.size() / 2;
  for (int round = 0; round < std::countr_zero(rows); ++round) {
    std::vector<VectorRegister> next;
    for (size_t i = 0; i < half; ++i) {
      next.push_back(run(low, bytes, registers[i], registers[half + i]));
      next.push_back(run(high, bytes, registers[i], registers[half + i]));
    }
    registers = next;
  }
  return registers;
}

template <typename Lane>
void check_transpose(unsigned bytes, unsigned side, Op low, Op high) {
  const size_t lanes = bytes / sizeof(Lane), count = side * side / lanes;
  std::vector<VectorRegister> registers(count);
  NumberSource source(seed() + side);
  std::vector<Lane> matrix(side * side);
  for (auto& element : matrix) element = static_cast<Lane>(source.below(1 << 16));
  for (size_t i = 0; i < matrix.size(); ++i) {
    auto values = golden::to_lanes<Lane>(registers[i / lanes]);
    values[i % lanes] = matrix[i];
    registers[i / lanes] = std::bit_cast<VectorRegister>(values);
  }
  const auto result = transpose(registers, bytes, side, low, high);
  for (unsigned row = 0; row < side; ++row) {
    for (unsigned column = 0; column < side; ++column) {
      const size_t at = row * side + column;
      CAPTURE(bytes, side, row, column);
      REQUIRE(golden::to_lanes<Lane>(result[at / lanes])[at % lanes] == matrix[column * side + row]);
    }
  }
}

VectorRegister words(const std::vector<uint32_t>& values) {
  std::array<uint32_t, golden::kMaxSimdBytes / 4> lanes{};
  std::copy(values.begin(), values.end(), lanes.begin());
  return std::bit_cast<VectorRegister>(lanes);
}

/// log2(lanes) pairwise operations of a register with itself.
uint32_t reduce(Op op, unsigned bytes, VectorRegister v) {
  for (unsigned lanes = bytes / 4; lanes > 1; lanes /= 2) v = run(op, bytes, v, v);
  return golden::to_lanes<uint32_t>(v)[0];
}

/// The order of docs/numbers.md: a balanced tree over neighbours.
uint32_t tree_sum(const std::vector<uint32_t>& values) {
  if (values.size() == 1) return values[0];
  std::vector<uint32_t> sums;
  for (size_t i = 0; i < values.size(); i += 2) sums.push_back(golden::fp32_add(values[i], values[i + 1]));
  return tree_sum(sums);
}

}  // namespace

TEST_CASE("Zips transpose 8 x 8 of 16 bit and 16 x 16 of 8 bit, and others", "[vector][permute]") {
  for (const unsigned bytes : {16u, 32u, 64u}) {
    check_transpose<uint16_t>(bytes, 8, Op::VzipHLo, Op::VzipHHi);
    check_transpose<uint8_t>(bytes, 16, Op::VzipBLo, Op::VzipBHi);
    check_transpose<uint16_t>(bytes, 16, Op::VzipHLo, Op::VzipHHi);
    check_transpose<uint32_t>(bytes, 8, Op::VzipWLo, Op::VzipWHi);
    check_transpose<uint64_t>(bytes, 4, Op::VzipDLo, Op::VzipDHi);
  }
}

TEST_CASE("Unzip undoes zip", "[vector][permute]") {
  struct Set {
    Op low, high, even, odd;
  };
  constexpr Set kSets[] = {{Op::VzipBLo, Op::VzipBHi, Op::VunzipBEven, Op::VunzipBOdd},
                           {Op::VzipHLo, Op::VzipHHi, Op::VunzipHEven, Op::VunzipHOdd},
                           {Op::VzipWLo, Op::VzipWHi, Op::VunzipWEven, Op::VunzipWOdd},
                           {Op::VzipDLo, Op::VzipDHi, Op::VunzipDEven, Op::VunzipDOdd}};
  NumberSource source(seed() + 5);
  for (const unsigned bytes : {16u, 32u, 64u}) {
    for (const Set& set : kSets) {
      VectorRegister a{}, b{};
      for (unsigned i = 0; i < bytes; ++i) {
        a[i] = static_cast<uint8_t>(source.below(256)), b[i] = static_cast<uint8_t>(source.below(256));
      }
      const auto low = run(set.low, bytes, a, b), high = run(set.high, bytes, a, b);
      REQUIRE(run(set.even, bytes, low, high) == a);
      REQUIRE(run(set.odd, bytes, low, high) == b);
    }
  }
}

TEST_CASE("A byte shuffle reverses, repeats, and counts modulo the register", "[vector][permute]") {
  constexpr unsigned kBytes = 32;
  VectorRegister a{}, reverse{}, third{}, beyond{};
  for (unsigned i = 0; i < kBytes; ++i) {
    a[i] = static_cast<uint8_t>(7 * i + 1);
    reverse[i] = static_cast<uint8_t>(kBytes - 1 - i), third[i] = 3, beyond[i] = static_cast<uint8_t>(3 * kBytes + i);
  }
  const auto reversed = run(Op::VshufB, kBytes, a, reverse), same = run(Op::VshufB, kBytes, a, third);
  for (unsigned i = 0; i < kBytes; ++i) {
    REQUIRE(reversed[i] == a[kBytes - 1 - i]);
    REQUIRE(same[i] == a[3]);
  }
  CHECK(run(Op::VshufB, kBytes, a, beyond) == a);
}

TEST_CASE("Pairwise operations reduce a register in tree order", "[vector][permute]") {
  NumberSource source(seed() + 9);
  for (const unsigned bytes : {16u, 32u, 64u}) {
    for (int round = 0; round < 200; ++round) {
      std::vector<uint32_t> values(bytes / 4);
      const auto range = source.range();
      for (auto& value : values) value = source.number(kFp32, range);
      const VectorRegister v = words(values);
      REQUIRE(reduce(Op::VaddpFp32, bytes, v) == tree_sum(values));
      REQUIRE(reduce(Op::VminpFp32, bytes, v) ==
              std::accumulate(values.begin() + 1, values.end(), values[0], golden::fp32_min));
      REQUIRE(reduce(Op::VmaxpFp32, bytes, v) ==
              std::accumulate(values.begin() + 1, values.end(), values[0], golden::fp32_max));
      REQUIRE(reduce(Op::VaddpI32, bytes, v) == std::accumulate(values.begin(), values.end(), 0u));
    }
  }
}

TEST_CASE("Comparisons agree with the host's, and a mask selects", "[vector][permute]") {
  constexpr unsigned kBytes = 16;
  const auto numbers = special_numbers(kFp32);
  for (const uint32_t x : numbers) {
    for (const uint32_t y : numbers) {
      const float fx = std::bit_cast<float>(x), fy = std::bit_cast<float>(y);
      const auto sx = static_cast<int32_t>(x), sy = static_cast<int32_t>(y);
      const VectorRegister a = words({x, x, x, x}), b = words({y, y, y, y});
      const auto holds = [&](Op op) {
        const auto mask = golden::to_lanes<uint32_t>(run(op, kBytes, a, b));
        REQUIRE((mask[1] == 0 || mask[1] == 0xffffffff));
        REQUIRE(golden::to_lanes<uint32_t>(run(Op::Vsel, kBytes, a, b, run(op, kBytes, a, b)))[2] ==
                (mask[1] != 0 ? x : y));
        return mask[1] != 0;
      };
      CAPTURE(x, y);
      REQUIRE(holds(Op::VceqFp32) == (fx == fy));
      REQUIRE(holds(Op::VcltFp32) == (fx < fy));
      REQUIRE(holds(Op::VcleFp32) == (fx <= fy));
      REQUIRE(holds(Op::VceqI32) == (x == y));
      REQUIRE(holds(Op::VcltI32) == (sx < sy));
      REQUIRE(holds(Op::VcleI32) == (sx <= sy));
      REQUIRE(holds(Op::VcltuI32) == (x < y));
      REQUIRE(holds(Op::VcleuI32) == (x <= y));
      // The upper half of an FP32 number is a BF16 number.
      const float hx = std::bit_cast<float>(x & 0xffff0000), hy = std::bit_cast<float>(y & 0xffff0000);
      const auto upper = [&](Op op) { return golden::to_lanes<uint16_t>(run(op, kBytes, a, b))[3] != 0; };
      REQUIRE(upper(Op::VceqBf16) == (hx == hy));
      REQUIRE(upper(Op::VcltBf16) == (hx < hy));
      REQUIRE(upper(Op::VcleBf16) == (hx <= hy));
    }
  }
}

TEST_CASE("Integer lanes of 8, 16 and 32 bits wrap and compare as signed numbers", "[vector][permute]") {
  constexpr unsigned kBytes = 16;
  const VectorRegister a = words({0x7fff'80ff, 0x0001'ffff, 100'000, 0xffff'fffe});
  const VectorRegister b = words({0x0001'ff01, 0x8000'0001, 100'000, 3});
  const auto word = [&](Op op, size_t i) { return golden::to_lanes<uint32_t>(run(op, kBytes, a, b))[i]; };
  CHECK(word(Op::VaddI16, 0) == 0x8000'8000);
  CHECK(word(Op::VaddI8, 0) == 0x7f00'7f00);
  CHECK(word(Op::VsubI16, 1) == 0x8001'fffe);
  CHECK(word(Op::VsubI8, 1) == 0x8001'fffe);
  CHECK(word(Op::VminI16, 0) == 0x0001'80ff);
  CHECK(word(Op::VmaxI16, 0) == 0x7fff'ff01);
  CHECK(word(Op::VminI8, 1) == 0x8000'ffff);
  CHECK(word(Op::VmaxI8, 1) == 0x0001'0001);
  CHECK(word(Op::VmulI32, 2) == 1'410'065'408);  // 10^10 modulo 2^32
  CHECK(word(Op::VmulI32, 3) == 0xffff'fffa);
  CHECK(word(Op::VminI32, 3) == 0xffff'fffe);
  CHECK(word(Op::VmaxI32, 3) == 3);
}

}  // namespace tatami::test
