// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The order in which data comes: what threads need first comes first, and they begin before the rest is there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace tatami {

/// Cuts what comes to a node into stages. Time counts rounds, in which each thread has a block; in a round lines of the
/// filter; in a line threads, since one that has its data begins without the others.
class ArrivalStages {
 public:
  /// At most `most` stages; what is needed at neighbouring times then shares one.
  ArrivalStages(std::size_t threads, std::size_t kernel_lines, std::size_t most)
      : threads_(threads), lines_(kernel_lines), most_(most) {}

  /// When a block's thread comes to a line of the filter.
  std::size_t time(std::size_t block, std::size_t line) const {
    return (block / threads_ * lines_ + line) * threads_ + block % threads_;
  }
  /// Whether what is needed at a time is needed for some thread's first line.
  static bool urgent(std::size_t threads, std::size_t time) { return time < threads; }

  /// Something is first needed at this time.
  void add(std::size_t time) {
    const auto at = std::lower_bound(times_.begin(), times_.end(), time);
    if (at == times_.end() || *at != time) times_.insert(at, time);
  }
  std::size_t count() const { return std::min(times_.size(), most_); }
  /// The stage of what is first needed at a time that was added.
  std::size_t stage(std::size_t time) const {
    return static_cast<std::size_t>(std::lower_bound(times_.begin(), times_.end(), time) - times_.begin()) * count() /
           times_.size();
  }
  /// The first time at which something of a stage is needed.
  std::size_t first_time(std::size_t stage) const { return times_[(stage * times_.size() + count() - 1) / count()]; }

 private:
  std::size_t threads_;
  std::size_t lines_;
  std::size_t most_;
  std::vector<std::size_t> times_;  ///< ascending
};

}  // namespace tatami
