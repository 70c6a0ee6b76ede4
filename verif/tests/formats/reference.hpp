// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "formats.hpp"
#include "verif/golden/num/flags.hpp"

namespace tatami::test {

using formats::Descriptor;
using formats::Kind;

/// What a code stands for, computed by MPFR from the formula of its format. Every number of every format is exact in a
/// double.
struct Meaning {
  double value;   ///< with the sign of a zero; infinity and NaN as such
  bool denormal;  ///< exponent field 0, fraction not 0
};
Meaning meaning(uint32_t code, const Descriptor& descriptor);

/// A narrowing conversion that shares nothing with the golden model: it searches a table of all magnitudes of the
/// destination and of the midpoints between them, which MPFR computed.
class Narrowing {
 public:
  /// `descriptor` is of any kind but FP32 and int32 (whose tables would be too large; see `round_by_mpfr`).
  explicit Narrowing(const Descriptor& descriptor);

  /// One place in the table; a magnitude between `lo` and `hi`, or lo itself.
  struct Interval {
    double lo, middle, hi;
  };
  const std::vector<Interval>& intervals() const { return intervals_; }

  golden::Flagged operator()(uint32_t fp32, bool stochastic, uint32_t random) const;

 private:
  golden::Flagged to_integer(double x, bool stochastic, uint32_t random, unsigned flags) const;

  Descriptor descriptor_;
  int64_t largest_;  ///< the largest code
  double smallest_normal_;
  std::vector<Interval> intervals_;  ///< by code; the last reaches from the largest number to what would follow it
};

/// The table of a descriptor, made at the first use. The rounding mode does not matter.
const Narrowing& narrowing(const Descriptor& descriptor);

/// Rounding to nearest by MPFR's own arithmetic, for formats that IEEE 754 describes (precision, exponent range,
/// subnormals): the code of the rounded value of bf16, fp16, fp32.
uint32_t round_by_mpfr(double x, const formats::Format& format);

/// How many of the 2^24 random numbers round |x| up: the least R that does not, computed with rationals.
uint32_t up_count(double x, const Narrowing::Interval& interval);

/// Every legal descriptor that rounds to nearest: all kinds, biases, denormal modes.
std::vector<Descriptor> all_descriptors();
/// The same with at most 16 bits, and of the configurable ones only those biases of `biases`.
std::vector<Descriptor> narrow_descriptors(const std::vector<unsigned>& biases);
/// 0..63.
std::vector<unsigned> all_biases();
/// A few that matter: both ends, the middle, those of IEEE-like use.
std::vector<unsigned> some_biases();

}  // namespace tatami::test
