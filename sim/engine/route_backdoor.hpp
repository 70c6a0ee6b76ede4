// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <svdpi.h>
#include <verilated.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "noc.hpp"
#include "sim/runtime/device.hpp"

// Exported by rtl/noc/route_table.sv and rtl/noc/group_table.sv; they act on the instance whose scope is set.
extern "C" {
void route_backdoor_entry(int y, int x, int data);
void route_backdoor_exit(int data);
void group_backdoor_entry(int group, int data);
}

namespace tatami::engine {

/// Writes the tables of a Verilated router at once, past its port.
class RouteBackdoor {
 public:
  /// `router` is the hierarchical name of the instance, model name first. Throws std::runtime_error when there is none.
  RouteBackdoor(VerilatedContext& context, const std::string& router)
      : context_(&context), routes_(scope(router + ".u_routes")), groups_(scope(router + ".u_groups")) {}

  /// The route to a node of the die, which the configuration's table has an entry for.
  void write(NodeId destination, const noc::RouteEntry& entry) {
    enter(routes_);
    route_backdoor_entry(static_cast<int>(destination.y), static_cast<int>(destination.x),
                         static_cast<int>(entry.pack()));
  }

  /// The routes in general, which reset sets back.
  void write(const noc::RouteExit& exit) {
    enter(routes_);
    route_backdoor_exit(static_cast<int>(exit.pack()));
  }

  /// The ways to the members of a group, which the configuration's table has an entry for.
  void write(unsigned group, const noc::GroupEntry& entry) {
    enter(groups_);
    group_backdoor_entry(static_cast<int>(group), static_cast<int>(entry.pack()));
  }

 private:
  svScope scope(const std::string& table) {
    Verilated::threadContextp(context_);  // where svGetScopeFromName looks
    const svScope found = svGetScopeFromName(table.c_str());
    if (found == nullptr) throw std::runtime_error("no table named " + table);
    return found;
  }

  void enter(svScope scope) {
    Verilated::threadContextp(context_);
    svSetScope(scope);
  }

  VerilatedContext* context_;
  svScope routes_;
  svScope groups_;
};

}  // namespace tatami::engine
