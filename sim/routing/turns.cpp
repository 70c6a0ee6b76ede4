// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/turns.hpp"

#include "sim/routing/x_then_y.hpp"

namespace tatami::routing {

Turns::Turns(const Grid& grid) : grid_(grid), allowed_(grid.size()), seen_(grid.channels()) {
  for (auto& at : allowed_) {
    for (unsigned d = 0; d < kDirections; ++d) at[d][d] = true;
  }
}

void Turns::allow_unless_circle(unsigned node, unsigned in, unsigned out) {
  const auto before = grid_.neighbour(node, opposite(in));
  if (!before || !grid_.neighbour(node, out) || allowed_[node][in][out]) return;
  allowed_[node][in][out] = !leads_to(kDirections * node + out, kDirections * *before + in);
}

/// True when a packet in channel `from` may come to wait for channel `to`.
bool Turns::leads_to(unsigned from, unsigned to) {
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

namespace {

/// Entries of all nodes for one destination, from there outwards along channels.
class Destination {
 public:
  Destination(const Grid& grid, const Turns& turns, unsigned destination, Tables& tables)
      : grid_(grid), turns_(turns), destination_(destination), tables_(tables), distance_(grid.channels(), kFar) {}

  /// False when some live node finds no way.
  bool route() {
    tables_.set_all(destination_, destination_, Tables::kHere);
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

std::optional<Tables> shortest_ways(const Grid& grid, const Turns& turns) {
  Tables tables(grid.size());
  for (unsigned d = 0; d < grid.size(); ++d) {
    if (grid.live(d) && !Destination(grid, turns, d, tables).route()) return std::nullopt;
  }
  return tables;
}

}  // namespace tatami::routing
