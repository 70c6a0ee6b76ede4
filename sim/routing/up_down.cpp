// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/up_down.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "sim/routing/turns.hpp"

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

}  // namespace

Tables route_up_down(const Grid& grid) {
  const std::vector<unsigned> ranks = walked_ranks(grid);
  Turns turns(grid);
  for (unsigned n = 0; n < grid.size(); ++n) {
    for (unsigned in = 0; in < kDirections; ++in) {
      for (unsigned out = 0; out < kDirections; ++out) {
        const auto before = grid.neighbour(n, opposite(in)), after = grid.neighbour(n, out);
        if (!before || !after || out == opposite(in)) continue;
        const bool down = ranks[n] > ranks[*before], up = ranks[*after] < ranks[n];
        turns.allow(n, in, out, !(down && up));
      }
    }
  }
  if (auto tables = shortest_ways(grid, turns)) return std::move(*tables);
  throw std::logic_error("up*/down* routing missed a node of a connected grid");
}

}  // namespace tatami::routing
