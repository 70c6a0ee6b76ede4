// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>

#include "sim/runtime/tensor.hpp"

namespace tatami {

/// How the reduction index of a distributed product is cut. It comes in blocks of channels; `depth` of them are a
/// *panel*, which travels and is waited for as one. A node has room for a ring of `slots` panels: panel p lies in slot
/// p mod `slots`. Where that is less than all of them, the node's output is computed in *sweeps*: each adds a run of
/// panels to all blocks of the output, and then its slots are free for panels that have not been sent.
///
/// A sweep has at most three quarters of the slots, so that the next one finds panels to begin with, and at least half
/// of them.
class Panels {
 public:
  Panels(std::size_t blocks, std::size_t depth, std::size_t slots)
      : blocks_(blocks), depth_(depth), slots_(std::min(slots, count())) {
    const std::size_t most = slots_ == count() ? slots_ : std::max<std::size_t>(1, slots_ * 3 / 4);
    const std::size_t sweeps = (count() + most - 1) / most;
    sweep_ = (count() + sweeps - 1) / sweeps;
    slots_ = std::min(slots_, 2 * sweep_);
  }

  std::size_t depth() const { return depth_; }
  std::size_t slots() const { return slots_; }
  std::size_t count() const { return (blocks_ + depth_ - 1) / depth_; }
  std::size_t sweeps() const { return (count() + sweep_ - 1) / sweep_; }

  /// The blocks of channels of a panel.
  Range blocks(std::size_t panel) const { return {panel * depth_, std::min((panel + 1) * depth_, blocks_)}; }
  /// Counts a panel's transfers. Panels that follow each other in a slot have different ones: a thread may look for the
  /// second while the first is still being counted off.
  std::size_t semaphore(std::size_t panel) const { return panel % (2 * slots_); }
  std::size_t semaphores() const { return std::min(count(), 2 * slots_); }
  /// The panels of a sweep.
  Range sweep(std::size_t sweep) const { return {sweep * sweep_, std::min((sweep + 1) * sweep_, count())}; }
  /// The panels that are sent when `sweep` sweeps have ended.
  Range sent_after(std::size_t sweep) const {
    const auto limit = [this](std::size_t ended) { return std::min(slots_ + ended * sweep_, count()); };
    return {sweep == 0 ? 0 : limit(sweep - 1), limit(sweep)};
  }

 private:
  std::size_t blocks_;
  std::size_t depth_;
  std::size_t slots_;
  std::size_t sweep_ = 1;
};

}  // namespace tatami
