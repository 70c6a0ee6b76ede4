// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace tatami::test {

/// A generator under test: 24 bits from key, counter and lane.
using Generator = std::function<uint32_t(uint64_t key, uint64_t counter, unsigned lane)>;

/// How far a generator is from ideal: each figure is the largest of thousands of deviations of its kind, in standard
/// deviations. An ideal generator stays near 4.
struct Quality {
  double uniformity =
      0;             ///< chi-square of bytes of the numbers of one lane over counters, and of one counter over lanes
  double pairs = 0;  ///< chi-square of pairs: neighbouring lanes, lanes of a block, neighbouring counters
  double correlation = 0;  ///< agreement of single bits of such pairs
  double avalanche = 0;    ///< flips of single output bits when one bit of key, counter or lane flips
  double worst() const;
};

inline constexpr double kLimit = 7;

Quality measure(const Generator& generator, uint64_t seed);

}  // namespace tatami::test
