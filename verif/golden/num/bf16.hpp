// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// BF16 (sign, 8 exponent bits, 7 fraction bits) on bit patterns: conversions, and lane operations that round the exact
/// result once to BF16, to nearest even, with gradual underflow. Every NaN result is the canonical quiet NaN 0x7fc0.
#pragma once

#include <bit>
#include <cstdint>

#include "verif/golden/num/fp32.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// The FP32 bit pattern of a BF16 number: 16 zeros below it. Exact; a NaN keeps its payload.
constexpr uint32_t bf16_to_fp32(uint16_t value) { return static_cast<uint32_t>(value) << 16; }

/// An FP32 bit pattern rounded to BF16.
constexpr uint16_t bf16_from_fp32(uint32_t bits) {
  if (kFp32.is_nan(bits)) return static_cast<uint16_t>(kBf16.canonical_nan());
  // The formats share their exponent field, so that the carry of the rounding is right as it is, up to infinity.
  return static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

inline uint16_t bf16_from_float(float value) { return bf16_from_fp32(std::bit_cast<uint32_t>(value)); }
inline float bf16_to_float(uint16_t value) { return std::bit_cast<float>(bf16_to_fp32(value)); }

/// A double rounded once to BF16 (not through float, which would round twice).
inline uint16_t bf16_from_double(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  const bool negative = (bits >> 63) != 0;
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  const uint64_t fraction = bits & ((uint64_t{1} << 52) - 1);
  if (biased == 0x7ff) {
    if (fraction != 0) return static_cast<uint16_t>(kBf16.canonical_nan());
    return static_cast<uint16_t>(kBf16.infinity() | (negative ? kBf16.sign_bit() : 0));
  }
  const uint64_t significand = fraction | (biased == 0 ? 0 : uint64_t{1} << 52);
  return static_cast<uint16_t>(round_to(kBf16, negative, significand, (biased == 0 ? 1 : biased) - 1023 - 52));
}

/// a * b + c.
inline uint16_t bf16_fma(uint16_t a, uint16_t b, uint16_t c) {
  return static_cast<uint16_t>(fused_multiply_add(kBf16, a, b, c));
}
/// a + b.
inline uint16_t bf16_add(uint16_t a, uint16_t b) { return bf16_fma(a, 0x3f80, b); }
/// a - b.
inline uint16_t bf16_sub(uint16_t a, uint16_t b) { return bf16_add(a, b ^ 0x8000); }
/// a * b.
inline uint16_t bf16_mul(uint16_t a, uint16_t b) { return bf16_fma(a, b, 0x8000); }
/// minimumNumber(a, b).
inline uint16_t bf16_min(uint16_t a, uint16_t b) { return static_cast<uint16_t>(extremum(kBf16, a, b, false)); }
/// maximumNumber(a, b).
inline uint16_t bf16_max(uint16_t a, uint16_t b) { return static_cast<uint16_t>(extremum(kBf16, a, b, true)); }

}  // namespace tatami::golden
