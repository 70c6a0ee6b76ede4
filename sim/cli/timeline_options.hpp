// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/routing/grid.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::cli {

/// Which timelines to write, and of what.
struct TimelineOptions {
  std::string kanata;    ///< empty: none
  std::string perfetto;  ///< empty: none
  std::uint64_t from = 0;
  std::uint64_t to = UINT64_MAX;
  std::string node_list;
  std::vector<NodeId> nodes;  ///< from `node_list`; empty: all

  bool any() const { return !kanata.empty() || !perfetto.empty(); }
  void add_to(CLI::App& command);
  /// Checks the options and completes `nodes`. Throws InputError.
  void prepare(const routing::Grid& grid);
};

}  // namespace tatami::cli
