// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tatami {

/// The SRAM column of a word: (w + s(L)) mod 8 for word w of line L, where s(L) is the sum of L's base-8 digits. That
/// is the sum of the word address's own base-8 digits.
constexpr unsigned sram_column(std::uint64_t word) {
  std::uint64_t sum = 0;
  for (; word != 0; word /= 8) sum += word % 8;
  return static_cast<unsigned>(sum % 8);
}

/// Cycles that a gather of `items` items of `words` words each, `pitch` words apart, takes on average, times 64: a
/// column gives one word per cycle.
constexpr unsigned gather_cost(std::uint64_t pitch, unsigned items, unsigned words) {
  unsigned total = 0;
  for (std::uint64_t base = 0; base < 64; ++base) {
    std::array<unsigned, 8> load{};
    for (unsigned i = 0; i < items; ++i) {
      for (unsigned w = 0; w < words; ++w) ++load[sram_column(base + i * pitch + w)];
    }
    total += *std::max_element(load.begin(), load.end());
  }
  return total;
}

/// The pitch in bytes, at least `bytes` and a multiple of `unit`, with which a gather is fastest; the shortest of those
/// within 64 bytes. Items are `stride` pitches apart.
constexpr std::uint64_t gather_pitch(std::uint64_t bytes, std::uint64_t unit, unsigned items, unsigned words,
                                     std::uint64_t stride = 1) {
  constexpr std::uint64_t kWordBytes = 8, kSlack = 64;
  const std::uint64_t first = (bytes + unit - 1) / unit * unit;
  std::uint64_t best = first;
  unsigned best_cost = gather_cost(first * stride / kWordBytes, items, words);
  for (std::uint64_t pitch = first + unit; pitch < first + kSlack; pitch += unit) {
    const unsigned cost = gather_cost(pitch * stride / kWordBytes, items, words);
    if (cost < best_cost) best_cost = cost, best = pitch;
  }
  return best;
}

}  // namespace tatami
