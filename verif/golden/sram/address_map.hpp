// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tatami::golden {

/// Where a 64-bit word lies in the banked SRAM.
struct SramPlace {
  unsigned bank = 0;
  unsigned column = 0;
  unsigned row = 0;
  friend bool operator==(const SramPlace&, const SramPlace&) = default;
};

/// The place of the word at a byte address (a multiple of 8) in an SRAM of `banks` banks of 64 B lines: line L is row
/// L / banks of bank L mod banks, and its word w is in column (w + s) mod 8, s being the sum of the base-8 digits of L.
constexpr SramPlace sram_place(std::uint64_t byte_address, unsigned banks) {
  const std::uint64_t line = byte_address / 64;
  unsigned column = static_cast<unsigned>(byte_address / 8 % 8);
  for (std::uint64_t rest = line; rest != 0; rest /= 8) column += static_cast<unsigned>(rest % 8);
  return {static_cast<unsigned>(line % banks), column % 8, static_cast<unsigned>(line / banks)};
}

}  // namespace tatami::golden
