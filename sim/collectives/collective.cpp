// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/collective.hpp"

#include <algorithm>

#include "sim/workloads/rectangle.hpp"

namespace tatami {
namespace {

std::uint64_t ceil_div(std::uint64_t a, std::uint64_t b) { return (a + b - 1) / b; }

/// Packets over each link of the narrowest straight cut, when every member sends `packets` to every other one.
std::uint64_t busiest_cut(const Mesh& members, const routing::Grid& grid, std::uint64_t packets) {
  std::uint64_t most = 0;
  for (const bool vertical : {true, false}) {
    const auto place = [&](NodeId id) { return vertical ? id.x : id.y; };
    for (unsigned at = 1; at < (vertical ? grid.cols() : grid.rows()); ++at) {
      std::uint64_t before = 0, links = 0;
      for (const NodeId node : members.nodes()) before += place(members.place(node)) < at ? 1 : 0;
      for (unsigned n = 0; n < grid.size(); ++n) {
        const bool beside = place(grid.id(n)) + 1 == at;
        if (beside && grid.neighbour(n, vertical ? 1 : 2)) ++links;  // east, south
      }
      if (links > 0) most = std::max(most, ceil_div(before * (members.size() - before) * packets, links));
    }
  }
  return most;
}

}  // namespace

Mesh members(CollectiveOp op, const routing::Grid& grid) {
  if (uses_rings(op) || grid.live_nodes() == grid.size()) return live_rectangle(grid);
  Mesh all{1, grid.live_nodes()};
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (grid.live(n)) all.places.push_back(grid.id(n));
  }
  return all;
}

std::uint64_t least_cycles(const Collective& c, const Mesh& members, const routing::Grid& grid) {
  const std::uint64_t n = members.size(), lines = ceil_div(c.count * element_bytes(c.type), kLineBytes);
  switch (c.op) {
    case CollectiveOp::AllReduce: return ceil_div(2 * (n - 1) * lines, n);
    case CollectiveOp::ReduceScatter:
    case CollectiveOp::AllGather: return ceil_div((n - 1) * lines, n);
    case CollectiveOp::Broadcast: return n > 1 ? lines : 0;
    default: return std::max((n - 1) * lines, busiest_cut(members, grid, lines));
  }
}

}  // namespace tatami
