// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix step: four exact BF16 products and an FP32 accumulator, aligned to a stated width, summed and rounded
/// once. Defined to the bit in docs/numbers.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// Bits kept below the unit of the largest addend exponent; what lies lower is cut off, towards zero.
inline constexpr int kDotFractionBits = 27;

/// sum of a[i] * b[i], plus the FP32 bit pattern `acc`, as an FP32 bit pattern.
inline uint32_t fused_dot4(const std::array<uint16_t, 4>& a, const std::array<uint16_t, 4>& b, uint32_t acc) {
  // An addend is (-1)^negative * significand * 2^(exponent - point): alignment looks at `exponent`, and `point` is the
  // number of fraction bits of the significand, kProductPoint or kAccPoint.
  struct Addend {
    bool negative;
    uint32_t significand;
    int exponent;
  };
  constexpr int kProductPoint = 14, kAccPoint = 23;
  std::array<Addend, 4> products{};
  bool nan = kFp32.is_nan(acc), plus_infinity = false, minus_infinity = false, any_product = false;
  const Finite start = unpack(kFp32, acc);
  const int start_exponent = start.exponent + kAccPoint;
  int largest = start_exponent;  // of a zero or subnormal accumulator: the exponent of the smallest normal number

  for (size_t i = 0; i < 4; ++i) {
    const bool negative = ((a[i] ^ b[i]) & 0x8000) != 0;
    const bool a_special = (a[i] & 0x7f80) == 0x7f80, b_special = (b[i] & 0x7f80) == 0x7f80;
    if (a_special || b_special) [[unlikely]] {
      const bool undefined = kBf16.is_nan(a[i]) || kBf16.is_nan(b[i]) || kBf16.is_zero(a[i]) || kBf16.is_zero(b[i]);
      nan |= undefined;
      plus_infinity |= !undefined && !negative;
      minus_infinity |= !undefined && negative;
      continue;
    }
    Finite x = unpack(kBf16, a[i]), y = unpack(kBf16, b[i]);
    if (x.significand == 0 || y.significand == 0) continue;
    // Subnormal operands are normalised, so that a product's exponent tells its size: 1 <= |product| / 2^exponent < 4.
    for (Finite* operand : {&x, &y}) {
      const int up = 8 - bit_length(operand->significand);
      operand->significand <<= up;
      operand->exponent -= up;
    }
    products[i] = {negative, x.significand * y.significand, x.exponent + y.exponent + kProductPoint};
    largest = std::max(largest, products[i].exponent);
    any_product = true;
  }

  if (kFp32.is_infinity(acc)) {
    plus_infinity |= !kFp32.is_negative(acc);
    minus_infinity |= kFp32.is_negative(acc);
  }
  if (nan || (plus_infinity && minus_infinity)) return kFp32.canonical_nan();
  if (plus_infinity) return kFp32.infinity();
  if (minus_infinity) return kFp32.sign_bit() | kFp32.infinity();

  if (!any_product) return acc;  // the step is the identity, for -0 too

  // Every addend in units of 2^(largest - kDotFractionBits).
  const auto aligned = [&](const Addend& addend, int point) {
    const int shift = largest - addend.exponent;
    if (addend.significand == 0 || shift > 63) return int64_t{0};
    const uint64_t magnitude = (static_cast<uint64_t>(addend.significand) << (kDotFractionBits - point)) >> shift;
    return addend.negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  };
  int64_t sum = aligned({start.negative, start.significand, start_exponent}, kAccPoint);
  for (const Addend& product : products) sum += aligned(product, kProductPoint);

  const bool negative = sum < 0;
  const auto magnitude = static_cast<uint64_t>(negative ? -sum : sum);
  return round_to(kFp32, negative, magnitude, largest - kDotFractionBits);
}

}  // namespace tatami::golden
