// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "sim/cli/grid_options.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/report.hpp"
#include "sim/cli/trace_options.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {

/// The options that all workloads have: the machine, and what becomes of the results.
struct RunOptions {
  MachineOptions machine;
  GridOptions grid{.size = "2x2"};
  std::string json;
  TraceArguments trace;
  std::uint64_t max_cycles = 1'000'000'000;
  bool no_sleep = false;

  void add_to(CLI::App& app);
  /// Checks the options and completes `machine`, apart from the nodes that a workload uses. Throws InputError.
  void prepare();
};

/// Where the JSON goes. Made before the run, so that a bad path costs no time.
class JsonOutput {
 public:
  /// `path`: a file, `-` for standard output, or empty for none. Throws InputError.
  explicit JsonOutput(const std::string& path);
  /// Prints the table, to standard error when standard output is the JSON's, and writes the JSON. Returns the exit
  /// code.
  int finish(const RunRecord& run, const std::vector<LaunchRecord>& launches);

 private:
  bool to_standard_output_;
  std::optional<OutputFile> file_;
};

}  // namespace tatami::cli
