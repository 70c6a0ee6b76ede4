// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mpfr.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "verif/golden/num/flags.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::test {

/// A format as MPFR computes in it: its precision, its exponent range, and subnormal rounding.
class MpfrFormat {
 public:
  explicit MpfrFormat(const golden::Format& format) : format_(format) {
    const mpfr_prec_t precision = format.fraction_bits + 1;
    for (auto* number : {x_, y_, z_, result_}) mpfr_init2(number, precision);
    // MPFR's significands lie in [0.5, 1).
    mpfr_set_emax(format.max_exponent() + 1);
    mpfr_set_emin(format.min_exponent() - format.fraction_bits + 1);
  }
  ~MpfrFormat() {
    for (auto* number : {x_, y_, z_, result_}) mpfr_clear(number);
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
  }
  MpfrFormat(const MpfrFormat&) = delete;
  MpfrFormat& operator=(const MpfrFormat&) = delete;

  uint32_t add(uint32_t a, uint32_t b) {
    load(a, b);
    return round(mpfr_add(result_, x_, y_, MPFR_RNDN));
  }
  uint32_t sub(uint32_t a, uint32_t b) {
    load(a, b);
    return round(mpfr_sub(result_, x_, y_, MPFR_RNDN));
  }
  uint32_t mul(uint32_t a, uint32_t b) {
    load(a, b);
    return round(mpfr_mul(result_, x_, y_, MPFR_RNDN));
  }
  uint32_t fma(uint32_t a, uint32_t b, uint32_t c) {
    load(a, b);
    mpfr_set_flt(z_, to_float(c), MPFR_RNDN);
    return round(mpfr_fma(result_, x_, y_, z_, MPFR_RNDN));
  }
  uint32_t from_double(double value) { return round(mpfr_set_d(result_, value, MPFR_RNDN)); }
  /// integer * 2^exponent
  uint32_t from_integer(mpz_srcptr integer, mpfr_exp_t exponent) {
    return round(mpfr_set_z_2exp(result_, integer, exponent, MPFR_RNDN));
  }

 private:
  void load(uint32_t a, uint32_t b) {
    mpfr_set_flt(x_, to_float(a), MPFR_RNDN);
    mpfr_set_flt(y_, to_float(b), MPFR_RNDN);
  }
  /// Both formats have FP32's exponent field, so that their numbers are FP32 numbers with zeros below.
  float to_float(uint32_t bits) const { return std::bit_cast<float>(bits << (kFp32Fraction - format_.fraction_bits)); }
  uint32_t round(int inexact) {
    mpfr_subnormalize(result_, inexact, MPFR_RNDN);
    const float value = mpfr_get_flt(result_, MPFR_RNDN);
    if (std::isnan(value)) return format_.canonical_nan();
    return std::bit_cast<uint32_t>(value) >> (kFp32Fraction - format_.fraction_bits);
  }

  static constexpr int kFp32Fraction = 23;
  golden::Format format_;
  mpfr_t x_, y_, z_, result_;
};

/// a * b + c without rounding, for the flags of its rounding to a format.
class ExactMultiplyAdd {
 public:
  explicit ExactMultiplyAdd(const golden::Format& format) : format_(format) {
    for (auto* number : {x_, y_, z_}) mpfr_init2(number, 700);
  }
  ~ExactMultiplyAdd() {
    for (auto* number : {x_, y_, z_}) mpfr_clear(number);
  }
  ExactMultiplyAdd(const ExactMultiplyAdd&) = delete;
  ExactMultiplyAdd& operator=(const ExactMultiplyAdd&) = delete;

  /// What an operation with these operands and this result raises.
  unsigned flags(uint32_t a, uint32_t b, uint32_t c, uint32_t result) {
    unsigned flags = 0;
    for (const uint32_t operand : {a, b, c}) {
      if (std::fpclassify(to_float(operand)) == FP_SUBNORMAL) flags |= golden::flag::kDenormal;
    }
    if (std::isnan(to_float(result))) return flags | golden::flag::kInvalid;
    mpfr_set_flt(x_, to_float(a), MPFR_RNDN), mpfr_set_flt(y_, to_float(b), MPFR_RNDN);
    mpfr_set_flt(z_, to_float(c), MPFR_RNDN);
    if (mpfr_fma(x_, x_, y_, z_, MPFR_RNDN) != 0) throw std::logic_error("the exact result does not fit");
    if (mpfr_inf_p(x_) != 0 || mpfr_zero_p(x_) != 0) return flags;
    if (std::isinf(to_float(result))) return flags | golden::flag::kOverflow;
    if (mpfr_get_exp(x_) - 1 >= format_.min_exponent()) return flags;
    mpfr_mul_2si(x_, x_, format_.fraction_bits - format_.min_exponent(), MPFR_RNDN);
    return mpfr_integer_p(x_) != 0 ? flags : flags | golden::flag::kUnderflow;
  }

 private:
  float to_float(uint32_t bits) const { return std::bit_cast<float>(bits << (23 - format_.fraction_bits)); }

  golden::Format format_;
  mpfr_t x_, y_, z_;
};

}  // namespace tatami::test
