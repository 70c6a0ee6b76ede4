// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/route_entry.hpp"

#include <stdexcept>

namespace tatami::routing {
namespace {

noc::Port port(std::int8_t direction) {
  if (direction == Tables::kHere) return noc::Port::Local;
  return direction == Tables::kNone ? noc::Port::None : port_of(static_cast<unsigned>(direction));
}

}  // namespace

noc::RouteEntry route_entry(const Grid& grid, const Tables& tables, unsigned node, unsigned destination) {
  const auto ahead = [&](unsigned direction) {
    const auto next = grid.neighbour(node, direction);
    return next ? port(tables.at(*next, direction, destination)) : noc::Port::None;
  };
  noc::RouteEntry entry;
  entry.here = port(tables.at(node, Tables::kBegins, destination));
  entry.north = ahead(kNorth);
  entry.east = ahead(kEast);
  entry.south = ahead(kSouth);
  entry.west = ahead(kWest);
  return entry;
}

noc::GroupEntry group_entry(const Grid& grid, const GroupTables& tables, unsigned node, unsigned number) {
  const auto ports = [](Ways ways) {  // the node itself is port 0, the directions follow
    return static_cast<std::uint8_t>((ways << 1 | ways >> Tables::kHere) & 31);
  };
  const auto ahead = [&](unsigned direction) {
    const auto next = grid.neighbour(node, direction);
    return next ? ports(tables.at(*next, direction, number)) : std::uint8_t{0};
  };
  return {ports(tables.at(node, Tables::kBegins, number)), ahead(kNorth), ahead(kEast), ahead(kSouth), ahead(kWest)};
}

noc::RouteExit route_exit(const Grid& grid) {
  for (unsigned y = 0; y < grid.rows(); ++y) {
    if (!grid.live(grid.number({y, 0}))) continue;
    noc::RouteExit exit;
    exit.by_table = true;
    exit.port = noc::Port::West;
    exit.y = static_cast<std::uint8_t>(y);
    return exit;
  }
  throw std::invalid_argument("all nodes of the west edge are dead, so nothing can enter or leave the die");
}

}  // namespace tatami::routing
