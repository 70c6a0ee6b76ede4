// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// Which turns packets may take at each node: out of what direction of travel into which. Going straight on is allowed
/// from the start.
class Turns {
 public:
  explicit Turns(const Grid& grid);

  bool allowed(unsigned node, unsigned in, unsigned out) const { return allowed_[node][in][out]; }
  void allow(unsigned node, unsigned in, unsigned out, bool allowed = true) { allowed_[node][in][out] = allowed; }
  /// Allows a turn unless it closes a circle of channels.
  void allow_unless_circle(unsigned node, unsigned in, unsigned out);

 private:
  bool leads_to(unsigned from, unsigned to);

  const Grid& grid_;
  std::vector<std::array<std::array<bool, kDirections>, kDirections>> allowed_;
  std::vector<bool> seen_;  ///< by channel: of the search for a circle
  std::vector<unsigned> stack_;
};

/// Shortest ways with these turns, and X first, then Y, where that is one of them. Nothing when some live node cannot
/// be reached so.
std::optional<Tables> shortest_ways(const Grid& grid, const Turns& turns);

}  // namespace tatami::routing
