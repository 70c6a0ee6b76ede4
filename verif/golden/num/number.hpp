// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a code of any format means: an exact number, an infinity or a NaN.
#pragma once

#include <bit>
#include <cstdint>
#include <iterator>
#include <vector>

#include "formats.hpp"

namespace tatami::golden {

using formats::Denormals;
using formats::Descriptor;
using formats::Kind;
using formats::Specials;

/// The descriptor of FP32, the format of all lanes between conversions.
inline constexpr Descriptor kFp32Descriptor{Kind::kFp32, 0, false, false};
inline constexpr Descriptor kBf16Descriptor{Kind::kBf16, 0, false, false};

enum class NumberClass { kFinite, kInfinity, kNan };

/// (-1)^negative * significand * 2^exponent when finite. The significand is not normalised; it is 0 of a zero, which
/// keeps its sign.
struct Number {
  NumberClass type = NumberClass::kFinite;
  bool negative = false;
  bool denormal = false;  ///< the code is a denormal: exponent field 0, fraction not 0 (also where it reads as zero)
  uint32_t significand = 0;
  int exponent = 0;

  constexpr bool is_zero() const { return type == NumberClass::kFinite && significand == 0; }
};

/// All ones in the exponent and fraction fields: the code of a magnitude is at most this.
constexpr uint32_t magnitude_mask(const formats::Format& format) {
  return (uint32_t{1} << (format.exponent_bits + format.fraction_bits)) - 1;
}

/// The code of infinity, in formats that have one: an exponent field of ones.
constexpr uint32_t infinity_code(const formats::Format& format) {
  return magnitude_mask(format) & ~((uint32_t{1} << format.fraction_bits) - 1);
}

/// The one NaN that results are: an exponent field of ones, the fraction's upper bit, sign 0.
constexpr uint32_t canonical_nan_code(const formats::Format& format) {
  return infinity_code(format) | uint32_t{1} << (format.fraction_bits - 1);
}

/// The code of the largest finite magnitude of a floating-point format.
constexpr uint32_t largest_code(const formats::Format& format) {
  return format.specials == Specials::kIeee ? infinity_code(format) - 1 : magnitude_mask(format);
}

/// The bit that is the sign; 0 of an unsigned format.
constexpr uint32_t sign_bit_of(const formats::Format& format) {
  return format.is_signed ? uint32_t{1} << (format.bits - 1) : 0;
}

/// What `code` means under a legal descriptor. Bits above the format's width are ignored.
constexpr Number decode(uint32_t code, const Descriptor& descriptor) {
  const formats::Format& format = descriptor.format();
  Number number;
  if (format.is_integer()) {
    const auto value = static_cast<int32_t>(code << (32 - format.bits)) >> (32 - format.bits);
    number.negative = value < 0;
    number.significand = value < 0 ? -static_cast<uint32_t>(value) : static_cast<uint32_t>(value);
    return number;
  }
  const int p = format.fraction_bits;
  const uint32_t fraction = code & ((uint32_t{1} << p) - 1);
  const uint32_t field = (code & magnitude_mask(format)) >> p;
  const int bias = descriptor.effective_bias();
  number.negative = (code & sign_bit_of(format)) != 0;
  if (format.specials == Specials::kIeee && field == magnitude_mask(format) >> p) {
    number.type = fraction == 0 ? NumberClass::kInfinity : NumberClass::kNan;
  } else if (field != 0) {
    number.significand = uint32_t{1} << p | fraction;
    number.exponent = static_cast<int>(field) - bias - p;
  } else {
    number.denormal = fraction != 0;
    number.significand = format.denormals == Denormals::kFlush ? 0 : fraction;
    number.exponent = (descriptor.literal() ? 0 : 1) - bias - p;
  }
  return number;
}

/// What each of many codes means.
/// A double, exactly up to its 31st significant bit; what lies below shows as a one, so that rounding to fewer bits is
/// rounding once.
inline Number number_from_double(double value) {
  constexpr int kDropped = 53 - 31;
  const auto bits = std::bit_cast<uint64_t>(value);
  const int field = static_cast<int>(bits >> 52 & 0x7ff);
  const uint64_t fraction = bits & ((uint64_t{1} << 52) - 1);
  Number number;
  number.negative = (bits >> 63) != 0;
  if (field == 0x7ff) {
    number.type = fraction == 0 ? NumberClass::kInfinity : NumberClass::kNan;
    return number;
  }
  const uint64_t significand = fraction | (field == 0 ? 0 : uint64_t{1} << 52);
  const bool rest = (significand & ((uint64_t{1} << kDropped) - 1)) != 0;
  number.significand = static_cast<uint32_t>(significand >> kDropped) << 1 | (rest ? 1 : 0);
  number.exponent = (field == 0 ? 1 : field) - 1023 - 52 + kDropped - 1;
  return number;
}

template <typename Codes>
std::vector<Number> decode_all(const Codes& codes, const Descriptor& descriptor) {
  std::vector<Number> numbers;
  numbers.reserve(std::size(codes));
  for (const auto code : codes) numbers.push_back(decode(code, descriptor));
  return numbers;
}

}  // namespace tatami::golden
