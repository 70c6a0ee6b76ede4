// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/routing/grid.hpp"

namespace tatami::cli {

/// The options that describe a grid of nodes of which some, and some links, are dead.
struct GridOptions {
  std::string grid = "die";
  std::string dead;
  std::string dead_links;

  void add_to(CLI::App& command);
  bool has_faults() const { return !dead.empty() || !dead_links.empty(); }
  /// Throws InputError.
  routing::Grid parse() const;
};

}  // namespace tatami::cli
