// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/cli/machine.hpp"

namespace tatami::cli {

/// The options of waveforms, as given.
struct TraceArguments {
  TraceOptions trace;
  std::string nodes, on;

  void add_to(CLI::App& command);
  /// The options, checked, for a machine on that grid. Throws InputError.
  TraceOptions parse(const routing::Grid& grid) const;
};

}  // namespace tatami::cli
