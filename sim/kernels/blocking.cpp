// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/blocking.hpp"

#include <algorithm>
#include <limits>

namespace tatami {
namespace {

/// Groups of at most `most` tiles, as even as possible.
std::vector<Range> group(std::size_t tiles, std::size_t most) {
  const std::size_t count = (tiles + most - 1) / most;
  std::vector<Range> groups;
  for (std::size_t i = 0; i < count; ++i) groups.push_back(split(tiles, 1, count, i));
  return groups;
}

/// Cycles of a node for a grouping.
std::size_t cost(const Config& config, const Blocking& blocking, std::size_t steps, DataType output,
                 std::size_t overhead) {
  constexpr std::size_t kBlockOverhead = 60;  // addresses, counters, call, the ends of the pipes
  constexpr double kLoadsPerCycle = 1.3;      // of two ports that meet conflicts
  const std::size_t parts = config.matrix_rows * config.matrix_cols * element_bytes(output) / config.simd_bytes;
  std::size_t matrix = 0, loads = 0, instructions = 0, next = 0;
  std::vector<std::size_t> threads(config.threads, 0);
  for (const Range& rows : blocking.row_groups) {
    for (const Range& cols : blocking.col_groups) {
      const std::size_t tiles = rows.size() * cols.size();
      const std::size_t block_loads = steps * (rows.size() + cols.size());
      // With one row tile the column tiles are operands in memory.
      const std::size_t issue = tiles * steps + (rows.size() == 1 ? steps : block_loads) + 2 * tiles * parts + overhead;
      matrix += tiles * steps;
      loads += block_loads;
      instructions += issue;
      threads[next++ % config.threads] += issue + kBlockOverhead;
    }
  }
  // What the last block stores comes on top.
  const std::size_t tail = blocking.row_groups.back().size() * blocking.col_groups.back().size() * parts * 2;
  const auto load_cycles = static_cast<std::size_t>(static_cast<double>(loads) / kLoadsPerCycle);
  const std::size_t friction = (loads + instructions) / 64;  // conflicts and turns lost, now and then
  return std::max({matrix, load_cycles, *std::max_element(threads.begin(), threads.end())}) + friction + tail;
}

}  // namespace

Blocking choose_blocking(const Config& config, std::size_t row_tiles, std::size_t col_tiles, std::size_t steps,
                         DataType output, std::size_t overhead) {
  Blocking best;
  best.cycles = std::numeric_limits<std::size_t>::max();
  for (std::size_t rows = 1; rows <= std::min<std::size_t>(config.accumulators, row_tiles); ++rows) {
    for (std::size_t cols = 1; rows * cols <= config.accumulators && cols <= col_tiles; ++cols) {
      Blocking candidate{group(row_tiles, rows), group(col_tiles, cols), 0};
      candidate.cycles = cost(config, candidate, steps, output, overhead);
      if (candidate.cycles < best.cycles) best = candidate;
    }
  }
  return best;
}

}  // namespace tatami
