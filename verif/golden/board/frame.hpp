// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Frames on a board's serial line, as docs/fpga.md describes them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace tatami::golden {

inline constexpr std::size_t kFrameBytes = 80;
inline constexpr std::uint8_t kFrameStart = 0xa5, kFrameTaken = 0x06, kFrameRefused = 0x15;
using Frame = std::array<std::uint8_t, kFrameBytes>;

/// CRC-8 with polynomial x^8 + x^2 + x + 1, start 0: the remainder of the message by long division.
constexpr std::uint8_t crc8(std::span<const std::uint8_t> bytes) {
  constexpr unsigned kPolynomial = 0x107;
  unsigned remainder = 0;
  for (const std::uint8_t byte : bytes) {
    remainder ^= byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder <<= 1;
      if (remainder & 0x100) remainder ^= kPolynomial;
    }
  }
  return static_cast<std::uint8_t>(remainder);
}

/// The bytes of a frame on the line.
inline std::vector<std::uint8_t> on_line(const Frame& frame) {
  std::vector<std::uint8_t> bytes = {kFrameStart};
  bytes.insert(bytes.end(), frame.begin(), frame.end());
  bytes.push_back(crc8(frame));
  return bytes;
}

}  // namespace tatami::golden
