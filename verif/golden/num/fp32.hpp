// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// FP32 (IEEE 754 binary32) lane operations on bit patterns: one rounding to nearest even, gradual underflow, every NaN
/// result is the canonical quiet NaN 0x7fc00000, no flags.
#pragma once

#include <cstdint>

#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// a * b + c of `format` operands with a single rounding to `format`.
inline uint32_t fused_multiply_add(const Format& format, uint32_t a, uint32_t b, uint32_t c) {
  const bool product_negative = format.is_negative(a) != format.is_negative(b);
  const bool a_infinite = format.is_infinity(a), b_infinite = format.is_infinity(b);
  const bool product_infinite = a_infinite || b_infinite;
  if (format.is_nan(a) || format.is_nan(b) || format.is_nan(c)) return format.canonical_nan();
  if ((a_infinite && format.is_zero(b)) || (b_infinite && format.is_zero(a))) return format.canonical_nan();
  if (product_infinite) {
    if (format.is_infinity(c) && format.is_negative(c) != product_negative) return format.canonical_nan();
    return format.infinity() | (product_negative ? format.sign_bit() : 0);
  }
  if (format.is_infinity(c)) return c;

  const Finite x = unpack(format, a), y = unpack(format, b), z = unpack(format, c);
  const Uint128 product = static_cast<uint64_t>(x.significand) * y.significand;
  const Uint128 addend = z.significand;
  const int product_exponent = x.exponent + y.exponent;
  if (product == 0 && addend == 0) {
    return product_negative && z.negative ? format.sign_bit() : 0;
  }
  if (product == 0) return c;
  if (addend == 0) return round_to(format, product_negative, product, product_exponent);

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
  if (product_negative == z.negative) return round_to(format, product_negative, p + q, exponent);
  if (p == q) return 0;
  return p > q ? round_to(format, product_negative, p - q, exponent) : round_to(format, z.negative, q - p, exponent);
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
