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
std::size_t cost(const Config& config, const Blocking& blocking, std::size_t steps, DataType output) {
  constexpr std::size_t kBlockOverhead = 40;  // addresses, counters, call
  const std::size_t parts = config.matrix_rows / (output == DataType::Fp32 ? 2 : 4);
  std::size_t scalar = 0, vector = 0, next = 0;
  std::vector<std::size_t> threads(config.threads, 0);
  for (const Range& rows : blocking.row_groups) {
    for (const Range& cols : blocking.col_groups) {
      const std::size_t tiles = rows.size() * cols.size();
      const std::size_t block_vector = tiles * (steps + parts);
      const std::size_t block_scalar = (rows.size() + cols.size() + 1) * steps + tiles * parts + kBlockOverhead;
      vector += block_vector;
      scalar += block_scalar;
      threads[next++ % config.threads] += block_vector + block_scalar;
    }
  }
  return std::max({scalar, vector, *std::max_element(threads.begin(), threads.end())});
}

}  // namespace

Blocking choose_blocking(const Config& config, std::size_t row_tiles, std::size_t col_tiles, std::size_t steps,
                         DataType output) {
  Blocking best;
  best.cycles = std::numeric_limits<std::size_t>::max();
  for (std::size_t rows = 1; rows <= std::min<std::size_t>(config.accumulators, row_tiles); ++rows) {
    for (std::size_t cols = 1; rows * cols <= config.accumulators && cols <= col_tiles; ++cols) {
      Blocking candidate{group(row_tiles, rows), group(col_tiles, cols), 0};
      candidate.cycles = cost(config, candidate, steps, output);
      if (candidate.cycles < best.cycles) best = candidate;
    }
  }
  return best;
}

}  // namespace tatami
