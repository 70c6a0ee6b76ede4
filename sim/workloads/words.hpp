// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tatami {

/// Appends words to an image of SRAM, little-endian.
template <typename Words>
void append_words(std::vector<std::uint8_t>& bytes, const Words& words) {
  for (const auto word : words) {
    for (std::size_t b = 0; b < sizeof(word); ++b) bytes.push_back(static_cast<std::uint8_t>(word >> (8 * b)));
  }
}

/// The bytes of a list of words.
template <typename Words>
std::vector<std::uint8_t> to_bytes(const Words& words) {
  std::vector<std::uint8_t> bytes;
  append_words(bytes, words);
  return bytes;
}

}  // namespace tatami
