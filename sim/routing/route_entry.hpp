// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "noc.hpp"
#include "sim/routing/groups.hpp"
#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// The entry of a node that is dead or absent.
inline constexpr noc::RouteEntry kNoRoute{noc::Port::None, noc::Port::None, noc::Port::None, noc::Port::None,
                                          noc::Port::None};

/// The entry of a node's routing table for a destination, as the hardware holds it: it looks ahead, so the fields of
/// the directions come from the tables of the neighbours.
noc::RouteEntry route_entry(const Grid& grid, const Tables& tables, unsigned node, unsigned destination);

/// The entry of a node's group table, as the hardware holds it.
noc::GroupEntry group_entry(const Grid& grid, const GroupTables& tables, unsigned node, unsigned number);

/// Routes by table. What is for other dies leaves over the west edge, by its first live node from the north. Throws
/// std::invalid_argument when that edge is dead.
noc::RouteExit route_exit(const Grid& grid);

/// Writes a node's whole table, for a die of up to `die_rows` x `die_cols`, into a model of a router (set_route,
/// set_exit).
template <class Router>
void load_routes(Router& router, const Grid& grid, const Tables& tables, unsigned node, unsigned die_rows,
                 unsigned die_cols) {
  for (unsigned y = 0; y < die_rows; ++y) {
    for (unsigned x = 0; x < die_cols; ++x) {
      const bool inside = y < grid.rows() && x < grid.cols();
      router.set_route({y, x}, inside ? route_entry(grid, tables, node, grid.number({y, x})) : kNoRoute);
    }
  }
  router.set_exit(route_exit(grid));
}

/// Writes a node's whole group table into a model of a router (set_group).
template <class Router>
void load_groups(Router& router, const Grid& grid, const GroupTables& tables, unsigned node) {
  for (unsigned g = 0; g < tables.numbers(); ++g) router.set_group(g, group_entry(grid, tables, node, g));
}

}  // namespace tatami::routing
