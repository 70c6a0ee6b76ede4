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

// Exported by rtl/noc/route_table.sv; they act on the instance whose scope is set.
extern "C" {
void route_backdoor_entry(int y, int x, int data);
void route_backdoor_exit(int data);
}

namespace tatami::engine {

/// Writes the routing table of a Verilated router at once, past its port.
class RouteBackdoor {
 public:
  /// `table` is the hierarchical name of the `route_table` instance, model name first. Throws std::runtime_error when
  /// there is none.
  RouteBackdoor(VerilatedContext& context, const std::string& table) : context_(&context) {
    Verilated::threadContextp(context_);  // where svGetScopeFromName looks
    scope_ = svGetScopeFromName(table.c_str());
    if (scope_ == nullptr) throw std::runtime_error("no routing table named " + table);
  }

  /// The route to a node of the die, which the configuration's table has an entry for.
  void write(NodeId destination, const noc::RouteEntry& entry) {
    enter();
    route_backdoor_entry(static_cast<int>(destination.y), static_cast<int>(destination.x),
                         static_cast<int>(entry.pack()));
  }

  /// The routes in general, which reset sets back.
  void write(const noc::RouteExit& exit) {
    enter();
    route_backdoor_exit(static_cast<int>(exit.pack()));
  }

 private:
  void enter() {
    Verilated::threadContextp(context_);
    svSetScope(scope_);
  }

  VerilatedContext* context_;
  svScope scope_ = nullptr;
};

}  // namespace tatami::engine
