// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "sim/engine/model_library.hpp"

namespace tatami::engine {

/// How long the speed measurement takes.
struct BenchOptions {
  double seconds = 2.0;             ///< least wall time of each measurement
  unsigned threads = 2;             ///< host threads for the die: 1, 2, 4, ... up to so many
  std::uint64_t sparse_cycles = 0;  ///< cycles of the comparison of 8x8 with 1x1; 0: as many as 1x1 does in `seconds`
};

/// Measures how fast the engine simulates:
///   busy    2x2 nodes whose threads all compute: simulated node-cycles per second;
///   sparse  1 of 8x8 nodes runs a program, against a 1x1 mesh that runs the same one: wall time ratio (at most 2 is
///   the goal);
///   die     354 of 18x20 nodes, all busy and one busy, and the memory that it takes.
/// The result holds the figures and what they were measured on.
nlohmann::json bench_engine(const ModelLibrary& library, const BenchOptions& options);

}  // namespace tatami::engine
