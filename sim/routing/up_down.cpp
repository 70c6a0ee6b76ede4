// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/up_down.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "sim/routing/x_then_y.hpp"

namespace tatami::routing {
namespace {

constexpr unsigned kFar = ~0u;

/// Ranks in the order of a breadth-first walk from the middle.
std::vector<unsigned> walked_ranks(const Grid& grid) {
  const auto off = [&](unsigned n) {
    const auto apart = [](unsigned twice, unsigned end) { return twice > end ? twice - end : end - twice; };
    return apart(2 * grid.id(n).y, grid.rows() - 1) + apart(2 * grid.id(n).x, grid.cols() - 1);
  };
  std::vector<unsigned> nodes(grid.size());
  std::iota(nodes.begin(), nodes.end(), 0u);
  std::erase_if(nodes, [&](unsigned n) { return !grid.live(n); });
  std::vector<unsigned> ranks(grid.size(), kFar), order{*std::ranges::min_element(nodes, {}, off)};
  ranks[order[0]] = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (unsigned d = 0; d < kDirections; ++d) {
      const auto next = grid.neighbour(order[i], d);
      if (!next || ranks[*next] != kFar) continue;
      ranks[*next] = static_cast<unsigned>(order.size());
      order.push_back(*next);
    }
  }
  return ranks;
}

/// One destination's entries, from there outwards: nodes that lead there by down channels alone go down, and the others
/// go up to a node that is nearest.
class Destination {
 public:
  Destination(const Grid& grid, const std::vector<unsigned>& ranks, unsigned destination, Tables& tables)
      : grid_(grid), ranks_(ranks), destination_(destination), tables_(tables), distance_(grid.size(), kFar) {}

  /// False when some live node finds no way.
  bool route() {
    tables_.set_all(destination_, destination_, Tables::kHere);
    distance_[destination_] = 0;
    order_.assign(1, destination_);
    extend(true);
    // Nodes are taken up again in the order of their distance.
    std::ranges::stable_sort(order_, {}, [&](unsigned node) { return distance_[node]; });
    extend(false);
    return order_.size() == grid_.live_nodes();
  }

 private:
  bool may_take(unsigned node, unsigned direction, bool down) const {
    const auto next = grid_.neighbour(node, direction);
    return next && distance_[*next] != kFar && (ranks_[*next] > ranks_[node]) == down;
  }

  void extend(bool down) {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const unsigned near = order_[i];
      for (unsigned d = 0; d < kDirections; ++d) {
        const auto node = grid_.neighbour(near, opposite(d));
        if (!node || distance_[*node] != kFar || !may_take(*node, d, down)) continue;
        const unsigned best = x_then_y(grid_, *node, destination_);
        const auto via = grid_.neighbour(*node, best);
        const bool as_short = via && may_take(*node, best, down) && distance_[*via] == distance_[near];
        distance_[*node] = distance_[near] + 1;
        tables_.set_all(*node, destination_, static_cast<std::int8_t>(as_short ? best : d));
        order_.push_back(*node);
      }
    }
  }

  const Grid& grid_;
  const std::vector<unsigned>& ranks_;
  unsigned destination_;
  Tables& tables_;
  std::vector<unsigned> distance_;
  std::vector<unsigned> order_;
};

}  // namespace

Tables route_up_down(const Grid& grid) {
  const std::vector<unsigned> ranks = walked_ranks(grid);
  Tables tables(grid.size());
  for (unsigned d = 0; d < grid.size(); ++d) {
    if (grid.live(d) && !Destination(grid, ranks, d, tables).route()) {
      throw std::logic_error("up*/down* routing missed a node of a connected grid");
    }
  }
  return tables;
}

}  // namespace tatami::routing
