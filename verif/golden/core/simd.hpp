// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Every instruction of unit SIMD as a function of registers.
#pragma once

#include <cstdint>

#include "isa.hpp"
#include "verif/golden/core/thread_state.hpp"

namespace tatami::golden {

/// Operands of a SIMD instruction; `old` is the destination before it. An operand in memory stands in for vs2.
struct SimdOperands {
  const VectorRegister& vs1;
  const VectorRegister& vs2;
  const VectorRegister& old;
  std::uint64_t xs1 = 0;
  unsigned lane = 0;
};

/// The register that is written (bytes beyond the register's size are zero) and the flags of all lanes together.
struct SimdResult {
  VectorRegister data{};
  unsigned flags = 0;
};

/// Executes `instruction` on registers of `simd_bytes` bytes; throws std::logic_error unless it belongs to unit SIMD.
SimdResult execute_simd(isa::Op instruction, unsigned simd_bytes, const SimdOperands& operands);

}  // namespace tatami::golden
