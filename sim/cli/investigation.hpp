// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/cli/machine.hpp"
#include "sim/diagnosis/cause.hpp"
#include "sim/workloads/run.hpp"

namespace tatami::cli {

/// A run, what it failed by, and a waveform of the moment that matters. A simulation is the same each time, to the
/// cycle: so the run itself is watched by nothing that costs time, and what is asked about it afterwards is answered by
/// running again, with a model that tells more.
class Investigation {
 public:
  /// Does to a new machine what the run did; returns how it ended.
  using Again = std::function<RunStatus(Device&)>;

  /// `command` repeats the run. Throws as make_machine does, also for models that --trace-on needs later.
  Investigation(const Config& config, const MachineOptions& options, std::string command);

  /// The machine of the run itself.
  Machine& machine() { return *machine_; }
  /// Ends the machine. When the run failed: why, in lines for a person, as far as there are models that tell. Writes
  /// the waveform of --trace-on, and says so on standard error.
  std::string conclude(const std::optional<diagnosis::Failure>& failure, const Again& again);

 private:
  void record(const diagnosis::Moment& moment, const Again& again) const;
  std::string how_to_see() const;

  const Config& config_;
  MachineOptions options_;
  std::string command_;
  std::unique_ptr<Machine> machine_;
  std::unique_ptr<diagnosis::TriggerWatch> watch_;
};

/// What a workload failed by, if it did; `kernel` and the type of its result are for the report.
std::optional<diagnosis::Failure> failure_of(const Outcome& outcome, const std::string& kernel, DataType type);
/// The same of a program that has no result.
std::optional<diagnosis::Failure> failure_of(RunStatus::End end, const std::string& kernel);

}  // namespace tatami::cli
