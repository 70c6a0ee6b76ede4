// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/formats/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace tatami::test {
namespace {

constexpr unsigned kBits = 24, kLanes = 64, kCounterBits = 59;

/// Standard deviations of a chi-square sum from its mean, for 256 equally likely bins.
double chi_square(const std::array<uint32_t, 256>& bins) {
  double total = 0, sum = 0;
  for (const uint32_t bin : bins) total += bin;
  const double expected = total / 256;
  for (const uint32_t bin : bins) sum += (bin - expected) * (bin - expected) / expected;
  return std::abs(sum - 255) / std::sqrt(2 * 255.0);
}

/// Standard deviations of a count of heads from half of `tosses`.
double coin(uint32_t heads, uint32_t tosses) { return std::abs(heads - tosses / 2.0) / std::sqrt(tosses / 4.0); }

/// Bytes of single numbers.
double uniformity(const std::vector<uint32_t>& numbers) {
  double worst = 0;
  for (const unsigned shift : {0U, 5U, 8U, 16U}) {
    std::array<uint32_t, 256> bins{};
    for (const uint32_t number : numbers) ++bins[number >> shift & 255];
    worst = std::max(worst, chi_square(bins));
  }
  return worst;
}

/// Numbers that belong together: four bits of each as one byte, and bit against bit.
void compare(const std::vector<uint32_t>& left, const std::vector<uint32_t>& right, Quality& quality) {
  for (unsigned shift = 0; shift < kBits; shift += 4) {
    std::array<uint32_t, 256> bins{};
    for (std::size_t i = 0; i < left.size(); ++i) ++bins[(left[i] >> shift & 15) | (right[i] >> shift & 15) << 4];
    quality.pairs = std::max(quality.pairs, chi_square(bins));
  }
  for (unsigned turn = 0; turn < kBits; ++turn) {
    std::array<uint32_t, kBits> equal{};
    for (std::size_t i = 0; i < left.size(); ++i) {
      const uint32_t turned = (right[i] >> turn | right[i] << (kBits - turn)) & 0xffffff;
      const uint32_t same = ~(left[i] ^ turned);
      for (unsigned bit = 0; bit < kBits; ++bit) equal[bit] += same >> bit & 1;
    }
    for (const uint32_t heads : equal) {
      quality.correlation = std::max(quality.correlation, coin(heads, static_cast<uint32_t>(left.size())));
    }
  }
}

/// Flips one bit of the input; every bit of the output must flip half of the time. Bits 0..63 are the key's, then come
/// the counter's, then the lane's. `samples` holds inputs like those of a real run: small counters.
double avalanche(const Generator& generator, std::mt19937_64& random) {
  constexpr uint32_t kSamples = 3000;
  double worst = 0;
  for (unsigned flipped = 0; flipped < 64 + kCounterBits + 6; ++flipped) {
    std::array<uint32_t, kBits> flips{};
    for (uint32_t i = 0; i < kSamples; ++i) {
      uint64_t key = random(), counter = random() >> (random() % 64);
      auto lane = static_cast<unsigned>(random() % kLanes);
      const uint32_t before = generator(key, counter, lane);
      if (flipped < 64) {
        key ^= uint64_t{1} << flipped;
      } else if (flipped < 64 + kCounterBits) {
        counter ^= uint64_t{1} << (flipped - 64);
      } else {
        lane ^= 1U << (flipped - 64 - kCounterBits);
      }
      const uint32_t changed = before ^ generator(key, counter, lane);
      for (unsigned bit = 0; bit < kBits; ++bit) flips[bit] += changed >> bit & 1;
    }
    for (const uint32_t heads : flips) worst = std::max(worst, coin(heads, kSamples));
  }
  return worst;
}

}  // namespace

double Quality::worst() const { return std::max({uniformity, pairs, correlation, avalanche}); }

Quality measure(const Generator& generator, uint64_t seed) {
  constexpr uint64_t kCounters = 1 << 15;
  std::mt19937_64 random(seed);
  Quality quality;
  // Keys as people choose them, and any.
  for (const uint64_t key : {uint64_t{0}, uint64_t{1}, random()}) {
    const auto over_counters = [&](unsigned lane, uint64_t first) {
      std::vector<uint32_t> numbers(kCounters);
      for (uint64_t i = 0; i < kCounters; ++i) numbers[i] = generator(key, first + i, lane);
      return numbers;
    };
    const std::vector<uint32_t> lane0 = over_counters(0, 0), lane14 = over_counters(14, 0);
    std::vector<uint32_t> over_lanes;
    for (uint64_t i = 0; i < kCounters; ++i) over_lanes.push_back(generator(key, i / kLanes, i % kLanes));
    for (const auto& numbers : {lane0, lane14, over_lanes}) {
      quality.uniformity = std::max(quality.uniformity, uniformity(numbers));
    }
    compare(lane0, over_counters(1, 0), quality);    // two halves of a block
    compare(lane0, over_counters(2, 0), quality);    // neighbouring blocks
    compare(lane14, over_counters(63, 0), quality);  // blocks that differ in all bits but one
    compare(lane0, over_counters(0, 1), quality);    // neighbouring counters
    compare(over_counters(63, 0), over_counters(0, 1), quality);
  }
  quality.avalanche = avalanche(generator, random);
  return quality;
}

}  // namespace tatami::test
