// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace tatami::test {

/// Reads bits [lsb + width - 1 : lsb] of a wide port (anything with 32-bit words and operator[]); width up to 64.
template <class Wide>
std::uint64_t get_bits(const Wide& words, unsigned lsb, unsigned width) {
  std::uint64_t value = 0;
  for (unsigned done = 0; done < width;) {
    const unsigned bit = (lsb + done) % 32;
    const unsigned step = width - done < 32 - bit ? width - done : 32 - bit;
    const std::uint64_t mask = (std::uint64_t{1} << step) - 1;
    value |= (static_cast<std::uint64_t>(words[(lsb + done) / 32]) >> bit & mask) << done;
    done += step;
  }
  return value;
}

/// Writes bits [lsb + width - 1 : lsb] of a wide port; width up to 64.
template <class Wide>
void set_bits(Wide& words, unsigned lsb, unsigned width, std::uint64_t value) {
  for (unsigned done = 0; done < width;) {
    const unsigned bit = (lsb + done) % 32;
    const unsigned step = width - done < 32 - bit ? width - done : 32 - bit;
    const std::uint64_t mask = (std::uint64_t{1} << step) - 1;
    auto& word = words[(lsb + done) / 32];
    word = static_cast<std::uint32_t>((word & ~(mask << bit)) | (value >> done & mask) << bit);
    done += step;
  }
}

/// Copies `N` words from a wide port, starting at word `first`.
template <std::size_t N, class Wide>
std::array<std::uint32_t, N> get_words(const Wide& words, std::size_t first = 0) {
  std::array<std::uint32_t, N> result;
  for (std::size_t i = 0; i < N; ++i) result[i] = words[first + i];
  return result;
}

/// Copies words into a wide port, starting at word `first`.
template <std::size_t N, class Wide>
void set_words(Wide& words, const std::array<std::uint32_t, N>& values, std::size_t first = 0) {
  for (std::size_t i = 0; i < N; ++i) words[first + i] = values[i];
}

}  // namespace tatami::test
