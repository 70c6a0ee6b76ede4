// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/visits.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace tatami {
namespace {

constexpr std::uint64_t kStart = 60;          // cycles until the first step
constexpr std::uint64_t kVisitOverhead = 20;  // a visit's addresses, counters and jumps
constexpr std::uint64_t kTileOverhead = 8;    // sums of a tile that leave the accumulators and come back
constexpr std::uint64_t kPatience = 100;      // what a thread rather waits than leaves a block

}  // namespace

VisitPlan::VisitPlan(const Config& config, const Panels& panels, std::vector<std::size_t> tiles, std::size_t steps,
                     bool leave)
    : panels_(panels),
      tiles_(std::move(tiles)),
      steps_(steps),
      leave_(leave),
      busy_threads_(std::min<std::size_t>(config.threads, tiles_.size())),
      clocks_(config.threads, kStart) {}

std::vector<std::vector<Visit>> VisitPlan::sweep(std::size_t sweep,
                                                 const std::function<std::uint64_t(std::size_t)>& arrival) {
  const Range panels = panels_.sweep(sweep);
  std::vector<std::vector<Visit>> all(clocks_.size());
  for (std::size_t thread = 0; thread < clocks_.size(); ++thread) {
    std::deque<Visit> left;  // what the thread's blocks still lack
    for (std::size_t block = thread; block < tiles_.size(); block += clocks_.size()) left.push_back({block, panels});
    while (!left.empty()) {
      const Visit wanted = left.front();
      left.pop_front();
      const Visit visit = next_visit(thread, wanted.panels, wanted.block, left.empty() || !leave_, arrival);
      all[thread].push_back(visit);
      if (visit.panels.end < panels.end) left.push_back({visit.block, {visit.panels.end, panels.end}});
    }
  }
  return all;
}

/// As many of the wanted panels as are there in time; all of them when the thread has no other block.
Visit VisitPlan::next_visit(std::size_t thread, const Range& wanted, std::size_t block, bool stay,
                            const std::function<std::uint64_t(std::size_t)>& arrival) {
  std::uint64_t& clock = clocks_[thread];
  std::size_t panel = wanted.begin;
  do {
    const std::uint64_t steps = tiles_[block] * steps_ * panels_.blocks(panel).size();
    clock = std::max(clock, arrival(panel)) + steps * busy_threads_;
    ++panel;
  } while (panel < wanted.end && (stay || arrival(panel) <= clock + kPatience));
  clock += kVisitOverhead + kTileOverhead * tiles_[block];
  return {block, {wanted.begin, panel}};
}

std::uint64_t VisitPlan::cycle() const { return *std::max_element(clocks_.begin(), clocks_.end()); }

}  // namespace tatami
