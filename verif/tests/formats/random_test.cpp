// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The random numbers of stochastic rounding, and the rounding that they decide.

#include "verif/golden/num/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

#include "verif/golden/num/convert.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/formats/reference.hpp"
#include "verif/tests/formats/statistics.hpp"

namespace tatami::test {
namespace {

constexpr uint32_t kNumbers = uint32_t{1} << golden::kRandomBits;

uint32_t pattern(float x) { return std::bit_cast<uint32_t>(x); }

/// The interval of a destination that a magnitude lies in.
const Narrowing::Interval& interval_of(double size, const Descriptor& to) {
  const auto& all = narrowing(to).intervals();
  return *std::prev(std::upper_bound(all.begin(), all.end(), size,
                                     [](double x, const Narrowing::Interval& place) { return x < place.lo; }));
}

Generator with_rounds(int rounds) {
  return [rounds](uint64_t key, uint64_t counter, unsigned lane) {
    return golden::lane_random(key, counter, lane, rounds);
  };
}

}  // namespace

TEST_CASE("the cipher gives the published Speck64/96 vector", "[random]") {
  const golden::SpeckKey key{0x03020100, 0x0b0a0908, 0x13121110};
  CHECK(golden::speck64({0x74614620, 0x736e6165}, key, golden::kSpeckRounds) ==
        golden::SpeckBlock{0x9f7952ec, 0x4175946c});
}

TEST_CASE("a lane's number is the part of the cipher that the definition names", "[random]") {
  // Written out from docs/numbers.md with lists of all round keys, unlike the model.
  std::mt19937_64 random(seed());
  for (int i = 0; i < 1000; ++i) {
    const uint64_t key = random(), counter = random();
    const auto lane = static_cast<unsigned>(random() % 64);
    uint32_t k[8], l[10] = {static_cast<uint32_t>(key >> 32), 0xb7e15162};
    k[0] = static_cast<uint32_t>(key);
    for (uint32_t r = 0; r + 1 < 8; ++r) {
      l[r + 2] = (k[r] + (l[r] >> 8 | l[r] << 24)) ^ r;
      k[r + 1] = (k[r] << 3 | k[r] >> 29) ^ l[r + 2];
    }
    auto x = static_cast<uint32_t>(counter >> 27), y = static_cast<uint32_t>(counter << 5) + lane / 2;
    for (const uint32_t round_key : k) {
      x = ((x >> 8 | x << 24) + y) ^ round_key;
      y = (y << 3 | y >> 29) ^ x;
    }
    REQUIRE(golden::lane_random(key, counter, lane) == (lane % 2 == 0 ? x : y) >> 8);
  }
}

TEST_CASE("numbers are uniform and independent between lanes, counters and keys", "[random]") {
  const Quality quality = measure(with_rounds(golden::kRandomRounds), seed());
  CAPTURE(quality.uniformity, quality.pairs, quality.correlation, quality.avalanche);
  CHECK(quality.worst() < kLimit);
}

TEST_CASE("the statistics notice a broken generator", "[random]") {
  const Generator right = with_rounds(golden::kRandomRounds);
  for (const int rounds : {2, 4, 5, 6}) {
    CAPTURE(rounds);
    CHECK(measure(with_rounds(rounds), seed()).worst() > 2 * kLimit);
  }
  // Ignores the lane; ignores which half of a block; the key's upper word; correlates one bit of lanes 0 and 1; is
  // never 0.
  CHECK(measure([&](uint64_t k, uint64_t c, unsigned) { return right(k, c, 0); }, seed()).worst() > kLimit);
  CHECK(measure([&](uint64_t k, uint64_t c, unsigned l) { return right(k, c, l & 62); }, seed()).pairs > kLimit);
  CHECK(measure([&](uint64_t k, uint64_t c, unsigned l) { return right(k & 0xffffffff, c, l); }, seed()).avalanche >
        kLimit);
  CHECK(measure([&](uint64_t k, uint64_t c, unsigned l) { return right(k, c + l / 63, l % 63); }, seed()).correlation >
        kLimit);
  const auto tied = [&](uint64_t k, uint64_t c, unsigned l) {
    const uint32_t number = right(k, c, l);
    return l == 1 && c % 16 == 0 ? (number & ~0x80U) | (right(k, c, 0) & 0x80) : number;
  };
  CHECK(measure(tied, seed()).correlation > kLimit);
  CHECK(measure([&](uint64_t k, uint64_t c, unsigned l) { return right(k, c, l) % 0xff0000; }, seed()).uniformity >
        kLimit);
}

TEST_CASE("exactly the right share of all random numbers rounds up", "[random]") {
  struct Case {
    Descriptor to;
    float x;
  };
  // An ordinary gap, a tiny number, the hole of literal denormals, an integer, a number near the largest.
  const Case cases[] = {{{Kind::kCfp8143, 7, true, false}, 1.0300001F},
                        {{Kind::kCfp8152, 20, true, false}, 0x1.234566p-41F},
                        {{Kind::kCfp8143, 3, true, false}, 0x1.9a5678p-3F},
                        {{Kind::kInt8, 0, true, false}, -3.7F},
                        {{Kind::kCfp8143, 0, true, false}, 63000.0F}};
  for (const Case& test : cases) {
    CAPTURE(test.to.format().name, test.x);
    const double size = std::abs(test.x);
    const Narrowing::Interval place = test.to.kind == Kind::kInt8
                                          ? Narrowing::Interval{std::floor(size), 0, std::floor(size) + 1}
                                          : interval_of(size, test.to);
    const uint32_t threshold = up_count(size, place);
    const golden::Flagged up = golden::narrow(pattern(test.x), test.to, 0);
    uint32_t count = 0;
    bool ordered = true;
    for (uint32_t random = 0; random < kNumbers; ++random) {
      const bool is_up = golden::narrow(pattern(test.x), test.to, random) == up;
      ordered &= is_up == (random < threshold);
      count += is_up ? 1 : 0;
    }
    CHECK(count == threshold);
    CHECK(ordered);
  }
}

TEST_CASE("the threshold of rounding up is the exact quotient, for every interval of 8-bit formats", "[random]") {
  std::mt19937_64 random(seed());
  for (Descriptor to : narrow_descriptors(some_biases())) {
    if (to.format().is_integer()) continue;
    to.stochastic = true;
    const auto& intervals = narrowing(to).intervals();
    const std::size_t step = to.format().bits == 8 ? 1 : 97;
    for (std::size_t i = 0; i < intervals.size(); i += step) {
      const Narrowing::Interval& place = intervals[i];
      for (int sample = 0; sample < 4; ++sample) {
        const double share = static_cast<double>(random() >> 11) * 0x1p-53;
        const float x = static_cast<float>(place.lo + share * (place.hi - place.lo));
        // FP32 may have no number in the interval.
        if (x < place.lo || x >= place.hi || std::isinf(x)) continue;
        const uint32_t threshold = up_count(x, place);
        const Narrowing& expected = narrowing(to);
        for (const uint32_t number : {0U, threshold - 1, threshold, kNumbers - 1}) {
          if (number >= kNumbers) continue;
          const bool up = number < threshold;
          const golden::Flagged result = golden::narrow(pattern(x), to, number);
          REQUIRE(result == expected(pattern(x), true, number));
          if (place.lo < meaning((uint32_t{1} << to.format().fraction_bits), to).value) continue;  // may be flushed
          if (i + 1 == intervals.size()) continue;                                                 // may be clamped
          REQUIRE(meaning(result.bits, to).value == (up ? place.hi : place.lo));
        }
      }
    }
  }
}

TEST_CASE("stochastic rounding is unbiased, and a tiny update survives on average", "[random]") {
  const auto mean_of = [](float x, const Descriptor& to, uint64_t key) {
    double sum = 0;
    constexpr uint64_t kInstructions = 4096;
    for (uint64_t counter = 0; counter < kInstructions; ++counter) {
      for (unsigned lane = 0; lane < 16; ++lane) {
        const auto code = golden::narrow(pattern(x), to, golden::lane_random(key, counter, lane)).bits;
        sum += meaning(code, to).value;
      }
    }
    return sum / (16.0 * kInstructions);
  };
  std::mt19937_64 random(seed());
  const Descriptor destinations[] = {{Kind::kCfp8143, 7, true, false}, {Kind::kCfp8152, 15, true, true},
                                     {Kind::kBf16, 0, true, false},    {Kind::kShp, 15, true, false},
                                     {Kind::kFp16, 0, true, false},    {Kind::kUhp, 0, true, false}};
  for (const Descriptor& to : destinations) {
    for (int i = 0; i < 8; ++i) {
      const float x = 0.25F + static_cast<float>(random() >> 40) * 0x1p-23F;
      const Narrowing::Interval& place = interval_of(x, to);
      const double gap = place.hi - place.lo, share = (x - place.lo) / gap;
      const double deviation = gap * std::sqrt(share * (1 - share) / 65536);
      CAPTURE(to.format().name, x);
      CHECK(std::abs(mean_of(x, to, random()) - x) <= 5 * deviation + gap * 0x1p-24);
    }
  }
  // 1 + 2^-12 in a format whose next number is 1.125: to nearest always 1.
  CHECK(golden::narrow(pattern(1 + 0x1p-12F), {Kind::kCfp8143, 7, false, false}, 0).bits == 0x38);
  CHECK(mean_of(1 + 0x1p-12F, {Kind::kCfp8143, 7, true, false}, 1) > 1);
}

}  // namespace tatami::test
