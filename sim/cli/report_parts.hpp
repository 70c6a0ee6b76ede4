// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What both forms of a result need.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/cli/report.hpp"

namespace tatami::cli {

/// An element of a result: its code in hexadecimal digits, and what it means.
std::string pattern_of(DataType type, std::uint32_t bits);
float value_of(DataType type, std::uint32_t bits);

/// Cycles of threads that run or wait: those that issue, and the others by their reason.
std::vector<std::pair<std::string, std::uint64_t>> thread_cycles(const engine::ThreadCounters& threads);

/// Bytes that each node of a collective operation sends per cycle, on average; its port carries 64.
double bytes_per_node_and_cycle(const LaunchRecord& launch);

/// Of every node what it did, figure by figure, each as a list of the machine's rows; null for a dead node.
nlohmann::ordered_json nodes_json(const RunRecord& run, const engine::Counters& activity);

/// pass, mismatch, fault, hang or cycle_limit.
std::string status_of(const Outcome& outcome);

}  // namespace tatami::cli
