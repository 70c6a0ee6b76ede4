// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/machine.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "sim/cli/timeline_files.hpp"
#include "sim/runtime/error.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lockstep/checked_device.hpp"

namespace tatami::cli {
namespace {

namespace fs = std::filesystem;

fs::path program_folder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

/// The folder with the named entry: above the program, or the working directory.
fs::path find_above_program(const fs::path& entry) {
  for (fs::path folder = program_folder(); folder != folder.root_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / entry)) return folder / entry;
  }
  return entry;
}

/// Relative to the working directory where that is shorter to read.
fs::path shown(const fs::path& path) {
  const fs::path relative = path.lexically_proximate(fs::current_path());
  return !relative.empty() && *relative.begin() != ".." ? relative : path;
}

std::string flavour_of(const MachineOptions& options) {
  if (options.lockstep || options.timeline.any()) return engine::kLogFlavour;
  return options.trace.path.empty() ? "fast" : "trace";
}

std::unique_ptr<engine::MeshDevice> make_device(const engine::ModelLibrary& library, const MachineOptions& options) {
  const routing::Grid& grid = options.grid;
  engine::MeshOptions mesh{.rows = grid.rows(),
                           .cols = grid.cols(),
                           .seed = options.seed,
                           .sleep = options.sleep,
                           .threads = options.threads,
                           .dead_links = grid.dead_links()};
  for (const unsigned n : grid.dead_nodes()) mesh.dead_nodes.push_back(grid.id(n));
  try {
    if (options.lockstep) return std::make_unique<lockstep::CheckedDevice>(library, mesh);
    return std::make_unique<engine::MeshDevice>(library, mesh);
  } catch (const std::invalid_argument& error) {
    throw InputError(error.what());
  }
}

class RtlMachine : public Machine {
 public:
  RtlMachine(const Config& config, const MachineOptions& options, const std::string& flavour)
      : library_(open_library(config, flavour)), device_(make_device(library_, options)) {
    const TraceOptions& trace = options.trace;
    if (flavour == "trace") device_->record({trace.path, trace.from, trace.to, trace.depth}, trace.nodes);
    if (options.timeline.any()) timelines_.emplace(device_->mesh(), options.timeline);
  }

  Device& device() override { return *device_; }
  engine::MeshDevice* mesh_device() override { return device_.get(); }

  std::optional<engine::Counters> activity() const override { return device_->last_run(); }
  void finish() override {
    if (timelines_) timelines_->write();
  }

 private:
  engine::ModelLibrary library_;
  std::unique_ptr<engine::MeshDevice> device_;
  std::optional<TimelineFiles> timelines_;
};

class GoldenMachine : public Machine {
 public:
  GoldenMachine(const Config& c, const MachineOptions& options)
      : device_(lockstep::core_config(c), options.grid.rows(), options.grid.cols()) {}

  Device& device() override { return device_; }
  std::optional<engine::Counters> activity() const override { return std::nullopt; }
  engine::MeshDevice* mesh_device() override { return nullptr; }
  void finish() override {}

 private:
  golden::Machine device_;
};

}  // namespace

Config find_config(const std::string& name) {
  if (name.ends_with(".json")) return load_config(name);
  const fs::path folder = find_above_program("sim/configs");
  const fs::path path = folder / (name + ".json");
  if (name.find('/') == std::string::npos && fs::exists(path)) return load_config(shown(path));
  std::string known;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".json") known += (known.empty() ? "" : ", ") + entry.path().stem().string();
    }
  }
  throw InputError(fmt::format("unknown configuration '{}'; known are {}, or give a .json file", name, known));
}

fs::path model_folder() { return shown(program_folder() / "models"); }

engine::ModelLibrary open_library(const Config& config, const std::string& flavour) {
  return {config, flavour, model_folder()};
}

std::unique_ptr<Machine> make_machine(const Config& config, const MachineOptions& options) {
  if (options.backend == "golden") {
    if (!options.trace.path.empty()) throw InputError("the golden machine has no waveforms; use --backend rtl");
    if (options.lockstep) throw InputError("--lockstep compares the RTL with the golden simulator; use --backend rtl");
    if (options.timeline.any()) throw InputError("the golden machine has no timelines; use --backend rtl");
    return std::make_unique<GoldenMachine>(config, options);
  }
  if (options.threads > 1 && (options.lockstep || !options.trace.path.empty())) {
    throw InputError("--trace and --lockstep need --threads 1");
  }
  if (options.timeline.any() && options.threads > 1) throw InputError("--kanata and --perfetto need --threads 1");
  if (options.timeline.any() && !options.trace.path.empty()) {
    throw InputError("--trace excludes --kanata and --perfetto; the seed gives the same run again");
  }
  if (options.lockstep && !options.trace.path.empty()) {
    throw InputError("--lockstep and --trace exclude each other; the seed gives the same run again");
  }
  return std::make_unique<RtlMachine>(config, options, flavour_of(options));
}

std::unique_ptr<Machine> make_rtl_machine(const Config& config, MachineOptions options, const std::string& flavour) {
  options.lockstep = false;
  options.timeline = {};
  options.threads = 1;
  return std::make_unique<RtlMachine>(config, options, flavour);
}

}  // namespace tatami::cli
