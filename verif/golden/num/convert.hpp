// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Conversions between number formats: the definition of "Rounding" and "Conversions" in docs/numbers.md, in integers.
#pragma once

#include <cstdint>

#include "verif/golden/num/flags.hpp"
#include "verif/golden/num/number.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// Bits of a random number that decides a stochastic rounding.
inline constexpr int kRandomBits = 24;

/// A place between two neighbouring representable magnitudes: lo + rest, with lo <= lo + rest < hi = lo + gap, rest and
/// gap in a common unit. `code` is lo's: its exponent field above its fraction; hi's is one more. Exponent fields
/// here go on below 1 (where small results are flushed) and beyond the format's largest.
struct Bracket {
  int64_t code;
  Uint128 rest;
  Uint128 gap;
};

/// The neighbours of |number|, which is finite and not zero, among the magnitudes of a format.
constexpr Bracket bracket(const Number& number, const Descriptor& descriptor) {
  const formats::Format& format = descriptor.format();
  const int p = format.is_integer() ? 0 : format.fraction_bits;
  const int bias = descriptor.effective_bias();
  const int leading = number.exponent + bit_length(number.significand) - 1;  // floor(log2 |number|)
  const bool below_normal = !format.is_integer() && format.denormals != Denormals::kFlush && leading < 1 - bias;

  // The unit is the spacing of magnitudes around the number; with it, its multiples up to `first` have the codes 0, 1..
  int unit = leading - p;
  if (format.is_integer()) unit = 0;
  if (below_normal) unit = (descriptor.literal() ? 0 : 1) - bias - p;

  // The number in units, with `below` binary places. Far below one unit all numbers round alike: down, and up only
  // with the random number 0. So that 2^-64 stands for all that are smaller.
  Uint128 value = number.significand;
  int below = unit - number.exponent;
  if (leading < unit - 64) {
    value = 1, below = 64;
  } else if (below < 0) {
    value <<= -below, below = 0;
  }
  const Uint128 one = Uint128{1} << below;
  auto whole = static_cast<int64_t>(value >> below);
  Uint128 gap = one;
  if (below_normal && descriptor.literal()) {
    // Between the largest denormal, 2^p - 1 units, and the smallest normal number, 2^(p+1) units, there is nothing.
    const int64_t largest = (int64_t{1} << p) - 1;
    if (whole >= largest) {
      whole = largest;
      gap = one * ((uint64_t{1} << p) + 1);
    }
  }
  const Uint128 rest = value - static_cast<Uint128>(whole) * one;
  // Of a normal number, `whole` is 2^p plus its fraction; the product below is its exponent field less one, shifted.
  const int64_t code =
      format.is_integer() || below_normal ? whole : whole + int64_t{leading + bias - 1} * (int64_t{1} << p);
  return {code, rest, gap};
}

/// Whether a bracketed magnitude becomes hi.
constexpr bool rounds_up(const Bracket& place, bool stochastic, uint32_t random) {
  if (stochastic) return random * place.gap < place.rest << kRandomBits;
  return 2 * place.rest > place.gap || (2 * place.rest == place.gap && (place.code & 1) != 0);
}

/// The code of an exact number in a format, and the flags that this raises, the operand's included. The descriptor says
/// how to round; `random` (24 bits) is used only when it says stochastically.
constexpr Flagged encode(const Number& number, const Descriptor& descriptor, uint32_t random) {
  const formats::Format& format = descriptor.format();
  const unsigned operand = number.denormal ? flag::kDenormal : 0;
  const bool nan = number.type == NumberClass::kNan, infinity = number.type == NumberClass::kInfinity;

  if (format.is_integer()) {
    const uint32_t mask = static_cast<uint32_t>((uint64_t{1} << format.bits) - 1);
    const int64_t limit = (int64_t{1} << (format.bits - 1)) - (number.negative ? 0 : 1);
    if (nan) return {0, flag::kInvalid};
    if (number.is_zero()) return {0, operand};
    // A float of 2^40 is beyond every integer format, and its bracket would not fit.
    const bool huge = infinity || number.exponent + bit_length(number.significand) > 40;
    int64_t magnitude = limit + 1;
    if (!huge) {
      const Bracket place = bracket(number, descriptor);
      magnitude = place.code + (rounds_up(place, descriptor.stochastic, random) ? 1 : 0);
    }
    const bool saturates = magnitude > limit;
    if (saturates) magnitude = limit;
    const auto code = static_cast<uint32_t>(number.negative ? -magnitude : magnitude) & mask;
    return {code, operand | (saturates ? flag::kInvalid : 0)};
  }

  const bool clamps = format.specials == Specials::kClamp;
  if (nan) return {clamps ? largest_code(format) : canonical_nan_code(format), flag::kInvalid};
  if (number.is_zero()) return {number.negative ? sign_bit_of(format) : 0, operand};
  if (number.negative && !format.is_signed) return {canonical_nan_code(format), operand | flag::kInvalid};
  const uint32_t sign = number.negative ? sign_bit_of(format) : 0;
  if (infinity) {
    return clamps ? Flagged{sign | largest_code(format), flag::kOverflow} : Flagged{sign | infinity_code(format), 0};
  }

  const Bracket place = bracket(number, descriptor);
  const int64_t code = place.code + (rounds_up(place, descriptor.stochastic, random) ? 1 : 0);
  const auto smallest_normal = int64_t{1} << format.fraction_bits;
  const bool flushed = format.denormals == Denormals::kFlush && code < smallest_normal;
  const bool inexact = place.rest != 0 || flushed;
  // lo is a denormal, or a number that would be flushed: the operand lies below the smallest normal number.
  const unsigned underflow = inexact && place.code < smallest_normal ? flag::kUnderflow : 0;
  if (flushed) return {sign, operand | underflow};
  if (code > largest_code(format)) {
    return {sign | (clamps ? largest_code(format) : infinity_code(format)), operand | flag::kOverflow};
  }
  return {sign | static_cast<uint32_t>(code), operand | underflow};
}

/// A code to FP32: exact, except of int32, which rounds to nearest even. Flags: Invalid of a NaN, which becomes the
/// canonical one, and Denormal of a denormal.
constexpr Flagged widen(uint32_t code, const Descriptor& descriptor) {
  return encode(decode(code, descriptor), kFp32Descriptor, 0);
}

/// An FP32 pattern to a code; `random` (24 bits) decides a stochastic rounding.
constexpr Flagged narrow(uint32_t fp32, const Descriptor& descriptor, uint32_t random) {
  return encode(decode(fp32, kFp32Descriptor), descriptor, random);
}

/// A code of one format to another: widened, then narrowed, with the flags of both.
constexpr Flagged convert(uint32_t code, const Descriptor& from, const Descriptor& to, uint32_t random) {
  const Flagged wide = widen(code, from);
  const Flagged result = narrow(wide.bits, to, random);
  return {result.bits, wide.flags | result.flags};
}

}  // namespace tatami::golden
