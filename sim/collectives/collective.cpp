// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/collective.hpp"

#include <algorithm>

#include "sim/routing/proof.hpp"
#include "sim/routing/tables.hpp"
#include "sim/workloads/rectangle.hpp"

namespace tatami {
namespace {

std::uint64_t ceil_div(std::uint64_t a, std::uint64_t b) { return (a + b - 1) / b; }

}  // namespace

Mesh members(CollectiveOp op, const routing::Grid& grid) {
  if (uses_rings(op) || grid.live_nodes() == grid.size()) return bent_rectangle(grid);
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
    default: {
      const routing::Tables routes = routing::make_routes(grid).tables;
      return std::max(n - 1, routing::prove(grid, routes).facts.busiest_load) * lines;
    }
  }
}

}  // namespace tatami
