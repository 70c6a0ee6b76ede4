// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Programs that show how busy one core gets, apart from the matrix unit. Each runs on the node (0,0) of a device whose
/// threads are parked, and is checked.
#pragma once

#include <cstdint>

#include "sim/runtime/config.hpp"
#include "sim/runtime/device.hpp"

namespace tatami {

struct CoreProgramResult {
  RunStatus status;
  bool exact = false;  ///< ended, with the expected results
};

/// An FP32 product of side x side matrices on the SIMD unit, against the host's fused multiply-add. `side` is a
/// multiple of 32.
CoreProgramResult run_simd_matmul(Device& device, const Config& config, std::uint64_t side, std::uint64_t seed);

/// Integer code on the first `threads` threads: each hashes an array of its own (loads, shifts, exclusive ors, sums, a
/// loop), against the same in C++. Every thread executes the same number of instructions.
CoreProgramResult run_integer(Device& device, unsigned threads, std::uint64_t seed);

}  // namespace tatami
