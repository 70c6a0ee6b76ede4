// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/investigation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {
namespace {

using diagnosis::Trigger;

/// Up to so many cycles of nodes a failed run is repeated without being asked: a minute or two.
constexpr std::uint64_t kRepeatUnasked = 5'000'000;

/// When nobody knows the node, all of up to so many are recorded.
constexpr unsigned kMostNodes = 64;

bool has_model(const Config& config, const std::string& flavour) {
  return std::filesystem::exists(model_folder() / fmt::format("{}-{}.so", config.name, flavour));
}

/// Where `make wave` looks for the moment that a waveform is about.
std::filesystem::path moment_file(const std::string& wave) {
  return std::filesystem::path(wave).replace_extension(".moment.json");
}

}  // namespace

std::optional<diagnosis::Failure> failure_of(RunStatus::End end, const std::string& kernel) {
  if (end == RunStatus::End::Idle) return std::nullopt;
  Trigger::Kind kind = Trigger::Kind::Hang;
  if (end == RunStatus::End::Fault) kind = Trigger::Kind::Fault;
  if (end == RunStatus::End::CycleLimit) kind = Trigger::Kind::Limit;
  return diagnosis::Failure{kind, kernel, {}, {}};
}

std::optional<diagnosis::Failure> failure_of(const Outcome& outcome, const std::string& kernel, DataType type) {
  if (!outcome.mismatch) return failure_of(outcome.status.end, kernel);
  return diagnosis::Failure{Trigger::Kind::Mismatch, kernel, outcome.node, {outcome.address, element_bytes(type)}};
}

Investigation::Investigation(const Config& config, const MachineOptions& options, std::string command)
    : config_(config), options_(options), command_(std::move(command)) {
  MachineOptions first = options;
  if (options.trace.on) {
    if (options.backend != "rtl") throw InputError("the golden machine has no waveforms; use --backend rtl");
    open_library(config, "trace");
    if (!options.trace.on->watched()) open_library(config, engine::kLogFlavour);
    first.trace = {};
  }
  machine_ = make_machine(config, first);
  if (options.trace.on && options.trace.on->watched()) {
    watch_ = std::make_unique<diagnosis::TriggerWatch>(machine_->mesh_device()->mesh(), *options.trace.on);
  }
}

std::string Investigation::how_to_see() const {
  std::string arguments = command_.substr(std::min(command_.size(), command_.find(' ') + 1));
  if (arguments.find_first_of("'\"$`\\") != std::string::npos || config_.name != options_.config) {
    return fmt::format("  waves of the cause: {} --trace build/runs/why.fst --trace-on failure\n", command_);
  }
  return fmt::format("  waves of the cause: make why CONFIG={} RUN='{}'\n", config_.name, arguments);
}

std::string Investigation::conclude(const std::optional<diagnosis::Failure>& failure, const Again& again) {
  const auto activity = machine_->activity();
  const std::optional<diagnosis::Moment> seen = watch_ ? watch_->moment() : std::nullopt;
  machine_->finish();
  machine_.reset();
  std::optional<diagnosis::Cause> cause;
  std::string text;
  if (failure && options_.backend == "rtl") {
    const bool asked = options_.trace.on && !options_.trace.on->watched();
    if (has_model(config_, engine::kLogFlavour) && (asked || activity->node_cycles() <= kRepeatUnasked)) {
      fmt::print(stderr, "Running again to find the cause ...\n");
      const auto machine = make_rtl_machine(config_, options_, engine::kLogFlavour);
      cause = diagnosis::find_cause(*machine->mesh_device(), *failure, again);
      text = cause->text;
    }
    if (!options_.trace.on) text += how_to_see();
  }
  if (!options_.trace.on) return text;
  const Trigger::Kind kind = options_.trace.on->kind;
  const bool fits = cause && (kind == Trigger::Kind::Failure || kind == failure->kind);
  if (seen) {
    record(*seen, again);
  } else if (fits) {
    record(cause->moment, again);
  } else {
    fmt::print(stderr, "What --trace-on waits for did not come: no waveform was written.\n");
  }
  return text;
}

void Investigation::record(const diagnosis::Moment& moment, const Again& again) const {
  MachineOptions options = options_;
  TraceOptions& trace = options.trace;
  trace.around(moment.cycle);
  if (trace.nodes.empty() && moment.node) trace.nodes = {*moment.node};
  if (trace.nodes.empty() && options.grid.live_nodes() > kMostNodes) {
    fmt::print(stderr,
               "No waveform was written: no node is known for '{}', and {} are too many to record; choose some "
               "with --trace-nodes.\n",
               moment.what, options.grid.live_nodes());
    return;
  }
  trace.on.reset();
  OutputFile about(moment_file(trace.path));
  {
    const auto machine = make_rtl_machine(config_, options, "trace");
    machine->mesh_device()->stop_at(trace.to);
    again(machine->device());
    trace.to = std::min(trace.to, machine->device().time());
  }
  const nlohmann::ordered_json json = {{"cycle", moment.cycle},
                                       {"time", moment.cycle * engine::WaveWindow::kUnitsPerCycle},
                                       {"units_per_cycle", engine::WaveWindow::kUnitsPerCycle},
                                       {"what", moment.what}};
  about.commit(json.dump(2) + "\n");
  fmt::print(stderr, "{} shows cycles {} to {}; in cycle {}: {}\n", trace.path, trace.from, trace.to - 1, moment.cycle,
             moment.what);
}

}  // namespace tatami::cli
