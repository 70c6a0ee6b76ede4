// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sim/routing/grid.hpp"
#include "sim/routing/groups.hpp"
#include "sim/routing/tables.hpp"
#include "sim/traffic/router_model.hpp"

namespace tatami::traffic {

/// The live routers of a grid, joined wire by wire, without nodes: whoever uses it plays them.
class RouterMesh {
 public:
  /// Called for a packet that comes out; it is always taken.
  using Receiver = std::function<void(unsigned node, noc::Class cls, const std::uint32_t* packet)>;

  /// Throws std::invalid_argument when the grid is larger than the die that the routers' tables know.
  RouterMesh(RouterFactory& factory, const routing::Grid& grid, const routing::Tables& tables, std::uint64_t seed);
  /// Writes the ways of groups, between packets.
  void load_groups(const routing::GroupTables& groups);

  const routing::Grid& grid() const { return grid_; }
  /// The place for a packet that enters in this cycle, or nullptr when the router has no space for one; who calls it
  /// fills the place.
  std::uint32_t* inject(unsigned node, noc::Class cls);
  /// One cycle: takes what was injected, and hands out what comes out.
  void step(const Receiver& receive);
  std::uint64_t time() const { return time_; }
  /// Packets that were dropped because no route leads to their destination.
  bool lost() const;
  std::uint64_t assertion_failures() const { return factory_.assertion_failures(); }

 private:
  struct Router {
    std::unique_ptr<RouterModel> model;
    RouterPins pins;
  };

  RouterFactory& factory_;
  routing::Grid grid_;
  std::vector<Router> routers_;  ///< by node; dead ones have no model
  std::uint64_t time_ = 0;
};

}  // namespace tatami::traffic
