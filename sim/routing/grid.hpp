// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A grid of nodes of which some, and some links, are dead.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "noc.hpp"
#include "sim/runtime/device.hpp"
#include "sim/runtime/direction.hpp"

namespace tatami::routing {

inline constexpr std::array<const char*, kDirections> kDirectionNames{"north", "east", "south", "west"};
constexpr noc::Port port_of(unsigned direction) { return static_cast<noc::Port>(direction + 1); }

/// The link between a node and its neighbour in a direction, both ways.
struct DeadLink {
  NodeId node;
  unsigned direction = 0;
};

/// Which nodes are live and joined. Nodes are numbered row by row. Live nodes that the dead ones cut off from most
/// others count as dead and are listed by `cut_off`.
class Grid {
 public:
  /// Throws std::invalid_argument for a size beyond 1..32, a node outside, or no live node.
  Grid(unsigned rows, unsigned cols, const std::vector<NodeId>& dead_nodes, const std::vector<DeadLink>& dead_links);

  unsigned rows() const { return rows_; }
  unsigned cols() const { return cols_; }
  unsigned size() const { return rows_ * cols_; }
  NodeId id(unsigned node) const { return {node / cols_, node % cols_}; }
  unsigned number(NodeId id) const { return id.y * cols_ + id.x; }
  bool live(unsigned node) const { return live_[node]; }
  unsigned live_nodes() const;
  const std::vector<unsigned>& cut_off() const { return cut_off_; }
  /// What was given as dead.
  const std::vector<unsigned>& dead_nodes() const { return dead_nodes_; }
  const std::vector<DeadLink>& dead_links() const { return dead_links_; }
  /// The neighbour that a live link leads to.
  std::optional<unsigned> neighbour(unsigned node, unsigned direction) const {
    const int next = next_[kDirections * node + direction];
    return next < 0 ? std::nullopt : std::optional(static_cast<unsigned>(next));
  }
  /// True where a grid without faults has a link and this one has none.
  bool blocked(unsigned node, unsigned direction) const {
    return beside(node, direction) && !neighbour(node, direction);
  }
  /// A link in one direction is a channel: 4 * node + direction.
  unsigned channels() const { return kDirections * size(); }
  std::string channel_name(unsigned channel) const;

 private:
  std::optional<unsigned> beside(unsigned node, unsigned direction) const;
  void declare_cut_off();

  unsigned rows_;
  unsigned cols_;
  std::vector<bool> live_;
  std::vector<int> next_;  ///< by channel; -1: none
  std::vector<unsigned> cut_off_;
  std::vector<unsigned> dead_nodes_;
  std::vector<DeadLink> dead_links_;
};

/// Distance of each live node from the nearest dead link, where it is at most `most`; most + 1 elsewhere.
std::vector<unsigned> distance_from_faults(const Grid& grid, unsigned most);

/// "(y 3, x 4)"
std::string text_of(NodeId id);

}  // namespace tatami::routing
