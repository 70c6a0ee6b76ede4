// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Status flags, as in the tflags register.
#pragma once

#include <cstdint>

namespace tatami::golden {

/// One bit each; what raises them is in docs/numbers.md.
namespace flag {
inline constexpr unsigned kInvalid = 1, kDenormal = 2, kOverflow = 4, kUnderflow = 8;
}  // namespace flag

/// A result and the flags that it raises.
struct Flagged {
  uint32_t bits;
  unsigned flags;

  friend constexpr bool operator==(const Flagged&, const Flagged&) = default;
};

}  // namespace tatami::golden
