// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/turns.hpp"

#include <array>
#include <vector>

#include "sim/routing/x_then_y.hpp"

namespace tatami::routing {
namespace {

enum : unsigned { kNorth, kEast, kSouth, kWest };

/// Which turns packets may take at each node: out of what direction of travel into which.
class Turns {
 public:
  Turns(const Grid& grid, unsigned first) : grid_(grid), allowed_(grid.size()), seen_(grid.channels()) {
    for (auto& at : allowed_) {
      for (unsigned d = 0; d < kDirections; ++d) at[d][d] = true;
      for (const unsigned vertical : {kNorth, kSouth}) at[first][vertical] = at[vertical][opposite(first)] = true;
    }
  }

  bool allowed(unsigned node, unsigned in, unsigned out) const { return allowed_[node][in][out]; }

  /// Allows a turn unless it closes a circle of channels.
  void add(unsigned node, unsigned in, unsigned out) {
    const auto before = grid_.neighbour(node, opposite(in));
    if (!before || !grid_.neighbour(node, out) || allowed_[node][in][out]) return;
    allowed_[node][in][out] = !leads_to(kDirections * node + out, kDirections * *before + in);
  }

 private:
  /// True when a packet in channel `from` may come to wait for channel `to`.
  bool leads_to(unsigned from, unsigned to) {
    seen_.assign(seen_.size(), false);
    stack_.assign(1, from);
    seen_[from] = true;
    while (!stack_.empty()) {
      const unsigned channel = stack_.back(), in = channel % kDirections;
      stack_.pop_back();
      if (channel == to) return true;
      const unsigned node = *grid_.neighbour(channel / kDirections, in);
      for (unsigned out = 0; out < kDirections; ++out) {
        const unsigned next = kDirections * node + out;
        if (!allowed_[node][in][out] || seen_[next] || !grid_.neighbour(node, out)) continue;
        seen_[next] = true;
        stack_.push_back(next);
      }
    }
    return false;
  }

  const Grid& grid_;
  std::vector<std::array<std::array<bool, kDirections>, kDirections>> allowed_;
  std::vector<bool> seen_;
  std::vector<unsigned> stack_;
};

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
      turns.add(*node, direction, model.first);
      return;
    }
  }
}

/// True where the grid has a link in a direction when nothing is dead.
bool inside(const Grid& grid, unsigned node, unsigned direction) {
  const NodeId at = grid.id(node);
  const std::array<bool, kDirections> is{at.y > 0, at.x + 1 < grid.cols(), at.y + 1 < grid.rows(), at.x > 0};
  return is[direction];
}

/// Distance of each live node from the nearest dead link, where it is at most `most`.
std::vector<unsigned> distance_from_faults(const Grid& grid, unsigned most) {
  std::vector<unsigned> distance(grid.size(), most + 1);
  for (unsigned n = 0; n < grid.size(); ++n) {
    for (unsigned d = 0; d < kDirections; ++d) {
      if (inside(grid, n, d) && !grid.neighbour(n, d)) distance[n] = 0;
    }
  }
  for (unsigned step = 0; step < most; ++step) {
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (distance[n] != step) continue;
      for (unsigned d = 0; d < kDirections; ++d) {
        const auto next = grid.neighbour(n, d);
        if (next && distance[*next] > step + 1) distance[*next] = step + 1;
      }
    }
  }
  return distance;
}

/// The turns of a model: exceptions come before the turns that they exclude.
Turns turns_of(const Grid& grid, const Model& model) {
  Turns turns(grid, model.first);
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (grid.live(n) && inside(grid, n, model.first) && !grid.neighbour(n, model.first))
      open_way(grid, model, n, turns);
  }
  if (model.reach > 0) {
    const std::vector<unsigned> distance = distance_from_faults(grid, model.reach);
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (!grid.live(n) || distance[n] > model.reach) continue;
      for (const unsigned in : {model.side, opposite(model.side)}) turns.add(n, in, model.first);
    }
  }
  for (const unsigned out : {opposite(model.side), model.side}) {
    for (unsigned n = 0; n < grid.size(); ++n) turns.add(n, opposite(model.first), out);
  }
  return turns;
}

/// Entries of all nodes for one destination, from there outwards along channels.
class Destination {
 public:
  Destination(const Grid& grid, const Turns& turns, unsigned destination, Tables& tables)
      : grid_(grid), turns_(turns), destination_(destination), tables_(tables), distance_(grid.channels(), kFar) {}

  /// False when some live node finds no way.
  bool route() {
    for (unsigned in = 0; in <= kDirections; ++in) tables_.set(destination_, in, destination_, Tables::kHere);
    for (unsigned d = 0; d < kDirections; ++d) {
      const auto before = grid_.neighbour(destination_, opposite(d));
      if (before) reach(kDirections * *before + d, 0);
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const unsigned node = order_[i] / kDirections;
      for (unsigned in = 0; in < kDirections; ++in) {
        const auto before = grid_.neighbour(node, opposite(in));
        if (before && node != destination_ && turns_.allowed(node, in, order_[i] % kDirections)) {
          reach(kDirections * *before + in, distance_[order_[i]] + 1);
        }
      }
    }
    for (unsigned n = 0; n < grid_.size(); ++n) {
      if (grid_.live(n) && n != destination_ && !choose(n)) return false;
    }
    return true;
  }

 private:
  static constexpr unsigned kFar = ~0u;

  void reach(unsigned channel, unsigned distance) {
    if (distance_[channel] != kFar) return;
    distance_[channel] = distance;
    order_.push_back(channel);
  }

  /// The best way on for what comes in each direction, and for what begins here; false: none for the latter.
  bool choose(unsigned node) {
    const unsigned straight = x_then_y(grid_, node, destination_);
    for (unsigned in = 0; in <= kDirections; ++in) {
      unsigned best = kFar, direction = 0;
      for (unsigned i = 0; i < kDirections; ++i) {
        const unsigned out = (straight + i) % kDirections;
        if (!grid_.neighbour(node, out) || (in < kDirections && !turns_.allowed(node, in, out))) continue;
        const unsigned distance = distance_[kDirections * node + out];
        if (distance < best) best = distance, direction = out;
      }
      if (best != kFar) tables_.set(node, in, destination_, static_cast<std::int8_t>(direction));
      if (best == kFar && in == Tables::kBegins) return false;
    }
    return true;
  }

  const Grid& grid_;
  const Turns& turns_;
  unsigned destination_;
  Tables& tables_;
  std::vector<unsigned> distance_;
  std::vector<unsigned> order_;
};

}  // namespace

std::optional<Tables> route_by_turns(const Grid& grid) {
  constexpr unsigned kMostReach = 2;
  for (unsigned reach = 0; reach <= kMostReach; ++reach) {
    for (const unsigned first : {kWest, kEast}) {
      for (const unsigned side : {kNorth, kSouth}) {
        const Turns turns = turns_of(grid, {first, side, reach});
        Tables tables(grid.size());
        bool all = true;
        for (unsigned d = 0; all && d < grid.size(); ++d) {
          if (grid.live(d)) all = Destination(grid, turns, d, tables).route();
        }
        if (all) return tables;
      }
    }
  }
  return std::nullopt;
}

}  // namespace tatami::routing
