// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::test {

using golden::Format;
using golden::kBf16;
using golden::kFp32;

/// One number of every class of a format, both signs: zeros, subnormals, normals, infinities, quiet and signalling
/// NaNs.
inline std::array<uint32_t, 22> special_numbers(const Format& format) {
  const uint32_t one = static_cast<uint32_t>(format.bias()) << format.fraction_bits, sign = format.sign_bit();
  const uint32_t smallest_normal = format.fraction_mask() + 1, largest = format.infinity() - 1;
  const std::array<uint32_t, 11> positive = {0,
                                             1,
                                             format.fraction_mask(),
                                             smallest_normal,
                                             smallest_normal | 1,
                                             one,
                                             one | format.fraction_mask(),
                                             largest,
                                             format.infinity(),
                                             format.canonical_nan(),
                                             format.infinity() | 1};
  std::array<uint32_t, 22> numbers{};
  for (size_t i = 0; i < positive.size(); ++i) numbers[2 * i] = positive[i], numbers[2 * i + 1] = positive[i] | sign;
  return numbers;
}

/// Random numbers that meet the corners of an operation often: close exponents, subnormals, huge numbers, few ones in
/// the significand, special values.
class NumberSource {
 public:
  explicit NumberSource(uint64_t seed) : random_(seed) {}

  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }
  bool chance(uint32_t one_in) { return below(one_in) == 0; }

  /// The exponent range of a group of operands; the members of a group meet each other.
  enum class Range { kAny, kNearOne, kSmall, kHuge, kTiny };
  Range range() {
    constexpr std::array<Range, 6> kChoices = {Range::kAny,   Range::kNearOne, Range::kNearOne,
                                               Range::kSmall, Range::kHuge,    Range::kTiny};
    return kChoices[below(kChoices.size())];
  }

  uint32_t number(const Format& format, Range range) {
    if (chance(64)) {
      const auto numbers = special_numbers(format);
      return numbers[below(numbers.size())];
    }
    uint32_t biased = 0;
    switch (range) {
      case Range::kAny: biased = below(256); break;
      case Range::kNearOne: biased = 117 + below(20); break;
      case Range::kSmall: biased = 50 + below(30); break;  // products reach the subnormals
      case Range::kHuge: biased = 180 + below(75); break;
      case Range::kTiny: biased = below(12); break;
    }
    uint32_t fraction = static_cast<uint32_t>(random_()) & format.fraction_mask();
    switch (below(8)) {
      case 0: fraction = 0; break;
      case 1: fraction = format.fraction_mask(); break;
      case 2: fraction = uint32_t{1} << below(static_cast<uint32_t>(format.fraction_bits)); break;
      case 3: fraction &= static_cast<uint32_t>(random_()) & static_cast<uint32_t>(random_()); break;
      default: break;
    }
    if (chance(32)) return (random_() & 1) != 0 ? format.sign_bit() : 0;
    return ((random_() & 1) != 0 ? format.sign_bit() : 0) | (biased << format.fraction_bits) | fraction;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace tatami::test
