// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Records timelines of the simulated machine: a pipeline log for Konata, a trace for Perfetto, or both.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/mesh.hpp"
#include "sim/runtime/device.hpp"
#include "sim/timeline/activity.hpp"
#include "sim/timeline/kanata.hpp"
#include "sim/timeline/perfetto.hpp"
#include "sim/timeline/pipeline.hpp"
#include "sim/timeline/transfers.hpp"
#include "sim/timeline/window.hpp"

namespace tatami::timeline {

struct Options {
  bool kanata = false;
  bool perfetto = false;
  Window window;
  std::vector<NodeId> nodes;  ///< empty: all live ones
  std::size_t most_events = 2'000'000;
};

/// Listens to a mesh of a model of flavour `check`, which must outlive it and have one host thread. Recording stops, as
/// at the end of the window, when the timelines hold `most_events`.
class Recorder {
 public:
  /// Throws std::out_of_range for a node that the mesh has not, std::logic_error for a model that tells nothing.
  Recorder(engine::Mesh& mesh, const Options& options);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  ~Recorder();

  /// The files of what was recorded up to now, after which nothing more is; empty for one that was not asked for.
  struct Files {
    std::string kanata, perfetto;
  };
  Files finish();
  /// The cycle in which the timelines were full.
  std::optional<std::uint64_t> full() const { return full_; }

 private:
  class Listener;
  void detach();
  void check_size(std::uint64_t time);

  engine::Mesh& mesh_;
  Options options_;
  Kanata kanata_;
  Perfetto perfetto_;
  Transfers transfers_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::optional<std::uint64_t> full_;
};

}  // namespace tatami::timeline
