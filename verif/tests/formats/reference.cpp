// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/formats/reference.hpp"

#include <gmp.h>
#include <mpfr.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace tatami::test {
namespace {

using formats::Format;
using formats::Specials;

/// An MPFR number with room for every sum and product here.
class Real {
 public:
  Real() { mpfr_init2(number_, 400); }
  ~Real() { mpfr_clear(number_); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  operator mpfr_ptr() { return number_; }

  /// As a double, which must be exact.
  double exact() const {
    const double value = mpfr_get_d(number_, MPFR_RNDN);
    if (mpfr_cmp_d(number_, value) != 0) throw std::logic_error("a reference value is not a double");
    return value;
  }

 private:
  mpfr_t number_;
};

/// The formulas of the white paper: 2^(field - bias) * 1.fraction, 2^(-bias) * 0.fraction (literal) or
/// 2^(1 - bias) * 0.fraction (gradual).
double magnitude(int field, uint32_t fraction, const Descriptor& descriptor, bool hidden_one) {
  static Real significand, power;
  mpfr_set_ui_2exp(significand, fraction, -descriptor.format().fraction_bits, MPFR_RNDN);
  if (hidden_one) mpfr_add_ui(significand, significand, 1, MPFR_RNDN);
  const int exponent = hidden_one ? field : descriptor.format().bias_configurable && !descriptor.gradual ? 0 : 1;
  mpfr_set_si(power, exponent - descriptor.effective_bias(), MPFR_RNDN);
  mpfr_exp2(power, power, MPFR_RNDN);
  mpfr_mul(significand, significand, power, MPFR_RNDN);
  return significand.exact();
}

double middle_of(double lo, double hi) {
  static Real sum;
  mpfr_set_d(sum, lo, MPFR_RNDN);
  mpfr_add_d(sum, sum, hi, MPFR_RNDN);
  mpfr_div_2ui(sum, sum, 1, MPFR_RNDN);
  return sum.exact();
}

}  // namespace

Meaning meaning(uint32_t code, const Descriptor& descriptor) {
  const Format& format = descriptor.format();
  if (format.is_integer()) {
    const int64_t low = code & static_cast<uint32_t>((uint64_t{1} << format.bits) - 1);
    return {static_cast<double>(low >= int64_t{1} << (format.bits - 1) ? low - (int64_t{1} << format.bits) : low),
            false};
  }
  const uint32_t fraction = code % (uint32_t{1} << format.fraction_bits);
  const uint32_t fields = 1U << format.exponent_bits;
  const uint32_t field = (code >> format.fraction_bits) % fields;
  const double sign = format.is_signed && (code >> (format.bits - 1)) % 2 == 1 ? -1 : 1;
  if (format.specials == Specials::kIeee && field == fields - 1) {
    return {fraction == 0 ? sign * std::numeric_limits<double>::infinity() : std::nan(""), false};
  }
  if (field == 0 && format.kind == Kind::kUhp) return {0, fraction != 0};
  return {sign * magnitude(static_cast<int>(field), fraction, descriptor, field != 0), field == 0 && fraction != 0};
}

Narrowing::Narrowing(const Descriptor& descriptor) : descriptor_(descriptor) {
  const Format& format = descriptor.format();
  if (format.bits > 16) throw std::logic_error("no table of a 32-bit format");
  if (format.is_integer()) {
    largest_ = (int64_t{1} << (format.bits - 1)) - 1, smallest_normal_ = 0;
    return;
  }
  const int64_t fractions = int64_t{1} << format.fraction_bits;
  const int64_t fields = int64_t{1} << format.exponent_bits;
  const bool flush = format.kind == Kind::kUhp;
  const auto value = [&](int64_t code) {  // also of the exponent beyond the largest
    const auto field = static_cast<int>(code / fractions);
    return magnitude(field, static_cast<uint32_t>(code % fractions), descriptor, flush || field != 0);
  };
  // UHP rounds as if its exponents went on downwards; what comes out below its normal numbers is flushed afterwards.
  // One such exponent suffices: everything below it becomes zero anyway.
  largest_ = (format.specials == Specials::kIeee ? fields - 1 : fields) * fractions - 1;
  smallest_normal_ = value(fractions);
  double lo = value(0);
  for (int64_t code = 0; code <= largest_; ++code) {
    const double hi = value(code + 1);
    intervals_.push_back({lo, middle_of(lo, hi), hi});
    lo = hi;
  }
}

golden::Flagged Narrowing::operator()(uint32_t fp32, bool stochastic, uint32_t random) const {
  using namespace golden::flag;
  const Format& format = descriptor_.format();
  const double x = std::bit_cast<float>(fp32);
  const bool clamp = format.specials == Specials::kClamp;
  const auto fraction_mask = (uint32_t{1} << format.fraction_bits) - 1;
  const auto infinity = static_cast<uint32_t>(largest_ + 1);
  const unsigned flags = std::fpclassify(std::bit_cast<float>(fp32)) == FP_SUBNORMAL ? kDenormal : 0;
  if (format.is_integer()) return to_integer(x, stochastic, random, flags);

  if (std::isnan(x)) return {clamp ? static_cast<uint32_t>(largest_) : infinity + (fraction_mask + 1) / 2, kInvalid};
  const bool negative = std::signbit(x);
  if (negative && !format.is_signed) {
    return x == 0 ? golden::Flagged{0, 0} : golden::Flagged{infinity + (fraction_mask + 1) / 2, flags | kInvalid};
  }
  const uint32_t sign = negative ? uint32_t{1} << (format.bits - 1) : 0;
  if (x == 0) return {sign, 0};
  const double size = std::abs(x);
  const bool too_small = size < intervals_.front().lo;
  if (too_small) return {sign, flags | kUnderflow};
  if (size >= intervals_.back().hi) {
    const bool was_infinite = std::isinf(x);
    if (clamp) return {sign | static_cast<uint32_t>(largest_), flags | kOverflow};
    return {sign | infinity, flags | (was_infinite ? 0 : kOverflow)};
  }
  const auto after = std::upper_bound(intervals_.begin(), intervals_.end(), size,
                                      [](double number, const Interval& interval) { return number < interval.lo; });
  const Interval& interval = *std::prev(after);
  int64_t code = std::prev(after) - intervals_.begin();
  // Doubles are exact here: lo and size are multiples of a unit of which they hold less than 2^53, and so are the
  // products (24 bits by at most 24).
  const bool up = stochastic ? random * (interval.hi - interval.lo) < (size - interval.lo) * 0x1p24
                             : size > interval.middle || (size == interval.middle && code % 2 == 1);
  const double result = up ? interval.hi : interval.lo;
  if (up) ++code;
  const bool flushed = format.kind == Kind::kUhp && result < smallest_normal_;
  const unsigned underflow = size < smallest_normal_ && (result != size || flushed) ? kUnderflow : 0;
  if (flushed) return {sign, flags | underflow};
  if (code > largest_) return {sign | static_cast<uint32_t>(clamp ? largest_ : code), flags | kOverflow};
  return {sign | static_cast<uint32_t>(code), flags | underflow};
}

golden::Flagged Narrowing::to_integer(double x, bool stochastic, uint32_t random, unsigned flags) const {
  static Real number, rest;
  const int bits = descriptor_.format().bits;
  if (std::isnan(x)) return {0, golden::flag::kInvalid};
  mpfr_set_d(number, x, MPFR_RNDN);
  if (std::isfinite(x)) {
    if (stochastic) {
      mpfr_frac(rest, number, MPFR_RNDN);
      mpfr_trunc(number, number);
      mpfr_mul_2ui(rest, rest, 24, MPFR_RNDN);
      mpfr_abs(rest, rest, MPFR_RNDN);
      if (mpfr_cmp_ui(rest, random) > 0) mpfr_add_si(number, number, std::signbit(x) ? -1 : 1, MPFR_RNDN);
    } else {
      mpfr_rint(number, number, MPFR_RNDN);
    }
  }
  const double largest = std::ldexp(1.0, bits - 1) - 1, least = -std::ldexp(1.0, bits - 1);
  const bool above = mpfr_cmp_d(number, largest) > 0, below = mpfr_cmp_d(number, least) < 0;
  const double result = above ? largest : below ? least : mpfr_get_d(number, MPFR_RNDN);
  const auto code =
      static_cast<uint32_t>(static_cast<int64_t>(result)) & static_cast<uint32_t>((uint64_t{1} << bits) - 1);
  return {code, flags | (above || below ? golden::flag::kInvalid : 0)};
}

const Narrowing& narrowing(const Descriptor& descriptor) {
  static std::array<std::unique_ptr<Narrowing>, 1 << 16> tables;
  Descriptor plain = descriptor;
  plain.stochastic = false;
  std::unique_ptr<Narrowing>& table = tables[plain.pack()];
  if (!table) table = std::make_unique<Narrowing>(plain);
  return *table;
}

uint32_t round_by_mpfr(double x, const Format& format) {
  const mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
  mpfr_t number;
  mpfr_init2(number, format.fraction_bits + 1);
  // MPFR's significands lie in [0.5, 1).
  mpfr_set_emax(format.fixed_bias + 1);
  mpfr_set_emin(2 - format.fixed_bias - format.fraction_bits);
  const int inexact = mpfr_set_d(number, x, MPFR_RNDN);
  mpfr_subnormalize(number, inexact, MPFR_RNDN);
  const double result = std::abs(mpfr_get_d(number, MPFR_RNDN));
  mpfr_clear(number);
  mpfr_set_emin(emin);
  mpfr_set_emax(emax);
  const uint32_t sign = std::signbit(x) ? uint32_t{1} << (format.bits - 1) : 0;
  const uint32_t top = ((uint32_t{1} << format.exponent_bits) - 1) << format.fraction_bits;
  if (std::isinf(result)) return sign | top;
  if (result == 0) return sign;
  const int exponent = std::max(std::ilogb(result), 1 - format.fixed_bias);
  // In units of the last place, the hidden one carries into the exponent field.
  const double units = std::ldexp(result, format.fraction_bits - exponent);
  return sign | (static_cast<uint32_t>(units) +
                 (static_cast<uint32_t>(exponent + format.fixed_bias - 1) << format.fraction_bits));
}

uint32_t up_count(double x, const Narrowing::Interval& interval) {
  mpq_t rest, gap, lo;
  for (auto* number : {rest, gap, lo}) mpq_init(number);
  mpq_set_d(lo, interval.lo);
  mpq_set_d(rest, std::abs(x));
  mpq_sub(rest, rest, lo);
  mpq_set_d(gap, interval.hi);
  mpq_sub(gap, gap, lo);
  mpq_div(rest, rest, gap);
  mpq_mul_2exp(rest, rest, 24);
  mpz_t count;
  mpz_init(count);
  mpz_cdiv_q(count, mpq_numref(rest), mpq_denref(rest));
  const auto result = static_cast<uint32_t>(mpz_get_ui(count));
  mpz_clear(count);
  for (auto* number : {rest, gap, lo}) mpq_clear(number);
  return result;
}

std::vector<Descriptor> all_descriptors() {
  std::vector<Descriptor> result;
  for (uint32_t bits = 0; bits < 1U << 16; ++bits) {
    const Descriptor descriptor = Descriptor::unpack(static_cast<uint16_t>(bits));
    if (Descriptor::legal(static_cast<uint16_t>(bits)) && !descriptor.stochastic) result.push_back(descriptor);
  }
  return result;
}

std::vector<Descriptor> narrow_descriptors(const std::vector<unsigned>& biases) {
  std::vector<Descriptor> result;
  for (const Descriptor& descriptor : all_descriptors()) {
    const bool wanted = !descriptor.format().bias_configurable || std::ranges::count(biases, descriptor.bias) != 0;
    if (descriptor.format().bits <= 16 && wanted) result.push_back(descriptor);
  }
  return result;
}

std::vector<unsigned> all_biases() {
  std::vector<unsigned> result(64);
  for (unsigned i = 0; i < 64; ++i) result[i] = i;
  return result;
}

std::vector<unsigned> some_biases() { return {0, 1, 7, 15, 20, 31, 62, 63}; }

}  // namespace tatami::test
