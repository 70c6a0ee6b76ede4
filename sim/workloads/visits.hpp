// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/tensor.hpp"
#include "sim/workloads/panels.hpp"

namespace tatami {

/// A thread's work without a break on one block of the output: it adds a run of panels.
struct Visit {
  std::size_t block = 0;
  Range panels;
};

/// Plans what the threads of a node do in a distributed product, sweep by sweep, by a simple model of the core.
///
/// Block i of the output belongs to thread i mod threads. In a sweep a thread goes through its blocks; from one for
/// which the next panel is not expected in time it goes on to the next block, and comes back at the end. What a block
/// costs when its sums leave the accumulators is why it does not do so for a short wait.
class VisitPlan {
 public:
  /// `tiles`: of each block of the output. `steps`: of the matrix unit, for a tile and a block of channels. `leave`:
  /// whether threads may leave a block before the sweep ends.
  VisitPlan(const Config& config, const Panels& panels, std::vector<std::size_t> tiles, std::size_t steps, bool leave);

  /// The visits of each thread in a sweep; `arrival` is when a panel is expected. Sweeps come in order.
  std::vector<std::vector<Visit>> sweep(std::size_t sweep, const std::function<std::uint64_t(std::size_t)>& arrival);
  /// When all threads are expected to have ended the sweeps so far.
  std::uint64_t cycle() const;

 private:
  Visit next_visit(std::size_t thread, const Range& wanted, std::size_t block, bool stay,
                   const std::function<std::uint64_t(std::size_t)>& arrival);

  const Panels& panels_;
  std::vector<std::size_t> tiles_;
  std::size_t steps_;
  bool leave_;
  std::size_t busy_threads_;
  std::vector<std::uint64_t> clocks_;  ///< of the threads
};

}  // namespace tatami
