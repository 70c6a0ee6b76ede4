// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/timeline_options.hpp"

#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {

void TimelineOptions::add_to(CLI::App& app) {
  app.add_option("--kanata", kanata, "write a pipeline log for the viewer Konata");
  app.add_option("--perfetto", perfetto, "write a trace of threads, units and transfers for the viewer Perfetto");
  app.add_option("--timeline-from", from, "first cycle of the two")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--timeline-to", to, "cycle after their last");
  app.add_option("--timeline-nodes", node_list, "nodes in them, as YxX,YxX,... (default: all)");
}

void TimelineOptions::prepare(const routing::Grid& grid) {
  if (!any()) {
    if (from != 0 || to != UINT64_MAX || !node_list.empty()) {
      throw InputError("--timeline-from, --timeline-to and --timeline-nodes need --kanata or --perfetto");
    }
    return;
  }
  if (kanata == "-" || perfetto == "-") throw InputError("--kanata and --perfetto are files; only --json can be -");
  if (kanata == perfetto) throw InputError("--kanata and --perfetto need a file each");
  if (from >= to) throw InputError("--timeline-from must be below --timeline-to");
  nodes = parse_live_nodes(node_list, "--timeline-nodes", grid);
}

}  // namespace tatami::cli
