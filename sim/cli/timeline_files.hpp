// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/cli/timeline_options.hpp"
#include "sim/engine/mesh.hpp"
#include "sim/runtime/files.hpp"
#include "sim/timeline/recorder.hpp"

namespace tatami::cli {

/// The files of a run's timelines: opened before it, and written whole at its end or not at all.
class TimelineFiles {
 public:
  /// Listens to the mesh from now on. Throws InputError for a file that cannot be written.
  TimelineFiles(engine::Mesh& mesh, const TimelineOptions& options);
  TimelineFiles(const TimelineFiles&) = delete;
  TimelineFiles& operator=(const TimelineFiles&) = delete;
  /// Writes them also for a run that an exception ends.
  ~TimelineFiles();
  /// Throws InputError when they cannot be written.
  void write();

 private:
  std::optional<OutputFile> kanata_, perfetto_;
  std::optional<timeline::Recorder> recorder_;
};

}  // namespace tatami::cli
