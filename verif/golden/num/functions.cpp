// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/num/functions.hpp"

#include <bit>

#include "function_table.hpp"
#include "verif/golden/num/round.hpp"

namespace tatami::golden {
namespace {

namespace table = function_table;

constexpr uint32_t kSign = kFp32.sign_bit(), kInfinity = kFp32.infinity();
// Where the tables of the curves start, and their pieces.
constexpr unsigned kRcpTable = 0, kRsqrtTable = 128, kExp2Table = 384, kLog2Table = 448, kPieces = 64;

/// The polynomial of a segment, `offset` from its start: a value of [1, 2] in units of 2^-27.
int64_t value(unsigned address, int64_t offset) {
  const table::Row& row = table::kRows[address];
  const int64_t centred = offset - (int64_t{1} << (table::kOffsetBits - 1));
  const int64_t rough = centred >> (table::kOffsetBits - table::kShortOffsetBits);
  const int64_t slope = row.linear + ((row.quadratic * rough) >> table::kShortOffsetBits);
  return row.constant + ((slope * centred) >> table::kOffsetBits);
}

/// The segment and the offset in it, of a fraction with `bits` bits.
int64_t curve(unsigned first, unsigned pieces, uint32_t fraction, int bits) {
  const int shift = bits - (std::bit_width(pieces) - 1);
  const uint32_t rest = fraction & ((uint32_t{1} << shift) - 1);
  return value(first + (fraction >> shift), int64_t{rest} << (table::kOffsetBits - shift));
}

/// |x| = (1 + fraction * 2^-23) * 2^exponent.
struct Normal {
  uint32_t fraction;
  int exponent;
};

Normal normal(uint32_t x) {
  const Finite finite = unpack(kFp32, x);
  const int shift = 24 - bit_length(finite.significand);
  return {(finite.significand << shift) & kFp32.fraction_mask(), finite.exponent + 23 - shift};
}

uint32_t rcp(uint32_t x) {
  const Normal n = normal(x);
  const auto v = static_cast<uint64_t>(curve(kRcpTable, 2 * kPieces, n.fraction, 23));
  return round_to(kFp32, kFp32.is_negative(x), v, -n.exponent - 1 - table::kFraction);
}

/// 2 / sqrt of x scaled by a power of four into [1, 4).
uint64_t reciprocal_root(const Normal& n) {
  const bool odd = (n.exponent & 1) != 0;
  return static_cast<uint64_t>(curve(odd ? kRsqrtTable + 2 * kPieces : kRsqrtTable, 2 * kPieces, n.fraction, 23));
}

uint32_t rsqrt(uint32_t x) {
  const Normal n = normal(x);
  return round_to(kFp32, false, reciprocal_root(n), -(n.exponent >> 1) - 1 - table::kFraction);
}

uint32_t sqrt(uint32_t x) {
  const Normal n = normal(x);
  const uint64_t product = (n.fraction | uint64_t{1} << 23) * reciprocal_root(n);
  return round_to(kFp32, false, product, (n.exponent >> 1) + (n.exponent & 1) - 1 - 23 - table::kFraction);
}

uint32_t log2(uint32_t x) {
  const Normal n = normal(x);
  const int64_t v = curve(kLog2Table, kPieces, n.fraction, 23);
  // x = 2^whole * (1 + f * 2^-24), f between -1/4 and 1/2.
  const bool upper = n.fraction >> 22 != 0;
  const int64_t f = upper ? int64_t{n.fraction} - (int64_t{1} << 23) : 2 * int64_t{n.fraction};
  const int64_t whole = n.exponent + (upper ? 1 : 0);
  const int64_t sum = whole * (int64_t{1} << (24 + table::kFraction)) + f * v;
  const uint64_t magnitude = static_cast<uint64_t>(sum < 0 ? -sum : sum);
  return round_to(kFp32, sum < 0, magnitude, -24 - table::kFraction);
}

/// Of finite x; also whether the exact result lies below the normal numbers and is not representable.
Flagged exp2(uint32_t x) {
  constexpr int kFixed = 26;
  constexpr uint32_t kLimit = 0x43800000;  // 256
  if ((x & ~kSign) >= kLimit) return kFp32.is_negative(x) ? Flagged{0, flag::kUnderflow} : Flagged{kInfinity, 0};
  const Finite finite = unpack(kFp32, x);
  const int64_t significand = finite.negative ? -int64_t{finite.significand} : int64_t{finite.significand};
  const int shift = finite.exponent + kFixed;
  const int64_t fixed = shift >= 0 ? significand * (int64_t{1} << shift) : significand >> (shift < -63 ? 63 : -shift);
  const auto whole = static_cast<int>(fixed >> kFixed);
  const auto fraction = static_cast<uint32_t>(fixed & ((1 << kFixed) - 1));
  const auto v = static_cast<uint64_t>(curve(kExp2Table, kPieces, fraction, kFixed));
  const bool underflow = whole < kFp32.min_exponent() && (fraction != 0 || whole < kFp32.min_exponent() - 23);
  return {round_to(kFp32, false, v, whole - table::kFraction), underflow ? flag::kUnderflow : 0};
}

/// Whether 1 / x, exactly, lies below the normal numbers and is not representable.
bool rcp_underflows(uint32_t x) {
  constexpr uint32_t kLargestNormalReciprocal = 0x7e800000;  // 2^126
  return (x & ~kSign) > kLargestNormalReciprocal && (x & kFp32.fraction_mask()) != 0;
}

Flagged finite_function(Function function, uint32_t x) {
  const bool zero = kFp32.is_zero(x);
  switch (function) {
    case Function::kRcp:
      if (zero) return {x | kInfinity, 0};
      return {rcp(x), rcp_underflows(x) ? flag::kUnderflow : 0};
    case Function::kSqrt: return {zero ? x : sqrt(x), 0};
    case Function::kRsqrt: return {zero ? x | kInfinity : rsqrt(x), 0};
    case Function::kExp2: return exp2(x);
    case Function::kLog2: return {zero ? kSign | kInfinity : log2(x), 0};
  }
  return {};
}

uint32_t of_infinity(Function function, uint32_t x) {
  if (function == Function::kRcp) return x & kSign;
  if (function == Function::kRsqrt || kFp32.is_negative(x)) return 0;  // exp2 of minus infinity
  return kInfinity;
}

}  // namespace

Flagged fp32_function(Function function, uint32_t x) {
  const bool needs_positive =
      function == Function::kSqrt || function == Function::kRsqrt || function == Function::kLog2;
  const bool negative = kFp32.is_negative(x) && !kFp32.is_zero(x);
  const unsigned denormal = (x & kInfinity) == 0 && !kFp32.is_zero(x) ? flag::kDenormal : 0;
  if (kFp32.is_nan(x) || (needs_positive && negative)) return {kFp32.canonical_nan(), flag::kInvalid | denormal};
  if (kFp32.is_infinity(x)) return {of_infinity(function, x), 0};
  Flagged result = finite_function(function, x);
  result.flags |= denormal | (kFp32.is_infinity(result.bits) ? flag::kOverflow : 0);
  return result;
}

}  // namespace tatami::golden
