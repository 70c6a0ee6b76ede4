// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mpfr.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "verif/golden/num/functions.hpp"
#include "verif/golden/num/round.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {

using golden::Function;
using golden::kFp32;

inline constexpr std::array<Function, 5> kFunctions = {Function::kRcp, Function::kSqrt, Function::kRsqrt,
                                                       Function::kExp2, Function::kLog2};

inline std::string name_of(Function function) {
  constexpr std::array<const char*, 5> kNames = {"rcp", "sqrt", "rsqrt", "exp2", "log2"};
  return kNames[static_cast<unsigned>(function)];
}

/// The host's double precision function: within an ulp or so of double precision.
inline double host_function(Function function, double x) {
  switch (function) {
    case Function::kRcp: return 1 / x;
    case Function::kSqrt: return std::sqrt(x);
    case Function::kRsqrt: return 1 / std::sqrt(x);
    case Function::kExp2: return std::exp2(x);
    case Function::kLog2: return std::log2(x);
  }
  return 0;
}

/// The exponent of the last place of FP32 numbers of about |value|.
inline int last_place(double value) {
  const int exponent = value == 0 ? -126 : std::ilogb(value);
  return (exponent < -126 ? -126 : exponent) - 23;
}

/// The functions with 200 bits of precision.
class MpfrFunctions {
 public:
  MpfrFunctions() {
    for (auto* number : {x_, y_}) mpfr_init2(number, 200);
  }
  ~MpfrFunctions() {
    for (auto* number : {x_, y_}) mpfr_clear(number);
  }
  MpfrFunctions(const MpfrFunctions&) = delete;
  MpfrFunctions& operator=(const MpfrFunctions&) = delete;

  /// |result - function(x)| in units in the last place of the exact result; both finite.
  double ulps(Function function, uint32_t x, uint32_t result) {
    compute(function, x);
    const int place = last_place(mpfr_get_d(y_, MPFR_RNDZ));
    mpfr_sub_d(y_, y_, std::bit_cast<float>(result), MPFR_RNDN);
    mpfr_mul_2si(y_, y_, -place, MPFR_RNDN);
    return std::fabs(mpfr_get_d(y_, MPFR_RNDN));
  }

  /// Whether the exact result, not zero, lies below the normal numbers and is no FP32 number.
  bool underflows(Function function, uint32_t x) {
    compute(function, x);
    if (mpfr_zero_p(y_) != 0) return function == Function::kExp2;  // below MPFR's own numbers
    if (mpfr_get_exp(y_) - 1 >= -126) return false;
    mpfr_mul_2si(y_, y_, 149, MPFR_RNDN);
    return mpfr_integer_p(y_) == 0;
  }

 private:
  void compute(Function function, uint32_t x) {
    mpfr_set_flt(x_, std::bit_cast<float>(x), MPFR_RNDN);
    switch (function) {
      case Function::kRcp: mpfr_ui_div(y_, 1, x_, MPFR_RNDN); break;
      case Function::kSqrt: mpfr_sqrt(y_, x_, MPFR_RNDN); break;
      case Function::kRsqrt: mpfr_rec_sqrt(y_, x_, MPFR_RNDN); break;
      case Function::kExp2: mpfr_exp2(y_, x_, MPFR_RNDN); break;
      case Function::kLog2: mpfr_log2(y_, x_, MPFR_RNDN); break;
    }
  }

  mpfr_t x_, y_;
};

/// The largest error of a function over the operands it is shown. The host's double precision picks the candidates, and
/// MPFR measures them.
class WorstError {
 public:
  explicit WorstError(Function function) : function_(function) {}

  /// Finite operands with a finite result.
  void operator()(uint32_t x) {
    const uint32_t result = golden::fp32_function(function_, x).bits;
    const double exact = host_function(function_, std::bit_cast<float>(x));
    const double difference = std::bit_cast<float>(result) - exact;
    const double ulps = std::fabs(std::ldexp(difference, -last_place(exact)));
    ++count_;
    if (ulps < worst_ - kHostError) return;
    const double measured = mpfr_.ulps(function_, x, result);
    if (measured > worst_) worst_ = measured, at_ = x;
  }

  double worst() const { return worst_; }
  uint32_t at() const { return at_; }
  uint64_t count() const { return count_; }

 private:
  static constexpr double kHostError = 1e-6;  // an error of 8 ulps of double precision weighs 1.5e-8 here
  Function function_;
  MpfrFunctions mpfr_;
  double worst_ = 0.25;  // smaller ones are not measured
  uint32_t at_ = 0;
  uint64_t count_ = 0;
};

}  // namespace tatami::test
