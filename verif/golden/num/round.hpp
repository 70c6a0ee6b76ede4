// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Binary floating-point formats, and the one place of the golden models that rounds.
#pragma once

#include <bit>
#include <cstdint>

namespace tatami::golden {

using Uint128 = unsigned __int128;

/// An IEEE-754-like binary format with gradual underflow, infinities and NaNs.
struct Format {
  int exponent_bits;
  int fraction_bits;

  constexpr int bias() const { return (1 << (exponent_bits - 1)) - 1; }
  constexpr int min_exponent() const { return 1 - bias(); }
  constexpr int max_exponent() const { return bias(); }
  constexpr uint32_t fraction_mask() const { return (uint32_t{1} << fraction_bits) - 1; }
  constexpr uint32_t sign_bit() const { return uint32_t{1} << (exponent_bits + fraction_bits); }
  constexpr uint32_t infinity() const { return ((uint32_t{1} << exponent_bits) - 1) << fraction_bits; }
  constexpr uint32_t canonical_nan() const { return infinity() | (uint32_t{1} << (fraction_bits - 1)); }
  constexpr bool is_nan(uint32_t bits) const { return (bits & ~sign_bit()) > infinity(); }
  constexpr bool is_infinity(uint32_t bits) const { return (bits & ~sign_bit()) == infinity(); }
  constexpr bool is_zero(uint32_t bits) const { return (bits & ~sign_bit()) == 0; }
  constexpr bool is_negative(uint32_t bits) const { return (bits & sign_bit()) != 0; }
};

inline constexpr Format kFp32{8, 23};
inline constexpr Format kBf16{8, 7};

/// A finite number: (-1)^negative * significand * 2^exponent. Subnormals are not normalised.
struct Finite {
  bool negative;
  uint32_t significand;
  int exponent;
};

/// The value of finite `bits` (not an infinity, not a NaN).
constexpr Finite unpack(const Format& format, uint32_t bits) {
  const uint32_t fraction = bits & format.fraction_mask();
  const int biased = static_cast<int>((bits & format.infinity()) >> format.fraction_bits);
  const uint32_t hidden = biased == 0 ? 0 : uint32_t{1} << format.fraction_bits;
  const int exponent = (biased == 0 ? 1 : biased) - format.bias() - format.fraction_bits;
  return {format.is_negative(bits), fraction | hidden, exponent};
}

/// The position of the leading one plus one; 0 for zero.
template <typename T>
constexpr int bit_length(T value) {
  if constexpr (sizeof(T) > 8) {
    const auto high = static_cast<uint64_t>(value >> 64);
    return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<uint64_t>(value)));
  } else {
    return static_cast<int>(std::bit_width(value));
  }
}

/// (-1)^negative * magnitude * 2^exponent rounded once to `format`, to nearest, ties to even; gradual underflow; too
/// large becomes infinity. A zero magnitude gives a zero of that sign. T is an unsigned type of at least 64 bits.
template <typename T>
constexpr uint32_t round_to(const Format& format, bool negative, T magnitude, int exponent) {
  const uint32_t sign = negative ? format.sign_bit() : 0;
  if (magnitude == 0) return sign;
  const int leading = exponent + bit_length(magnitude) - 1;
  if (leading > format.max_exponent()) return sign | format.infinity();
  const int scale = leading < format.min_exponent() ? format.min_exponent() : leading;
  const int drop = scale - format.fraction_bits - exponent;  // bits below the last place of the result
  uint32_t kept = 0;
  if (drop <= 0) {
    // The magnitude is not zero, so no more bits are shifted in than a fraction has.
    kept = static_cast<uint32_t>(magnitude << -drop);  // NOLINT(clang-analyzer-core.UndefinedBinaryOperatorResult)
  } else if (drop < static_cast<int>(sizeof(T) * 8)) {
    kept = static_cast<uint32_t>(magnitude >> drop);
    const T rest = magnitude - (T{kept} << drop);
    const T half = T{1} << (drop - 1);
    if (rest > half || (rest == half && (kept & 1) != 0)) ++kept;
  } else if (drop == static_cast<int>(sizeof(T) * 8)) {
    kept = magnitude > (T{1} << (drop - 1)) ? 1 : 0;
  }
  // A kept significand that reached the next power of two carries into the exponent field, up to infinity.
  const auto field = static_cast<uint32_t>(scale - format.min_exponent()) << format.fraction_bits;
  return sign | (field + kept);
}

}  // namespace tatami::golden
