// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Routing tables: by which port a node sends on what is for another one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/routing/grid.hpp"

namespace tatami::routing {

/// For every node, direction of travel in which a packet comes in, and destination: the direction to take, none, or the
/// node itself.
class Tables {
 public:
  static constexpr std::int8_t kNone = -1, kHere = 4;
  static constexpr unsigned kBegins = kDirections;  ///< in place of a direction: the packet begins here
  static constexpr unsigned kIns = kDirections + 1;

  explicit Tables(unsigned nodes) : nodes_(nodes), entries_(std::size_t{nodes} * nodes * kIns, kNone) {}

  unsigned nodes() const { return nodes_; }
  std::int8_t at(unsigned node, unsigned in, unsigned destination) const {
    return entries_[index(node, in, destination)];
  }
  void set(unsigned node, unsigned in, unsigned destination, std::int8_t direction) {
    entries_[index(node, in, destination)] = direction;
  }
  /// The same for every direction of coming in.
  void set_all(unsigned node, unsigned destination, std::int8_t direction) {
    for (unsigned in = 0; in < kIns; ++in) set(node, in, destination, direction);
  }
  friend bool operator==(const Tables&, const Tables&) = default;

 private:
  std::size_t index(unsigned node, unsigned in, unsigned destination) const {
    return (std::size_t{destination} * nodes_ + node) * kIns + in;
  }

  unsigned nodes_;
  std::vector<std::int8_t> entries_;  ///< all nodes' entries for a destination stand together
};

/// How tables came about.
enum class Method {
  kXThenY,  ///< nothing dead is in the way of anyone
  kTurns,   ///< shortest ways under a turn model with exceptions next to what is dead
  kUpDown,  ///< towards a root, then away from it: where the turn model leaves some node out
};

struct Routes {
  Tables tables;
  Method method;
};

/// Tables for all live nodes: every packet arrives, and no packets can wait for each other in a circle; `prove` checks
/// it.
Routes make_routes(const Grid& grid);

/// A node's table for what comes in one way, as text: a letter per destination, L N E S W or - (none). Throws
/// std::invalid_argument.
std::string to_line(const Tables& tables, unsigned node, unsigned in);
void from_line(Tables& tables, unsigned node, unsigned in, std::string_view line);

}  // namespace tatami::routing
