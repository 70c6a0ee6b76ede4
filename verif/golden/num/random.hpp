// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The random numbers of stochastic rounding: a block cipher of a counter, so that a number depends on nothing but a
/// thread's key and counter, and the lane.
#pragma once

#include <bit>
#include <cstdint>

namespace tatami::golden {

/// A key of Speck64/96: k0 is the first round's key, l0 and l1 feed the schedule.
struct SpeckKey {
  uint32_t k0, l0, l1;
};

/// The two halves of a 64-bit block.
struct SpeckBlock {
  uint32_t x, y;

  friend constexpr bool operator==(const SpeckBlock&, const SpeckBlock&) = default;
};

inline constexpr int kSpeckRounds = 26;  ///< of the published cipher
inline constexpr int kRandomRounds = 8;  ///< of the generator here

/// Speck64/96 (Beaulieu et al., 2013) of any number of rounds.
constexpr SpeckBlock speck64(SpeckBlock block, const SpeckKey& key, int rounds) {
  uint32_t k = key.k0, l[2] = {key.l0, key.l1};
  for (int i = 0; i < rounds; ++i) {
    block.x = (std::rotr(block.x, 8) + block.y) ^ k;
    block.y = std::rotl(block.y, 3) ^ block.x;
    uint32_t& next = l[i % 2];
    next = (k + std::rotr(next, 8)) ^ static_cast<uint32_t>(i);
    k = std::rotl(k, 3) ^ next;
  }
  return block;
}

/// The 24-bit random number of a lane (0..63) of an instruction that rounds with `counter` and `key`. Counters that
/// differ in their upper five bits alone give the same.
constexpr uint32_t lane_random(uint64_t key, uint64_t counter, unsigned lane, int rounds = kRandomRounds) {
  const uint64_t block = counter << 5 | (lane / 2 & 31);
  const SpeckKey words{static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32), 0xb7e15162};
  const SpeckBlock out = speck64({static_cast<uint32_t>(block >> 32), static_cast<uint32_t>(block)}, words, rounds);
  return (lane % 2 == 0 ? out.x : out.y) >> 8;
}

}  // namespace tatami::golden
