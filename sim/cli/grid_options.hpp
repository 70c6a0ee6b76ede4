// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/routing/grid.hpp"

namespace tatami::cli {

/// The options that describe a grid of nodes of which some, and some links, are dead.
struct GridOptions {
  std::string size = "die";
  std::string dead;
  std::string dead_links;

  /// `name` is that of the option for the size: --grid or --mesh.
  void add_to(CLI::App& command, const std::string& name);
  bool has_faults() const { return !dead.empty() || !dead_links.empty(); }
  /// Throws InputError.
  routing::Grid parse() const;
  /// The same, but a die without other faults has six dead nodes, as a D1 die may.
  routing::Grid parse_machine() const;
};

}  // namespace tatami::cli
