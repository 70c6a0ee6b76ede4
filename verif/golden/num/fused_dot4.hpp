// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix step: four exact products and an FP32 accumulator, aligned to a stated width, summed and rounded once; or
/// four integer products and an integer accumulator. Defined to the bit in docs/numbers.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "verif/golden/num/number.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// Bits kept below the unit of the largest addend exponent; what lies lower is cut off, towards zero.
inline constexpr int kDotFractionBits = 27;

/// Four factors, decoded from any formats.
using Factors = std::array<Number, 4>;

/// floor(log2 |x|) of a finite number that is not zero.
constexpr int magnitude_exponent(const Number& x) { return x.exponent + bit_length(x.significand) - 1; }

/// sum of a[i] * b[i], plus the FP32 bit pattern `acc`, as an FP32 bit pattern.
inline uint32_t fused_dot4(const Factors& a, const Factors& b, uint32_t acc) {
  const Finite start = unpack(kFp32, acc);
  bool nan = kFp32.is_nan(acc);
  bool plus_infinity = kFp32.is_infinity(acc) && !kFp32.is_negative(acc);
  bool minus_infinity = kFp32.is_infinity(acc) && kFp32.is_negative(acc);
  bool any_product = false;
  constexpr int kAccFractionBits = 23;
  int largest = start.exponent + kAccFractionBits;  // of a zero or subnormal accumulator: of the smallest normal number

  for (size_t i = 0; i < 4; ++i) {
    if (a[i].type == NumberClass::kFinite && b[i].type == NumberClass::kFinite) [[likely]] {
      if (a[i].significand == 0 || b[i].significand == 0) continue;
      largest = std::max(largest, magnitude_exponent(a[i]) + magnitude_exponent(b[i]));
      any_product = true;
    } else {
      const bool undefined =
          a[i].type == NumberClass::kNan || b[i].type == NumberClass::kNan || a[i].is_zero() || b[i].is_zero();
      const bool negative = a[i].negative != b[i].negative;
      nan |= undefined;
      plus_infinity |= !undefined && !negative;
      minus_infinity |= !undefined && negative;
    }
  }
  if (nan || (plus_infinity && minus_infinity)) return kFp32.canonical_nan();
  if (plus_infinity) return kFp32.infinity();
  if (minus_infinity) return kFp32.sign_bit() | kFp32.infinity();

  if (!any_product) return acc;  // the step is the identity, for -0 too

  // An addend, significand * 2^exponent, cut to units of 2^(largest - kDotFractionBits).
  const auto aligned = [&](bool negative, uint64_t significand, int exponent) {
    const int up = exponent - (largest - kDotFractionBits);
    const uint64_t magnitude = up >= 0 ? significand << up : -up > 63 ? 0 : significand >> -up;
    return negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  };
  int64_t sum = aligned(start.negative, start.significand, start.exponent);
  for (size_t i = 0; i < 4; ++i) {
    const uint64_t product = uint64_t{a[i].significand} * b[i].significand;
    if (product != 0) sum += aligned(a[i].negative != b[i].negative, product, a[i].exponent + b[i].exponent);
  }
  const bool negative = sum < 0;
  const auto magnitude = static_cast<uint64_t>(negative ? -sum : sum);
  return round_to(kFp32, negative, magnitude, largest - kDotFractionBits);
}

/// sum of a[i] * b[i], plus `acc`, modulo 2^32, of factors that are integers.
inline uint32_t integer_dot4(const Factors& a, const Factors& b, uint32_t acc) {
  for (size_t i = 0; i < 4; ++i) {
    const uint32_t product = a[i].significand * b[i].significand;
    acc += a[i].negative != b[i].negative ? -product : product;
  }
  return acc;
}

}  // namespace tatami::golden
