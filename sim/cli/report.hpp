// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Results for a person (a table) and for a machine (one JSON; schema in docs/running.md).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/cli/machine.hpp"
#include "sim/workloads/run.hpp"

namespace tatami::cli {

/// Everything about a run that its results say.
struct RunRecord {
  std::string command;   ///< repeats the run
  std::string workload;  ///< matmul, conv, all or a collective operation
  MachineOptions machine;
  Config config;
  DataType output_type = DataType::Fp32;
  std::string format = "bf16";  ///< of the operands
};

/// Extents by their names.
using Extents = std::vector<std::pair<std::string, std::size_t>>;

/// What a collective operation is measured by.
struct Communication {
  std::size_t nodes = 0;           ///< that take part
  std::uint64_t least_cycles = 0;  ///< what no schedule can beat
};

/// One launch that was run. One that did not end has done no useful MACs and moved no tensors.
struct LaunchRecord {
  std::string op;
  std::string description;  ///< for a person: operation, shape and formats
  Extents shape;
  std::size_t elements = 0;  ///< of the result
  std::optional<Communication> communication;
  std::uint64_t macs = 0;
  std::uint64_t bytes_moved = 0;
  std::uint64_t transfers = 0;
  Outcome outcome;
  std::optional<engine::Counters> activity;
  std::string cause;  ///< why it failed and how to look at it, as far as that was found; lines
};

/// Useful MACs per MAC that the machine could have done in these cycles: 0..1.
double matrix_utilisation(const RunRecord& run, std::uint64_t macs, std::uint64_t cycles);

/// pass, mismatch, fault, hang or cycle_limit: the first launch that did not pass tells.
std::string status_of(const std::vector<LaunchRecord>& launches);
/// 0 pass, 1 mismatch or fault, 3 hang or cycle limit.
int exit_code(const std::string& status);

/// The table, PASS or what went wrong and where, and how to repeat it.
std::string table(const RunRecord& run, const std::vector<LaunchRecord>& launches);
nlohmann::ordered_json result_json(const RunRecord& run, const std::vector<LaunchRecord>& launches);

}  // namespace tatami::cli
