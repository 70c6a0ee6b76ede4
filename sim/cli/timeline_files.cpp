// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/timeline_files.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

namespace tatami::cli {

TimelineFiles::TimelineFiles(engine::Mesh& mesh, const TimelineOptions& options) {
  if (!options.kanata.empty()) kanata_.emplace(options.kanata);
  if (!options.perfetto.empty()) perfetto_.emplace(options.perfetto);
  recorder_.emplace(mesh, timeline::Options{.kanata = !options.kanata.empty(),
                                            .perfetto = !options.perfetto.empty(),
                                            .window = {options.from, options.to},
                                            .nodes = options.nodes});
}

TimelineFiles::~TimelineFiles() {
  try {
    write();
  } catch (const std::exception& error) {
    fmt::print(stderr, "tatami: {}\n", error.what());
  }
}

void TimelineFiles::write() {
  if (!recorder_) return;
  const timeline::Recorder::Files files = recorder_->finish();
  if (const auto full = recorder_->full()) {
    fmt::print(stderr,
               "The timelines end with cycle {}: they are full. --timeline-from, --timeline-to and "
               "--timeline-nodes choose what they show.\n",
               *full);
  }
  recorder_.reset();
  if (kanata_) kanata_->commit(files.kanata);
  if (perfetto_) perfetto_->commit(files.perfetto);
}

}  // namespace tatami::cli
