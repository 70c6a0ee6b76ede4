// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fused_dot4.hpp"
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

struct DotOperands {
  std::array<uint16_t, 4> a, b;
  uint32_t acc;
};

/// Random operands of the matrix step; one in four cancels nearly or wholly against its accumulator or itself.
inline DotOperands random_dot(NumberSource& source) {
  DotOperands operands{};
  const auto range = source.range();
  for (size_t k = 0; k < 4; ++k) {
    const auto own = source.chance(4) ? source.range() : range;
    operands.a[k] = static_cast<uint16_t>(source.number(kBf16, own));
    operands.b[k] = static_cast<uint16_t>(source.number(kBf16, own));
  }
  operands.acc = source.number(kFp32, source.chance(2) ? range : source.range());
  switch (source.below(8)) {
    case 0:  // the accumulator against the products, off by a little
      operands.acc = golden::fused_dot4(operands.a, operands.b, 0) ^ kFp32.sign_bit();
      operands.acc ^= source.chance(2) ? 0 : source.below(8);
      break;
    case 1:  // products against each other
      operands.a[1] = operands.a[0] ^ 0x8000;
      operands.b[1] = operands.b[0] ^ static_cast<uint16_t>(source.below(2));
      break;
    case 2: operands.acc = 0; break;
    default: break;
  }
  return operands;
}

/// Every pair of BF16 classes as the first product, with every class of accumulator, and the other products zero,
/// equal, opposite or one.
template <typename Check>
void for_each_special_dot(Check check) {
  const auto halves = special_numbers(kBf16);
  for (const uint32_t a : halves) {
    for (const uint32_t b : halves) {
      for (const uint32_t acc : special_numbers(kFp32)) {
        const auto x = static_cast<uint16_t>(a), y = static_cast<uint16_t>(b);
        const auto minus_x = static_cast<uint16_t>(x ^ 0x8000);
        constexpr uint16_t kOne = 0x3f80;
        check(DotOperands{{x, 0, 0, 0}, {y, 0, 0, 0}, acc});
        check(DotOperands{{x, x, 0x8000, 0}, {y, y, 0, 0x8000}, acc});
        check(DotOperands{{0, x, minus_x, 0}, {0, y, y, 0}, acc});
        check(DotOperands{{kOne, 0, 0x8000, x}, {kOne, 0x8000, 0x8000, y}, acc});
      }
    }
  }
}

}  // namespace tatami::test
