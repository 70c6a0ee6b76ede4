// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/x_then_y.hpp"

namespace tatami::routing {

unsigned x_then_y(const Grid& grid, unsigned node, unsigned destination) {
  const NodeId at = grid.id(node), to = grid.id(destination);
  if (to.x != at.x) return to.x > at.x ? kEast : kWest;
  return to.y > at.y ? kSouth : kNorth;
}

std::optional<Tables> route_x_then_y(const Grid& grid) {
  Tables tables(grid.size());
  for (unsigned destination = 0; destination < grid.size(); ++destination) {
    for (unsigned node = 0; node < grid.size(); ++node) {
      if (!grid.live(node) || !grid.live(destination)) continue;
      if (node == destination) {
        tables.set_all(node, destination, Tables::kHere);
        continue;
      }
      const unsigned direction = x_then_y(grid, node, destination);
      if (!grid.neighbour(node, direction)) return std::nullopt;
      tables.set_all(node, destination, static_cast<std::int8_t>(direction));
    }
  }
  return tables;
}

}  // namespace tatami::routing
