// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/runtime/device.hpp"

namespace tatami {

/// A rectangle of nodes.
struct Mesh {
  static constexpr unsigned kMaxSide = 32;  ///< coordinates have five bits
  unsigned rows = 1;
  unsigned cols = 1;

  unsigned size() const { return rows * cols; }
  std::string text() const { return std::to_string(rows) + "x" + std::to_string(cols); }
  /// Every node, row by row.
  std::vector<NodeId> nodes() const {
    std::vector<NodeId> all;
    for (unsigned y = 0; y < rows; ++y) {
      for (unsigned x = 0; x < cols; ++x) all.push_back({y, x});
    }
    return all;
  }
};

}  // namespace tatami
