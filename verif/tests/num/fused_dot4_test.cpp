// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The golden matrix step against a second computation of its definition with big integers, and against its proved
// bound.
#include <gmp.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "verif/golden/num/fused_dot4.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/num/dot_operands.hpp"
#include "verif/tests/num/mpfr_number.hpp"

namespace tatami::test {
namespace {

constexpr int kRandomDots = 1'000'000;
constexpr int kNightlyDots = 10'000'000;
constexpr int kScale = 400;  // big integers count units of 2^-400; the smallest product is 2^-266

/// A step from its definition in docs/numbers.md, with GMP integers and MPFR's rounding.
class ReferenceDot {
 public:
  ReferenceDot() {
    for (auto* integer : {addend_, exact_, truncated_, unit_}) mpz_init(integer);
  }
  ~ReferenceDot() {
    for (auto* integer : {addend_, exact_, truncated_, unit_}) mpz_clear(integer);
  }
  ReferenceDot(const ReferenceDot&) = delete;
  ReferenceDot& operator=(const ReferenceDot&) = delete;

  uint32_t operator()(const DotOperands& operands) {
    finite_ = false;
    // IEEE arithmetic of the host on the exact products decides infinities and NaNs: in double no product overflows.
    double special = static_cast<double>(std::bit_cast<float>(operands.acc));
    special = std::isfinite(special) ? 0.0 : special;
    bool any = false;
    for (size_t k = 0; k < 4; ++k) {
      const double product = value(operands.a[k], operands.a_format) * value(operands.b[k], operands.b_format);
      special += std::isfinite(product) ? 0.0 : product;
      any |= product != 0.0;
    }
    if (std::isnan(special)) return kFp32.canonical_nan();
    if (std::isinf(special)) return std::bit_cast<uint32_t>(static_cast<float>(special));
    if (!any) return operands.acc;

    finite_ = true;
    const double acc = static_cast<double>(std::bit_cast<float>(operands.acc));
    largest_ = acc == 0.0 ? -126 : std::max(std::ilogb(acc), -126);
    for (size_t k = 0; k < 4; ++k) {
      const double a = value(operands.a[k], operands.a_format), b = value(operands.b[k], operands.b_format);
      if (a * b != 0.0) largest_ = std::max(largest_, std::ilogb(a) + std::ilogb(b));
    }
    mpz_set_ui(exact_, 0);
    mpz_set_ui(truncated_, 0);
    add(acc);
    for (size_t k = 0; k < 4; ++k)
      add(value(operands.a[k], operands.a_format) * value(operands.b[k], operands.b_format));
    return format_.from_integer(truncated_, largest_ - 27);
  }

  /// Whether the last step was finite, and `result` lies within the bound of its exact sum.
  bool within_bound(uint32_t result) {
    if (!finite_ || kFp32.is_infinity(result)) return true;
    // |result - exact| < 2^(largest - 25) + max(2^-24 |result|, 2^-150), everything in units of 2^-400.
    const double value = static_cast<double>(std::bit_cast<float>(result));
    set_scaled(addend_, value);
    mpz_sub(exact_, exact_, addend_);
    mpz_abs(exact_, exact_);
    set_scaled(addend_, std::max(std::ldexp(std::fabs(value), -24), std::ldexp(1.0, -150)));
    mpz_set_ui(unit_, 1);
    mpz_mul_2exp(unit_, unit_, static_cast<mp_bitcnt_t>(kScale + largest_ - 25));
    mpz_add(addend_, addend_, unit_);
    return mpz_cmp(exact_, addend_) < 0;
  }

 private:
  /// A code's value by the rules of docs/numbers.md, in the host's arithmetic; every operand fits a double.
  static double value(uint32_t code, const Descriptor& descriptor) {
    const formats::Format& format = descriptor.format();
    const double sign = (code >> (format.bits - 1) & 1) != 0 ? -1.0 : 1.0;
    const auto steps = static_cast<double>(uint32_t{1} << format.fraction_bits);
    const double fraction = static_cast<double>(code % (uint32_t{1} << format.fraction_bits)) / steps;
    const int field = static_cast<int>(code >> format.fraction_bits & ((uint32_t{1} << format.exponent_bits) - 1));
    const int bias = descriptor.effective_bias();
    if (!format.bias_configurable && field == (1 << format.exponent_bits) - 1) {
      return fraction == 0.0 ? sign * std::numeric_limits<double>::infinity()
                             : std::numeric_limits<double>::quiet_NaN();
    }
    const bool literal = format.bias_configurable && !descriptor.gradual;
    if (field == 0) return sign * std::ldexp(fraction, (literal ? 0 : 1) - bias);
    return sign * std::ldexp(1.0 + fraction, field - bias);
  }

  static void set_scaled(mpz_ptr integer, double value) {
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    mpz_set_d(integer, std::ldexp(fraction, 53));
    const int shift = kScale + exponent - 53;
    if (shift >= 0) {
      mpz_mul_2exp(integer, integer, static_cast<mp_bitcnt_t>(shift));
    } else {
      mpz_tdiv_q_2exp(integer, integer, static_cast<mp_bitcnt_t>(-shift));  // only zeros go
    }
  }

  void add(double value) {
    set_scaled(addend_, value);
    mpz_add(exact_, exact_, addend_);
    mpz_tdiv_q_2exp(addend_, addend_, static_cast<mp_bitcnt_t>(kScale + largest_ - 27));
    mpz_add(truncated_, truncated_, addend_);
  }

  MpfrFormat format_{kFp32};
  mpz_t addend_, exact_, truncated_, unit_;
  int largest_ = 0;
  bool finite_ = false;
};

/// A step of BF16 operands.
uint32_t bf16_dot(const std::array<uint16_t, 4>& a, const std::array<uint16_t, 4>& b, uint32_t acc) {
  return DotOperands{a, b, acc}.result();
}

/// A step of integers, in 64 bits.
uint32_t integer_reference(const DotOperands& t) {
  int64_t sum = t.acc;
  for (size_t k = 0; k < 4; ++k) sum += static_cast<int8_t>(t.a[k]) * static_cast<int8_t>(t.b[k]);
  return static_cast<uint32_t>(sum);
}

void check(ReferenceDot& reference, const DotOperands& t) {
  const uint32_t result = t.result();
  if (t.integer()) {
    if (result == integer_reference(t)) return;
    CAPTURE(t.a, t.b, t.acc);
    REQUIRE(result == integer_reference(t));
  }
  if (result == reference(t) && reference.within_bound(result)) return;
  CAPTURE(t.a, t.b, t.acc, t.a_format.pack(), t.b_format.pack(), result);
  REQUIRE(result == reference(t));
  REQUIRE(reference.within_bound(result));
}

}  // namespace

TEST_CASE("The matrix step equals its definition in big integers and keeps its bound", "[num][golden]") {
  ReferenceDot reference;
  SECTION("special values") {
    for_each_special_dot([&](const DotOperands& operands) { check(reference, operands); });
  }
  SECTION("random operands") {
    NumberSource source(seed() * 103);
    for (int i = 0; i < kRandomDots; ++i) check(reference, random_dot(source));
  }
}

TEST_CASE("Ten million matrix steps equal their definition and keep the bound", "[num][golden][.nightly]") {
  ReferenceDot reference;
  NumberSource source(seed() * 101);
  for (int i = 0; i < kNightlyDots; ++i) check(reference, random_dot(source));
}

TEST_CASE("Zero products leave the accumulator as it is", "[num][golden]") {
  NumberSource source(seed() * 107);
  for (int i = 0; i < 10'000; ++i) {
    const uint32_t acc = source.number(kFp32, source.range());
    const auto x = static_cast<uint16_t>(source.below(0x7f80) | (source.below(2) << 15));
    const uint32_t expected = kFp32.is_nan(acc) ? kFp32.canonical_nan() : acc;
    CHECK(bf16_dot({x, 0, 0x8000, 0}, {0x8000, x, 0, 0}, acc) == expected);
  }
  CHECK(bf16_dot({}, {}, 0x80000000) == 0x80000000);
}

TEST_CASE("Padding a step with zero products never changes it", "[num][golden]") {
  NumberSource source(seed() * 109);
  for (int i = 0; i < 100'000; ++i) {
    DotOperands t = random_dot(source, kBf16Descriptor, kBf16Descriptor);
    t.a[3] = t.b[3] = 0;
    const uint32_t padded = bf16_dot(t.a, t.b, t.acc);
    // The same products elsewhere, the zero in front, and a negative zero.
    const uint32_t moved = bf16_dot({0x8000, t.a[0], t.a[1], t.a[2]}, {0, t.b[0], t.b[1], t.b[2]}, t.acc);
    if (padded != moved) {
      CAPTURE(t.a, t.b, t.acc);
      REQUIRE(padded == moved);
    }
  }
}

TEST_CASE("Matrix step examples of the manual", "[num][golden]") {
  constexpr uint16_t kOne = 0x3f80, kMinusOne = 0xbf80, kHuge = 0x7f00, kTwo = 0x4000;
  CHECK(bf16_dot({kOne, kOne, kOne, kOne}, {kOne, kOne, kOne, kOne}, 0x3f800000) == 0x40a00000);
  // 2^127 * 2 - 2^127 * 2 + 1: the products cancel exactly, and one lies below the window.
  CHECK(bf16_dot({kHuge, kHuge, kOne, 0}, {kTwo, 0xc000, kOne, 0}, 0) == 0);
  // Intermediate products do not overflow.
  CHECK(bf16_dot({kHuge, kHuge, 0, 0}, {kTwo, 0xbf80, 0, 0}, 0) == 0x7f000000);
  CHECK(bf16_dot({kHuge, 0, 0, 0}, {kTwo, 0, 0, 0}, 0) == 0x7f800000);
  // Exact cancellation gives +0.
  CHECK(bf16_dot({kOne, kMinusOne, 0, 0}, {kOne, kOne, 0, 0}, 0x80000000) == 0);
  // Infinity times zero, and infinities of both signs.
  CHECK(bf16_dot({0x7f80, 0, 0, 0}, {0, 0, 0, 0}, 0) == 0x7fc00000);
  CHECK(bf16_dot({0x7f80, 0x7f80, 0, 0}, {kOne, kMinusOne, 0, 0}, 0) == 0x7fc00000);
  CHECK(bf16_dot({0x7f80, kOne, 0, 0}, {kMinusOne, kOne, 0, 0}, 0x7f7fffff) == 0xff800000);
}

}  // namespace tatami::test
