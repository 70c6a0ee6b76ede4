// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// FP32 (IEEE 754 binary32) lane operations on bit patterns: one rounding to nearest even, gradual underflow, every NaN
/// result is the canonical quiet NaN 0x7fc00000.
#pragma once

#include <cstdint>

#include "verif/golden/num/flags.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// (-1)^negative * magnitude * 2^exponent, not zero, rounded to `format`, and the flags of this rounding.
inline Flagged round_flagged(const Format& format, bool negative, Uint128 magnitude, int exponent) {
  const uint32_t bits = round_to(format, negative, magnitude, exponent);
  if (format.is_infinity(bits)) return {bits, flag::kOverflow};
  const int dropped = format.min_exponent() - format.fraction_bits - exponent;  // bits below the subnormals' last place
  const bool tiny = exponent + bit_length(magnitude) - 1 < format.min_exponent();
  const bool inexact = dropped > 0 && (dropped >= 128 || magnitude << (128 - dropped) != 0);
  return {bits, tiny && inexact ? flag::kUnderflow : 0};
}

/// a * b + c of finite `format` operands with a single rounding to `format`.
inline Flagged finite_multiply_add(const Format& format, uint32_t a, uint32_t b, uint32_t c) {
  const Finite x = unpack(format, a), y = unpack(format, b), z = unpack(format, c);
  const bool product_negative = x.negative != y.negative;
  const Uint128 product = static_cast<uint64_t>(x.significand) * y.significand;
  const Uint128 addend = z.significand;
  const int product_exponent = x.exponent + y.exponent;
  if (product == 0 && addend == 0) return {product_negative && z.negative ? format.sign_bit() : 0, 0};
  if (product == 0) return {c, 0};
  if (addend == 0) return round_flagged(format, product_negative, product, product_exponent);

  // Both to a common exponent. An addend so small that it cannot reach any rounding boundary of the other keeps only
  // its sign: one unit 64 bits below the other's last bit.
  constexpr int kFar = 72;
  Uint128 p = product, q = addend;
  int exponent = 0;
  if (product_exponent - z.exponent > kFar) {
    p <<= 64, q = 1, exponent = product_exponent - 64;
  } else if (z.exponent - product_exponent > kFar) {
    p = 1, q <<= 64, exponent = z.exponent - 64;
  } else if (product_exponent >= z.exponent) {
    p <<= product_exponent - z.exponent, exponent = z.exponent;
  } else {
    q <<= z.exponent - product_exponent, exponent = product_exponent;
  }
  if (product_negative == z.negative) return round_flagged(format, product_negative, p + q, exponent);
  if (p == q) return {0, 0};
  return p > q ? round_flagged(format, product_negative, p - q, exponent)
               : round_flagged(format, z.negative, q - p, exponent);
}

/// a * b + c of `format` operands with a single rounding to `format`, and its flags.
inline Flagged flagged_multiply_add(const Format& format, uint32_t a, uint32_t b, uint32_t c) {
  const auto is_denormal = [&](uint32_t bits) { return (bits & format.infinity()) == 0 && !format.is_zero(bits); };
  const unsigned denormal = is_denormal(a) || is_denormal(b) || is_denormal(c) ? flag::kDenormal : 0;
  const bool product_negative = format.is_negative(a) != format.is_negative(b);
  const bool a_infinite = format.is_infinity(a), b_infinite = format.is_infinity(b);
  const bool product_infinite = a_infinite || b_infinite;
  if (format.is_nan(a) || format.is_nan(b) || format.is_nan(c) || (a_infinite && format.is_zero(b)) ||
      (b_infinite && format.is_zero(a)) ||
      (product_infinite && format.is_infinity(c) && format.is_negative(c) != product_negative)) {
    return {format.canonical_nan(), denormal | flag::kInvalid};
  }
  if (product_infinite) return {format.infinity() | (product_negative ? format.sign_bit() : 0), denormal};
  if (format.is_infinity(c)) return {c, denormal};
  const Flagged result = finite_multiply_add(format, a, b, c);
  return {result.bits, result.flags | denormal};
}

/// a * b + c of `format` operands with a single rounding to `format`.
inline uint32_t fused_multiply_add(const Format& format, uint32_t a, uint32_t b, uint32_t c) {
  return flagged_multiply_add(format, a, b, c).bits;
}

/// minimumNumber (`maximum` false) or maximumNumber of IEEE 754-2019: a NaN loses against a number, -0 < +0.
inline uint32_t extremum(const Format& format, uint32_t a, uint32_t b, bool maximum) {
  if (format.is_nan(a) && format.is_nan(b)) return format.canonical_nan();
  if (format.is_nan(a)) return b;
  if (format.is_nan(b)) return a;
  const auto rank = [&](uint32_t bits) {
    const auto magnitude = static_cast<int64_t>(bits & ~format.sign_bit());
    return format.is_negative(bits) ? -1 - magnitude : magnitude;
  };
  return (rank(a) < rank(b)) != maximum ? a : b;
}

/// a == b, a < b: false with a NaN; -0 == +0.
constexpr bool fp_equal(const Format& format, uint32_t a, uint32_t b) {
  if (format.is_nan(a) || format.is_nan(b)) return false;
  return a == b || (format.is_zero(a) && format.is_zero(b));
}
constexpr bool fp_less(const Format& format, uint32_t a, uint32_t b) {
  if (format.is_nan(a) || format.is_nan(b) || (format.is_zero(a) && format.is_zero(b))) return false;
  if (format.is_negative(a) != format.is_negative(b)) return format.is_negative(a);
  return format.is_negative(a) ? a > b : a < b;
}
constexpr bool fp_less_equal(const Format& format, uint32_t a, uint32_t b) {
  return fp_less(format, a, b) || fp_equal(format, a, b);
}

/// a * b + c.
inline uint32_t fp32_fma(uint32_t a, uint32_t b, uint32_t c) { return fused_multiply_add(kFp32, a, b, c); }
/// a + b.
inline uint32_t fp32_add(uint32_t a, uint32_t b) { return fused_multiply_add(kFp32, a, 0x3f800000, b); }
/// a - b. (A NaN's sign does not matter, so that negating b first is exact.)
inline uint32_t fp32_sub(uint32_t a, uint32_t b) { return fp32_add(a, b ^ kFp32.sign_bit()); }
/// a * b. (Adding -0 changes no value and no sign of zero.)
inline uint32_t fp32_mul(uint32_t a, uint32_t b) { return fused_multiply_add(kFp32, a, b, kFp32.sign_bit()); }
/// minimumNumber(a, b).
inline uint32_t fp32_min(uint32_t a, uint32_t b) { return extremum(kFp32, a, b, false); }
/// maximumNumber(a, b).
inline uint32_t fp32_max(uint32_t a, uint32_t b) { return extremum(kFp32, a, b, true); }

}  // namespace tatami::golden
