// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/runtime/device.hpp"

namespace tatami {

/// Links on the shortest way between two nodes of a grid without faults.
inline unsigned distance(NodeId a, NodeId b) {
  const auto apart = [](unsigned p, unsigned q) { return p > q ? p - q : q - p; };
  return apart(a.y, b.y) + apart(a.x, b.x);
}

/// A rectangle of nodes that work together. Without `places`, they are the nodes (0, 0) to (rows - 1, cols - 1).
struct Mesh {
  static constexpr unsigned kMaxSide = 32;  ///< coordinates have five bits
  unsigned rows = 1;
  unsigned cols = 1;
  std::vector<NodeId> places = {};  ///< where on the die each node is, row by row: a rectangle may go around dead nodes

  unsigned size() const { return rows * cols; }
  std::string text() const { return std::to_string(rows) + "x" + std::to_string(cols); }
  NodeId place(NodeId node) const { return places.empty() ? node : places[node.y * cols + node.x]; }
  /// Every node's position in the rectangle, row by row.
  std::vector<NodeId> nodes() const {
    std::vector<NodeId> all;
    for (unsigned y = 0; y < rows; ++y) {
      for (unsigned x = 0; x < cols; ++x) all.push_back({y, x});
    }
    return all;
  }
};

}  // namespace tatami
