// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/turn_model.hpp"

#include <vector>

#include "sim/routing/turns.hpp"

namespace tatami::routing {
namespace {

/// A turn model: a packet goes `first` (west or east) before it turns, and then anywhere. What is dead and blocks that
/// way gets exceptions nearby, on the side `side` (north or south) if possible, and in a surrounding of `reach` nodes.
struct Model {
  unsigned first;
  unsigned side;
  unsigned reach;
};

/// An exception for what blocks a node's way: at the nearest node on one side, else the other, that can go there.
void open_way(const Grid& grid, const Model& model, unsigned blocked, Turns& turns) {
  for (const unsigned direction : {model.side, opposite(model.side)}) {
    for (auto node = grid.neighbour(blocked, direction); node; node = grid.neighbour(*node, direction)) {
      if (!grid.neighbour(*node, model.first)) continue;
      turns.allow_unless_circle(*node, direction, model.first);
      return;
    }
  }
}

/// The turns of a model: exceptions come before the turns that they exclude.
Turns turns_of(const Grid& grid, const Model& model) {
  Turns turns(grid);
  for (unsigned n = 0; n < grid.size(); ++n) {
    for (const unsigned vertical : {kNorth, kSouth}) {
      turns.allow(n, model.first, vertical);
      turns.allow(n, vertical, opposite(model.first));
    }
  }
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (grid.live(n) && grid.blocked(n, model.first)) open_way(grid, model, n, turns);
  }
  if (model.reach > 0) {
    const std::vector<unsigned> distance = distance_from_faults(grid, model.reach);
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (!grid.live(n) || distance[n] > model.reach) continue;
      for (const unsigned in : {model.side, opposite(model.side)}) turns.allow_unless_circle(n, in, model.first);
    }
  }
  for (const unsigned out : {opposite(model.side), model.side}) {
    for (unsigned n = 0; n < grid.size(); ++n) turns.allow_unless_circle(n, opposite(model.first), out);
  }
  return turns;
}

}  // namespace

std::optional<Tables> route_by_turn_model(const Grid& grid) {
  constexpr unsigned kMostReach = 2;
  for (unsigned reach = 0; reach <= kMostReach; ++reach) {
    for (const unsigned first : {kWest, kEast}) {
      for (const unsigned side : {kNorth, kSouth}) {
        if (auto tables = shortest_ways(grid, turns_of(grid, {first, side, reach}))) return tables;
      }
    }
  }
  return std::nullopt;
}

}  // namespace tatami::routing
