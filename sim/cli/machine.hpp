// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/timeline_options.hpp"
#include "sim/diagnosis/trigger.hpp"
#include "sim/engine/counters.hpp"
#include "sim/engine/mesh_device.hpp"
#include "sim/engine/model_library.hpp"
#include "sim/routing/grid.hpp"
#include "sim/runtime/config.hpp"
#include "sim/runtime/device.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami::cli {

/// How to record a waveform.
struct TraceOptions {
  std::string path;  ///< empty: none
  std::uint64_t from = 0;
  std::uint64_t to = UINT64_MAX;
  std::vector<NodeId> nodes;  ///< empty: all; with `on`: where it came
  unsigned depth = kAllLevels;
  std::optional<diagnosis::Trigger> on;  ///< found by a first run, and recorded by a second one
  std::uint64_t before = 1000;           ///< with `on`: cycles before and after it
  std::uint64_t after = 200;

  /// Records the cycles around this one.
  void around(std::uint64_t cycle) {
    from = cycle - std::min(cycle, before);
    to = cycle + after + 1;
  }

  static constexpr unsigned kAllLevels = engine::WaveWindow::kAllLevels;
};

struct MachineOptions {
  std::string config = "full";
  routing::Grid grid{2, 2, {}, {}};  ///< the nodes of the machine
  Mesh mesh{2, 2};                   ///< those of them that workloads use
  unsigned threads = 1;              ///< host threads
  std::string backend = "rtl";
  std::uint64_t seed = 1;
  bool sleep = true;
  bool lockstep = false;  ///< compare with the instruction-set simulator, instruction by instruction
  TraceOptions trace;
  TimelineOptions timeline;
};

/// The configuration named `name`, or read from the file `name` when it ends in .json. Throws ConfigError.
Config find_config(const std::string& name);

/// A machine to run on: the simulated RTL or the golden one.
class Machine {
 public:
  virtual ~Machine() = default;
  virtual Device& device() = 0;
  /// What the last `Device::run` did; the golden machine has no such counts.
  virtual std::optional<engine::Counters> activity() const = 0;
  /// The simulated RTL; nullptr on the golden machine.
  virtual engine::MeshDevice* mesh_device() = 0;
  /// Writes what was recorded of all runs, apart from waves. Throws InputError when a file cannot be written.
  virtual void finish() = 0;
};

/// Where the Verilated models are: beside the program.
std::filesystem::path model_folder();
/// The Verilated node there. Throws engine::ModelError when it is missing.
engine::ModelLibrary open_library(const Config& config, const std::string& flavour);

/// Throws engine::ModelError when the model is missing, InputError for options that exclude each other. A machine in
/// lockstep throws lockstep::Difference from `Device::run`.
std::unique_ptr<Machine> make_machine(const Config& config, const MachineOptions& options);
/// The simulated RTL as a model of that flavour, on one host thread, compared with nothing. Throws engine::ModelError.
std::unique_ptr<Machine> make_rtl_machine(const Config& config, MachineOptions options, const std::string& flavour);

}  // namespace tatami::cli
