// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <random>

#include "verif/golden/num/functions.hpp"

namespace tatami::test {

/// Operands of the functions: any bits, numbers next to powers of two and to the ends of table segments, subnormals,
/// special values; those of exp2 mostly where its result is neither 0, 1 nor infinite.
class OperandSource {
 public:
  explicit OperandSource(uint64_t seed) : random_(seed) {}

  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  uint32_t operand(golden::Function function) {
    auto x = static_cast<uint32_t>(random_());
    if (function == golden::Function::kExp2 && below(8) != 0) x = with_exponent(x, 127 - 28 + below(37));
    switch (below(16)) {
      case 0: return special();
      case 1: return with_exponent(x, below(3));
      case 2: return with_exponent(x, 252 + below(3));
      case 3: return with_exponent(x, 126 + below(3));
      case 4: return (x & 0xfffe0000) + below(5) - 2;  // about the ends of segments
      case 5: return (x & 0xff800000) + below(5) - 2;  // about powers of two
      default: return x;
    }
  }

 private:
  static uint32_t with_exponent(uint32_t x, uint32_t biased) { return (x & 0x807fffff) | biased << 23; }

  uint32_t special() {
    constexpr std::array<uint32_t, 14> kSpecial = {0,          1,          0x007fffff, 0x00800000, 0x00200000,
                                                   0x00200001, 0x3f800000, 0x3f7fffff, 0x3fc00000, 0x7f7fffff,
                                                   0x7f800000, 0x7f800001, 0x7fc00000, 0x43000000};
    return kSpecial[below(kSpecial.size())] | below(2) << 31;
  }

  std::mt19937_64 random_;
};

}  // namespace tatami::test
