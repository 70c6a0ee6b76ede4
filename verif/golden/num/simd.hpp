// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One lane of every SIMD operation: what the instruction-set simulator applies lane by lane. FP32 lanes are in
/// fp32.hpp, BF16 lanes in bf16.hpp; here are the integer lanes and the conversions.
#pragma once

#include <cstdint>

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

/// vcvt.bf16.fp32: one FP32 lane to BF16, nearest even.
constexpr uint16_t cvt_bf16_fp32(uint32_t bits) { return bf16_from_fp32(bits); }
/// vcvt.fp32.bf16: one BF16 lane to FP32, exact.
constexpr uint32_t cvt_fp32_bf16(uint16_t bits) { return bf16_to_fp32(bits); }

}  // namespace tatami::golden
