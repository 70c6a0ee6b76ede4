// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Every code of every format, and conversions to nearest, against MPFR.

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <vector>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/convert.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/formats/reference.hpp"

namespace tatami::test {
namespace {

using golden::Flagged;
using golden::NumberClass;

uint32_t codes(const Descriptor& descriptor) { return uint32_t{1} << descriptor.format().bits; }

/// Whether a decoded number is what MPFR says, bit for bit of the value.
bool agrees(const golden::Number& number, const Meaning& expected) {
  if (number.denormal != expected.denormal) return false;
  if (std::isnan(expected.value)) return number.type == NumberClass::kNan;
  if (number.negative != std::signbit(expected.value)) return false;
  if (std::isinf(expected.value)) return number.type == NumberClass::kInfinity;
  return number.type == NumberClass::kFinite &&
         std::ldexp(static_cast<double>(number.significand), number.exponent) == std::abs(expected.value);
}

/// What widening must give.
Flagged widened(const Meaning& expected) {
  const unsigned flags = expected.denormal ? golden::flag::kDenormal : 0;
  if (std::isnan(expected.value)) return {0x7fc00000, golden::flag::kInvalid};
  return {std::bit_cast<uint32_t>(static_cast<float>(expected.value)), flags};
}

/// Compares the golden narrowing of one FP32 pattern, to nearest, with the table of the destination.
bool narrows(uint32_t fp32, const Descriptor& descriptor, const Narrowing& expected) {
  const Flagged result = golden::narrow(fp32, descriptor, 0);
  if (result == expected(fp32, false, 0)) return true;
  const Flagged right = expected(fp32, false, 0);
  UNSCOPED_INFO(descriptor.format().name << " bias " << int{descriptor.bias} << " gradual " << descriptor.gradual
                                         << std::hex << " of " << fp32 << ": " << result.bits << " flags "
                                         << result.flags << ", right is " << right.bits << " flags " << right.flags);
  return false;
}

/// All FP32 patterns that codes of at most 16 bits widen to, at the given biases, without repetitions.
std::vector<uint32_t> narrow_sources(const std::vector<unsigned>& biases) {
  std::vector<uint32_t> result;
  for (const Descriptor& descriptor : narrow_descriptors(biases)) {
    for (uint32_t code = 0; code < codes(descriptor); ++code) result.push_back(golden::widen(code, descriptor).bits);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
  }
  return result;
}

/// Every source to every destination, all at the given biases.
void check_all_pairs(const std::vector<unsigned>& biases) {
  const std::vector<uint32_t> sources = narrow_sources(biases);
  INFO(sources.size() << " different sources");
  for (const Descriptor& to : narrow_descriptors(biases)) {
    const Narrowing& expected = narrowing(to);
    bool good = true;
    for (const uint32_t fp32 : sources) good &= narrows(fp32, to, expected);
    REQUIRE(good);
  }
}

/// Boundaries of every destination at the given biases: each number, each midpoint, their FP32 neighbours, both signs.
void check_boundaries(const std::vector<unsigned>& biases) {
  for (const Descriptor& to : narrow_descriptors(biases)) {
    const Narrowing& expected = narrowing(to);
    bool good = true;
    for (const Narrowing::Interval& interval : expected.intervals()) {
      for (const double place : {interval.lo, interval.middle}) {
        const auto bits = std::bit_cast<uint32_t>(static_cast<float>(place));
        for (const uint32_t near : {bits - 1, bits, bits + 1}) {
          if (near == 0xffffffff) continue;  // below zero
          good &= narrows(near & 0x7fffffff, to, expected) && narrows(near | 0x80000000, to, expected);
        }
      }
    }
    REQUIRE(good);
  }
}

/// FP32 patterns of all kinds: any bits, and magnitudes that lie where the destinations are.
uint32_t random_fp32(std::mt19937_64& random) {
  const uint64_t word = random();
  const auto low = static_cast<uint32_t>(word);
  if ((word >> 62) == 0) return low;
  const auto exponent = static_cast<uint32_t>(127 - 90 + (word >> 40) % 140);
  // Few significand bits more often than chance would: ties and exact numbers.
  const uint32_t fraction = (low & 0x7fffff) & ~((uint32_t{1} << (word >> 32) % 24) - 1);
  return (low & 0x80000000) | exponent << 23 | fraction;
}

void check_random(uint64_t count) {
  std::mt19937_64 random(seed());
  std::vector<Descriptor> destinations = narrow_descriptors(all_biases());
  bool good = true;
  for (uint64_t i = 0; i < count && good; ++i) {
    const uint32_t fp32 = random_fp32(random);
    const uint64_t choice = random();
    Descriptor to = destinations[choice % destinations.size()];
    to.stochastic = (choice >> 32 & 1) != 0;
    const auto number = static_cast<uint32_t>(choice >> 40);
    const Flagged result = golden::narrow(fp32, to, number), right = narrowing(to)(fp32, to.stochastic, number);
    if (result == right) continue;
    good = false;
    CAPTURE(fp32, to.format().name, int{to.bias}, to.gradual, to.stochastic, number, result.bits, result.flags);
    CHECK(result == right);
  }
}

}  // namespace

TEST_CASE("every descriptor packs, unpacks and is legal exactly when its fields are", "[formats]") {
  unsigned legal = 0;
  for (uint32_t bits = 0; bits < 1U << 16; ++bits) {
    const auto half = static_cast<uint16_t>(bits);
    const unsigned kind = bits & 15, bias = bits >> 4 & 63;
    const bool configurable = kind == 3 || kind == 5 || kind == 6;
    const bool known = kind <= 10 && kind != 7;
    const bool expected = known && (configurable || (bias == 0 && (bits >> 11 & 1) == 0)) &&
                          !(kind == 1 && (bits >> 10 & 1) != 0) && bits >> 12 == 0;
    if (Descriptor::legal(half) != expected) FAIL("legal() is wrong of " << bits);
    if (!expected) continue;
    ++legal;
    if (Descriptor::unpack(half).pack() != half) FAIL("pack() is wrong of " << bits);
  }
  // Three kinds with 64 biases, two denormal and two rounding modes; six with two rounding modes; fp32.
  CHECK(legal == 3 * 64 * 4 + 6 * 2 + 1);
  CHECK(Descriptor::unpack(0) == Descriptor{Kind::kBf16, 0, false, false});
}

TEST_CASE("every 8-bit and 16-bit code at every bias and denormal mode means what MPFR computes", "[formats]") {
  for (const Descriptor& descriptor : narrow_descriptors(all_biases())) {
    CAPTURE(descriptor.format().name, int{descriptor.bias}, descriptor.gradual);
    for (uint32_t code = 0; code < codes(descriptor); ++code) {
      const Meaning expected = meaning(code, descriptor);
      if (!agrees(golden::decode(code, descriptor), expected)) FAIL("decode of code " << code);
      if (golden::widen(code, descriptor) != widened(expected)) FAIL("widening of code " << code);
      const float wide = std::bit_cast<float>(golden::widen(code, descriptor).bits);
      if (!std::isnan(expected.value) && wide != expected.value) FAIL("widening of code " << code << " is not exact");
    }
  }
}

TEST_CASE("values of the white paper's tables", "[formats]") {
  const Descriptor e143{Kind::kCfp8143, 0, false, false}, e152{Kind::kCfp8152, 0, false, false};
  const auto value = [](uint32_t code, const Descriptor& d) {
    return std::bit_cast<float>(golden::widen(code, d).bits);
  };
  CHECK(value(0x01, e143) == 0.125F);
  CHECK(value(0x07, e143) == 0.875F);
  CHECK(value(0x08, e143) == 2.0F);
  CHECK(value(0x4b, e143) == 704.0F);
  CHECK(value(0x7f, e143) == 61440.0F);
  CHECK(value(0xff, e143) == -61440.0F);
  CHECK(value(0x03, e152) == 0.75F);
  CHECK(value(0x04, e152) == 2.0F);
  CHECK(value(0x07, {Kind::kCfp8143, 0, false, true}) == 1.75F);
}

TEST_CASE("32-bit codes decode and widen as MPFR says", "[formats]") {
  std::mt19937_64 random(seed());
  for (const Kind kind : {Kind::kFp32, Kind::kInt32}) {
    const Descriptor descriptor{kind, 0, false, false};
    for (int i = 0; i < 300000; ++i) {
      // Few bits set or cleared as often as any bits: denormals, ties of the integers, all exponents.
      const auto any = static_cast<uint32_t>(random());
      const uint32_t code = i % 2 == 0 ? any : i % 4 == 1 ? any >> any % 32 : (any | 1) << any % 32;
      const Meaning expected = meaning(code, descriptor);
      REQUIRE(agrees(golden::decode(code, descriptor), expected));
      Flagged right = widened(expected);
      if (kind == Kind::kInt32) right.bits = round_by_mpfr(expected.value, formats::format_of(Kind::kFp32));
      REQUIRE(golden::widen(code, descriptor) == right);
    }
  }
}

TEST_CASE("conversions between all pairs of formats at some biases", "[formats]") { check_all_pairs({0, 7, 31, 63}); }

TEST_CASE("conversions between all pairs of formats at all biases", "[.nightly][formats]") {
  check_all_pairs(all_biases());
}

TEST_CASE("a conversion is a widening and a narrowing", "[formats]") {
  std::mt19937_64 random(seed());
  const std::vector<Descriptor> descriptors = all_descriptors();
  for (int i = 0; i < 300000; ++i) {
    const Descriptor& from = descriptors[random() % descriptors.size()];
    Descriptor to = descriptors[random() % descriptors.size()];
    to.stochastic = to.kind != Kind::kFp32 && random() % 2 == 0;
    const auto code = static_cast<uint32_t>(random());
    const auto number = static_cast<uint32_t>(random() >> 40);
    const Flagged wide = golden::widen(code, from), result = golden::narrow(wide.bits, to, number);
    REQUIRE(golden::convert(code, from, to, number) == Flagged{result.bits, wide.flags | result.flags});
  }
}

TEST_CASE("all rounding boundaries of all destinations at some biases", "[formats]") { check_boundaries({0, 20, 63}); }

TEST_CASE("all rounding boundaries of all destinations at all biases", "[.nightly][formats]") {
  check_boundaries(all_biases());
}

TEST_CASE("a million random FP32 numbers to random formats, both roundings", "[formats]") { check_random(1000000); }

TEST_CASE("a hundred million random FP32 numbers to random formats, both roundings", "[.nightly][formats]") {
  check_random(100000000);
}

TEST_CASE("IEEE formats round as MPFR's own arithmetic does", "[formats]") {
  std::mt19937_64 random(seed() + 1);
  for (int i = 0; i < 300000; ++i) {
    const uint32_t fp32 = random_fp32(random);
    const float x = std::bit_cast<float>(fp32);
    if (std::isnan(x)) continue;
    for (const Kind kind : {Kind::kBf16, Kind::kFp16, Kind::kFp32}) {
      REQUIRE(golden::narrow(fp32, {kind, 0, false, false}, 0).bits == round_by_mpfr(x, formats::format_of(kind)));
    }
    REQUIRE(golden::narrow(fp32, {}, 0).bits == golden::bf16_from_fp32(fp32));
  }
}

TEST_CASE("FP32 to 32-bit integers", "[formats]") {
  std::mt19937_64 random(seed() + 2);
  for (int i = 0; i < 300000; ++i) {
    const uint32_t fp32 = random_fp32(random), number = static_cast<uint32_t>(random() >> 40);
    const double x = std::bit_cast<float>(fp32);
    for (const bool stochastic : {false, true}) {
      Flagged right{0, golden::flag::kInvalid};
      if (!std::isnan(x)) {
        const double down = std::trunc(x), away = down + (x < 0 ? -1 : 1);
        const double rounded = !stochastic                                                ? std::nearbyint(x)
                               : std::abs(x - down) * 0x1p24 > number && std::isfinite(x) ? away
                                                                                          : down;
        const double limited = std::min(std::max(rounded, -0x1p31), 0x1p31 - 1);
        right.bits = static_cast<uint32_t>(static_cast<int64_t>(limited));
        right.flags = (limited != rounded ? golden::flag::kInvalid : 0) |
                      (std::fpclassify(static_cast<float>(x)) == FP_SUBNORMAL ? golden::flag::kDenormal : 0);
      }
      REQUIRE(golden::narrow(fp32, {Kind::kInt32, 0, stochastic, false}, number) == right);
    }
  }
}

}  // namespace tatami::test
