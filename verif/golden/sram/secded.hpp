// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace tatami::golden {

/// A stored word: 64 data bits and 8 check bits.
struct Codeword {
  std::uint64_t data = 0;
  std::uint8_t check = 0;
  friend bool operator==(const Codeword&, const Codeword&) = default;
};

/// What reading a codeword gives.
struct Decoded {
  std::uint64_t data = 0;
  bool corrected = false;
  bool uncorrectable = false;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

/// Inverts bit `bit` of a codeword: 0..63 data, 64..71 check.
Codeword flip(Codeword word, unsigned bit);

/// Columns of the parity matrix: 0..63 data bits, 64..71 check bits. Data bits 0..55 have the 8-bit values of weight 3
/// in ascending order, 56..63 the rotations of 0x1F to the left by 0..7, check bit k the value 1 << k.
const std::array<std::uint8_t, 72>& secded_columns();

/// The codeword of a word: the columns of its set bits add up to zero (modulo 2).
Codeword secded_encode(std::uint64_t data);

/// A sum of zero: as stored. A sum that equals a column: that bit is wrong and is put right. Any other: uncorrectable.
Decoded secded_decode(Codeword word);

}  // namespace tatami::golden
