// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tatami::timeline {

/// The cycles that a timeline shows: from <= cycle < to.
struct Window {
  std::uint64_t from = 0;
  std::uint64_t to = UINT64_MAX;

  bool holds(std::uint64_t cycle) const { return cycle >= from && cycle < to; }
};

}  // namespace tatami::timeline
