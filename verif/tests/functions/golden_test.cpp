// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The golden functions against MPFR: errors, special operands, flags. The bounds are those of docs/numbers.md.
#include <cstdint>
#include <random>

#include "verif/tests/functions/reference.hpp"

namespace tatami::test {
namespace {

constexpr uint32_t kSign = 0x80000000, kInfinity = 0x7f800000, kNan = 0x7fc00000, kOne = 0x3f800000;
constexpr uint32_t kSmallestNormal = 0x00800000, kLargest = 0x7f7fffff;
constexpr uint32_t kPow2Minus128 = 0x00200000;  // the largest number whose reciprocal is infinite
constexpr uint32_t kPow2Of126 = 0x7e800000;

uint32_t bits(float value) { return std::bit_cast<uint32_t>(value); }

/// What docs/numbers.md promises, in units in the last place.
double bound(Function function) {
  switch (function) {
    case Function::kRcp: return 0.83;
    case Function::kSqrt: return 0.67;
    case Function::kRsqrt: return 0.65;
    case Function::kExp2: return 0.88;
    case Function::kLog2: return 1.05;
  }
  return 0;
}

void check_worst(Function function, const WorstError& error) {
  INFO(name_of(function) << " of 0x" << std::hex << error.at() << std::dec << ": " << error.worst() << " ulp, worst of "
                         << error.count());
  CHECK(error.worst() < bound(function));
}

/// Whether x is finite, in the domain, and has a finite result that is not a zero of an infinite operand.
bool is_ordinary(Function function, uint32_t x) {
  if ((x & ~kSign) >= kInfinity) return false;
  if (function == Function::kExp2) return !(std::bit_cast<float>(x) >= 128);
  if (function == Function::kRcp) return (x & ~kSign) > kPow2Minus128;
  return x != 0 && (x & kSign) == 0;
}

/// Any operand; those of exp2 mostly where its result is neither 0, 1 nor infinite.
uint32_t random_operand(Function function, std::mt19937_64& random) {
  const auto x = static_cast<uint32_t>(random());
  if (function != Function::kExp2 || random() % 8 == 0) return x;
  const auto exponent = static_cast<uint32_t>(127 - 26 + random() % 34);
  return (x & 0x807fffff) | exponent << 23;
}

template <typename Visit>
void for_range(uint32_t first, uint32_t last, Visit&& visit) {
  for (uint32_t x = first; x < last; ++x) visit(x);
}

}  // namespace

TEST_CASE("Functions of a million random operands are within their bounds", "[functions][golden]") {
  for (const Function function : kFunctions) {
    std::mt19937_64 random(seed() * 7 + static_cast<unsigned>(function));
    WorstError error(function);
    while (error.count() < 1'000'000) {
      const uint32_t x = random_operand(function, random);
      if (is_ordinary(function, x)) error(x);
    }
    check_worst(function, error);
  }
}

TEST_CASE("Functions are within their bounds where results are subnormal, huge or close to zero",
          "[functions][golden]") {
  SECTION("rcp of subnormal and of huge operands") {
    WorstError error(Function::kRcp);
    for (uint32_t x = kPow2Minus128 + 1; x < kSmallestNormal + 1000; x += 7) error(x);
    for (uint32_t x = kPow2Of126 - 1000; x <= kLargest; x += 17) error(x), error(x | kSign);
    check_worst(Function::kRcp, error);
  }
  SECTION("exp2 near overflow, and everywhere it underflows") {
    WorstError error(Function::kExp2);
    for_range(bits(127), bits(128), error);
    for_range(bits(-125), bits(-152), error);
    check_worst(Function::kExp2, error);
  }
  SECTION("exp2 near zero") {
    WorstError error(Function::kExp2);
    for (uint32_t x = 0; x < bits(0.5F); x += 7919) error(x), error(x | kSign);
    check_worst(Function::kExp2, error);
  }
  SECTION("log2 near one") {
    WorstError error(Function::kLog2);
    for_range(kOne - 100'000, kOne + 100'000, error);
    check_worst(Function::kLog2, error);
  }
  SECTION("roots of subnormal operands") {
    for (const Function function : {Function::kSqrt, Function::kRsqrt, Function::kLog2}) {
      WorstError error(function);
      for_range(1, 10'000, error);
      for (uint32_t x = 10'001; x < kSmallestNormal; x += 31) error(x);
      check_worst(function, error);
    }
  }
}

TEST_CASE("Functions of special operands follow IEEE 754", "[functions][golden]") {
  using namespace golden::flag;
  const auto check = [](Function function, uint32_t x, uint32_t result, unsigned flags) {
    INFO(name_of(function) << " of 0x" << std::hex << x);
    const golden::Flagged found = golden::fp32_function(function, x);
    CHECK(found.bits == result);
    CHECK(found.flags == flags);
  };
  for (const Function function : kFunctions) {
    for (const uint32_t nan : {0x7fc00000u, 0x7f800001u, 0xffc00000u, 0xffffffffu})
      check(function, nan, kNan, kInvalid);
  }
  for (const uint32_t sign : {0u, kSign}) {
    check(Function::kRcp, sign, sign | kInfinity, kOverflow);
    check(Function::kRcp, sign | kInfinity, sign, 0);
    check(Function::kRcp, sign | 1, sign | kInfinity, kOverflow | kDenormal);
    check(Function::kRcp, sign | kPow2Minus128, sign | kInfinity, kOverflow | kDenormal);
    check(Function::kRcp, sign | kPow2Of126, sign | kSmallestNormal, 0);
    check(Function::kRcp, sign | 0x7f000000, sign | 0x00400000, 0);         // 2^127, exactly
    check(Function::kRcp, sign | kLargest, sign | 0x00200000, kUnderflow);  // just above 2^-128
    check(Function::kSqrt, sign, sign, 0);
    check(Function::kRsqrt, sign, sign | kInfinity, kOverflow);
    check(Function::kExp2, sign, kOne, 0);
    check(Function::kExp2, sign | 1, kOne, kDenormal);
    check(Function::kLog2, sign, kSign | kInfinity, kOverflow);
  }
  for (const Function function : {Function::kSqrt, Function::kRsqrt, Function::kLog2}) {
    check(function, kSign | kInfinity, kNan, kInvalid);
    check(function, kSign | kOne, kNan, kInvalid);
    check(function, kSign | 1, kNan, kInvalid | kDenormal);
  }
  check(Function::kSqrt, kInfinity, kInfinity, 0);
  check(Function::kRsqrt, kInfinity, 0, 0);
  check(Function::kLog2, kInfinity, kInfinity, 0);
  check(Function::kLog2, kOne, 0, 0);
  check(Function::kExp2, kInfinity, kInfinity, 0);
  check(Function::kExp2, kSign | kInfinity, 0, 0);
  check(Function::kExp2, bits(128), kInfinity, kOverflow);
  check(Function::kExp2, kLargest, kInfinity, kOverflow);
  check(Function::kExp2, bits(-126), kSmallestNormal, 0);
  check(Function::kExp2, bits(-149), 1, 0);
  check(Function::kExp2, bits(-149.9F), 1, kUnderflow);
  check(Function::kExp2, bits(-151), 0, kUnderflow);
  check(Function::kExp2, bits(-256), 0, kUnderflow);
  check(Function::kExp2, kSign | kLargest, 0, kUnderflow);
}

TEST_CASE("Functions of powers of two are exact where the result is a number", "[functions][golden]") {
  for (int e = -149; e <= 127; ++e) {
    const uint32_t x = bits(std::ldexp(1.0F, e));
    INFO(e);
    CHECK(golden::fp32_function(Function::kLog2, x).bits == bits(static_cast<float>(e)));
    CHECK(golden::fp32_function(Function::kExp2, bits(static_cast<float>(e))).bits == x);
    if (e > -128) CHECK(golden::fp32_function(Function::kRcp, x).bits == bits(std::ldexp(1.0F, -e)));
    if (e % 2 != 0) continue;
    CHECK(golden::fp32_function(Function::kSqrt, x).bits == bits(std::ldexp(1.0F, e / 2)));
    CHECK(golden::fp32_function(Function::kRsqrt, x).bits == bits(std::ldexp(1.0F, -e / 2)));
  }
}

TEST_CASE("Square roots of squares are exact", "[functions][golden]") {
  for (uint32_t root = 1; root < 4096; ++root) {
    const auto square = static_cast<float>(root * root);
    INFO(root);
    REQUIRE(golden::fp32_function(Function::kSqrt, bits(square)).bits == bits(static_cast<float>(root)));
  }
}

TEST_CASE("Flags of functions say what MPFR's exact result says", "[functions][golden]") {
  MpfrFunctions mpfr;
  for (const Function function : kFunctions) {
    std::mt19937_64 random(seed() * 13 + static_cast<unsigned>(function));
    for (int i = 0; i < 20'000; ++i) {
      uint32_t x = random_operand(function, random);
      if (function == Function::kExp2 && i % 2 == 0) x = bits(-125 - static_cast<float>(random() % 400) / 16);
      if (function == Function::kRcp && i % 2 == 0) x |= kPow2Of126;
      if (!is_ordinary(function, x)) continue;
      const golden::Flagged found = golden::fp32_function(function, x);
      INFO(name_of(function) << " of 0x" << std::hex << x);
      REQUIRE((found.flags & golden::flag::kUnderflow) / golden::flag::kUnderflow ==
              static_cast<unsigned>(mpfr.underflows(function, x)));
      REQUIRE((found.flags & (golden::flag::kInvalid | golden::flag::kOverflow)) == 0);
    }
  }
}

TEST_CASE("Errors over all significands", "[functions][golden][.nightly]") {
  SECTION("rcp") {
    WorstError error(Function::kRcp);
    for_range(kOne, bits(2), error);
    for_range(kPow2Minus128 + 1, kSmallestNormal, error);
    for_range(kPow2Of126, kInfinity, error);
    check_worst(Function::kRcp, error);
  }
  SECTION("roots, both parities of the exponent, and subnormals") {
    for (const Function function : {Function::kSqrt, Function::kRsqrt}) {
      WorstError error(function);
      for_range(kOne, bits(4), error);
      for_range(1, kSmallestNormal, error);
      check_worst(function, error);
    }
  }
  SECTION("exp2, every operand from 2^-27 to 2 and its negative") {
    WorstError error(Function::kExp2);
    for (uint32_t x = bits(0x1p-27F); x < bits(2); ++x) error(x), error(x | kSign);
    check_worst(Function::kExp2, error);
  }
  SECTION("log2, all of [1/4, 4), and large exponents") {
    WorstError error(Function::kLog2);
    for_range(bits(0.25F), bits(4), error);
    for_range(bits(0x1p127F), kInfinity, error);
    for_range(1, 2 * kSmallestNormal, error);
    check_worst(Function::kLog2, error);
  }
}

}  // namespace tatami::test
