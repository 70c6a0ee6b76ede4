// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The golden lane operations against MPFR and against the host's floating-point unit.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "verif/golden/num/simd.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/num/mpfr_number.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {
namespace {

constexpr int kRandomTriples = 300'000;

struct Triple {
  uint32_t a, b, c;
};

template <typename Check>
void for_triples(const Format& format, uint64_t salt, Check check) {
  const auto numbers = special_numbers(format);
  for (const uint32_t a : numbers) {
    for (const uint32_t b : numbers) {
      for (const uint32_t c : numbers) check(Triple{a, b, c});
    }
  }
  NumberSource source(seed() * 101 + salt);
  for (int i = 0; i < kRandomTriples; ++i) {
    const auto range = source.range();
    Triple t{source.number(format, range), source.number(format, range),
             source.number(format, source.chance(2) ? range : source.range())};
    if (source.chance(4)) {  // the addend nearly cancels the product
      t.c = golden::fused_multiply_add(format, t.a, t.b, 0) ^ format.sign_bit() ^ source.below(2);
    }
    check(t);
  }
}

void check_against_mpfr(const Format& format, uint64_t salt) {
  MpfrFormat reference(format);
  const uint32_t one = static_cast<uint32_t>(format.bias()) << format.fraction_bits;
  for_triples(format, salt, [&](const Triple& t) {
    const bool same = golden::fused_multiply_add(format, t.a, t.b, t.c) == reference.fma(t.a, t.b, t.c);
    const bool same_add = golden::fused_multiply_add(format, t.a, one, t.c) == reference.add(t.a, t.c);
    if (!same || !same_add) {
      CAPTURE(t.a, t.b, t.c);
      REQUIRE(golden::fused_multiply_add(format, t.a, t.b, t.c) == reference.fma(t.a, t.b, t.c));
      REQUIRE(golden::fused_multiply_add(format, t.a, one, t.c) == reference.add(t.a, t.c));
    }
  });
}

}  // namespace

TEST_CASE("FP32 multiply-add and addition equal MPFR", "[num][golden]") { check_against_mpfr(kFp32, 1); }

TEST_CASE("BF16 multiply-add and addition equal MPFR", "[num][golden]") { check_against_mpfr(kBf16, 2); }

TEST_CASE("Flags of multiply-adds say what MPFR's exact result says", "[num][golden]") {
  for (const Format& format : {kFp32, kBf16}) {
    ExactMultiplyAdd exact(format);
    for_triples(format, 5, [&](const Triple& t) {
      const auto result = golden::flagged_multiply_add(format, t.a, t.b, t.c);
      if (result.flags == exact.flags(t.a, t.b, t.c, result.bits)) return;
      CAPTURE(format.fraction_bits, t.a, t.b, t.c, result.bits);
      REQUIRE(result.flags == exact.flags(t.a, t.b, t.c, result.bits));
    });
  }
}

TEST_CASE("Subtraction and multiplication lanes equal MPFR", "[num][golden]") {
  SECTION("FP32") {
    MpfrFormat reference(kFp32);
    for_triples(kFp32, 3, [&](const Triple& t) {
      const bool same_sub = golden::fp32_sub(t.a, t.b) == reference.sub(t.a, t.b);
      if (same_sub && golden::fp32_mul(t.a, t.c) == reference.mul(t.a, t.c)) return;
      CAPTURE(t.a, t.b, t.c);
      REQUIRE(golden::fp32_sub(t.a, t.b) == reference.sub(t.a, t.b));
      REQUIRE(golden::fp32_mul(t.a, t.c) == reference.mul(t.a, t.c));
    });
  }
  SECTION("BF16") {
    MpfrFormat reference(kBf16);
    for_triples(kBf16, 4, [&](const Triple& t) {
      const auto a = static_cast<uint16_t>(t.a), b = static_cast<uint16_t>(t.b), c = static_cast<uint16_t>(t.c);
      if (golden::bf16_sub(a, b) == reference.sub(a, b) && golden::bf16_mul(a, c) == reference.mul(a, c)) return;
      CAPTURE(a, b, c);
      REQUIRE(golden::bf16_sub(a, b) == reference.sub(a, b));
      REQUIRE(golden::bf16_mul(a, c) == reference.mul(a, c));
    });
  }
}

TEST_CASE("FP32 multiply-add equals the host's", "[num][golden]") {
  for_triples(kFp32, 5, [&](const Triple& t) {
    const float host = std::fma(std::bit_cast<float>(t.a), std::bit_cast<float>(t.b), std::bit_cast<float>(t.c));
    const uint32_t expected = std::isnan(host) ? kFp32.canonical_nan() : std::bit_cast<uint32_t>(host);
    if (golden::fp32_fma(t.a, t.b, t.c) == expected) return;
    CAPTURE(t.a, t.b, t.c);
    REQUIRE(golden::fp32_fma(t.a, t.b, t.c) == expected);
  });
}

TEST_CASE("Minimum and maximum are minimumNumber and maximumNumber", "[num][golden]") {
  NumberSource source(seed() + 6);
  for (int i = 0; i < kRandomTriples; ++i) {
    const uint32_t a = source.number(kFp32, NumberSource::Range::kNearOne);
    const uint32_t b = source.chance(4) ? a ^ source.below(2) : source.number(kFp32, NumberSource::Range::kNearOne);
    const float x = std::bit_cast<float>(a), y = std::bit_cast<float>(b);
    uint32_t low = a, high = b;
    if (std::isnan(x) || std::isnan(y)) {
      low = high = !std::isnan(x) ? a : !std::isnan(y) ? b : kFp32.canonical_nan();
    } else if (y < x || (x == y && std::signbit(y))) {
      low = b, high = a;
    }
    if (golden::fp32_min(a, b) == low && golden::fp32_max(a, b) == high) continue;
    CAPTURE(a, b);
    REQUIRE(golden::fp32_min(a, b) == low);
    REQUIRE(golden::fp32_max(a, b) == high);
  }
  CHECK(golden::fp32_min(0x00000000, 0x80000000) == 0x80000000);
  CHECK(golden::fp32_max(0x80000000, 0x00000000) == 0x00000000);
  CHECK(golden::fp32_min(0x7f800001, 0x3f800000) == 0x3f800000);
  CHECK(golden::bf16_min(0x0000, 0x8000) == 0x8000);
  CHECK(golden::bf16_max(0xff80, 0xffc1) == 0xff80);
  CHECK(golden::bf16_max(0xffc1, 0x7f81) == 0x7fc0);
}

TEST_CASE("Conversions to BF16 round once to nearest even", "[num][golden]") {
  MpfrFormat reference(kBf16);
  SECTION("every BF16 number survives the way to FP32 and back") {
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
      const auto value = static_cast<uint16_t>(bits);
      const uint16_t expected = kBf16.is_nan(bits) ? 0x7fc0 : value;
      if (golden::bf16_from_float(golden::bf16_to_float(value)) != expected) {
        CAPTURE(bits);
        REQUIRE(golden::bf16_from_float(golden::bf16_to_float(value)) == expected);
      }
    }
  }
  SECTION("FP32 numbers at, just below and just above every midpoint") {
    for (uint32_t upper = 0; upper < 0x10000; ++upper) {
      for (const uint32_t lower : {0x0000u, 0x0001u, 0x7fffu, 0x8000u, 0x8001u, 0xffffu}) {
        const uint32_t bits = upper << 16 | lower;
        const uint32_t expected = reference.from_double(static_cast<double>(std::bit_cast<float>(bits)));
        if (golden::bf16_from_fp32(bits) != expected) {
          CAPTURE(bits);
          REQUIRE(golden::bf16_from_fp32(bits) == expected);
        }
      }
    }
  }
  SECTION("doubles, among them those that rounding through float would get wrong") {
    NumberSource source(seed() + 7);
    for (int i = 0; i < kRandomTriples; ++i) {
      const auto base = static_cast<uint16_t>(source.number(kBf16, NumberSource::Range::kAny));
      const double midpoint = 0.5 * (static_cast<double>(golden::bf16_to_float(base)) +
                                     static_cast<double>(golden::bf16_to_float(static_cast<uint16_t>(base + 1))));
      const double direction = source.chance(2) ? HUGE_VAL : -HUGE_VAL;
      const double value = source.chance(3) ? midpoint : std::nextafter(midpoint, direction);
      if (golden::bf16_from_double(value) != reference.from_double(value)) {
        CAPTURE(base, value);
        REQUIRE(golden::bf16_from_double(value) == reference.from_double(value));
      }
    }
    CHECK(golden::bf16_from_double(1.0 + 0x1p-8 + 0x1p-40) == 0x3f81);  // through float: a tie, to 0x3f80
    CHECK(golden::bf16_from_double(std::numeric_limits<double>::denorm_min()) == 0);
    CHECK(golden::bf16_from_double(-1e300) == 0xff80);
    CHECK(golden::bf16_from_double(std::numeric_limits<double>::quiet_NaN()) == 0x7fc0);
  }
}

TEST_CASE("Integer lanes wrap and shift by the low five bits", "[num][golden]") {
  CHECK(golden::i32_add(0xffffffff, 1) == 0);
  CHECK(golden::i32_sub(0, 1) == 0xffffffff);
  CHECK(golden::i32_sll(1, 33) == 2);
  CHECK(golden::i32_srl(0x80000000, 63) == 1);
  CHECK(golden::i32_sra(0x80000000, 31) == 0xffffffff);
}

}  // namespace tatami::test
