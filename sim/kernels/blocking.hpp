// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/tensor.hpp"

namespace tatami {

/// How a node's row tiles and column tiles are grouped into blocks: every pair of a row group and a column group is
/// one.
struct Blocking {
  std::vector<Range> row_groups;
  std::vector<Range> col_groups;
  std::size_t cycles = 0;  ///< what the model expects
};

/// Chooses the grouping that a simple model of the core finds fastest: the matrix unit takes a cycle per step, two load
/// ports a cycle per tile, a thread issues one instruction per cycle, blocks go round robin to the threads, and the
/// stores of the last block come at the end. `steps` is the number of matrix steps per tile, `overhead` that of scalar
/// instructions per block beyond a call and a loop.
Blocking choose_blocking(const Config& config, std::size_t row_tiles, std::size_t col_tiles, std::size_t steps,
                         DataType output, std::size_t overhead = 0);

}  // namespace tatami
