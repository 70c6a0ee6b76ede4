// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The FP32 functions: reciprocal, square root, reciprocal square root, exp2 and log2, defined to the bit by tables and
/// integer arithmetic (docs/numbers.md, "Functions"). Errors are at most 1.05 units in the last place.
#pragma once

#include <cstdint>

#include "verif/golden/num/flags.hpp"

namespace tatami::golden {

/// Codes as in the RTL.
enum class Function : unsigned { kRcp, kSqrt, kRsqrt, kExp2, kLog2 };

/// The function of an FP32 bit pattern.
Flagged fp32_function(Function function, uint32_t x);

}  // namespace tatami::golden
