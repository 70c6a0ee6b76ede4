// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of every SIMD operation: what the instruction-set simulator applies lane by lane. FP32 lanes are in
/// fp32.hpp, BF16 lanes in bf16.hpp; here are the integer lanes and the conversions.
#pragma once

#include <cstdint>
#include <type_traits>

#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fp32.hpp"

namespace tatami::golden {

/// Modulo 2^32.
constexpr uint32_t i32_add(uint32_t a, uint32_t b) { return a + b; }
constexpr uint32_t i32_sub(uint32_t a, uint32_t b) { return a - b; }
/// Shifts use the low five bits of b.
constexpr uint32_t i32_sll(uint32_t a, uint32_t b) { return a << (b & 31); }
constexpr uint32_t i32_srl(uint32_t a, uint32_t b) { return a >> (b & 31); }
constexpr uint32_t i32_sra(uint32_t a, uint32_t b) {
  return static_cast<uint32_t>(static_cast<int32_t>(a) >> (b & 31));
}

/// The low 32 bits of the product.
constexpr uint32_t i32_mul(uint32_t a, uint32_t b) { return a * b; }

/// Lanes of 8, 16 and 32 bits (T: the unsigned type), modulo their width; the lesser and the greater as signed numbers.
template <typename T>
constexpr T lane_add(T a, T b) {
  return static_cast<T>(a + b);
}
template <typename T>
constexpr T lane_sub(T a, T b) {
  return static_cast<T>(a - b);
}
template <typename T>
constexpr T lane_min(T a, T b) {
  return static_cast<std::make_signed_t<T>>(a) < static_cast<std::make_signed_t<T>>(b) ? a : b;
}
template <typename T>
constexpr T lane_max(T a, T b) {
  return static_cast<std::make_signed_t<T>>(a) < static_cast<std::make_signed_t<T>>(b) ? b : a;
}

/// What a comparison writes.
template <typename T>
constexpr T lane_mask(bool set) {
  return set ? static_cast<T>(~T{0}) : T{0};
}

/// vsel, bit by bit.
constexpr uint32_t select(uint32_t mask, uint32_t a, uint32_t b) { return (a & mask) | (b & ~mask); }

/// vcvt.bf16.fp32: one FP32 lane to BF16, nearest even.
constexpr uint16_t cvt_bf16_fp32(uint32_t bits) { return bf16_from_fp32(bits); }
/// vcvt.fp32.bf16: one BF16 lane to FP32, exact.
constexpr uint32_t cvt_fp32_bf16(uint16_t bits) { return bf16_to_fp32(bits); }

}  // namespace tatami::golden
