// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The order in which a node fetches: what its threads need first comes first, and they begin before the rest is there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/kernels/conv_kernel.hpp"
#include "sim/runtime/config.hpp"
#include "sim/workloads/transfer_list.hpp"

namespace tatami {

/// Cuts what a node fetches into stages. Time counts rounds, in which each thread has a block; in a round lines of the
/// filter; in a line threads, since one that has its data begins without the others.
class FetchStages {
 public:
  FetchStages(const Config& config, std::size_t kernel_lines)
      : threads_(config.threads),
        lines_(kernel_lines),
        most_(std::min<std::size_t>(KernelAbi::kMaxGates, config.semaphores - KernelAbi::kFirstGate)) {}

  /// When a block's thread comes to a line of the filter.
  std::size_t time(std::size_t block, std::size_t line) const {
    return (block / threads_ * lines_ + line) * threads_ + block % threads_;
  }
  /// Something is first needed at this time.
  void add(std::size_t time) {
    const auto at = std::lower_bound(times_.begin(), times_.end(), time);
    if (at == times_.end() || *at != time) times_.insert(at, time);
  }

  std::size_t count() const { return std::min(times_.size(), most_); }
  /// The stage of what is first needed at a time that was added.
  std::size_t stage(std::size_t time) const { return gates(time) - 1; }
  /// How many stages must have arrived at a time.
  std::size_t gates(std::size_t time) const {
    const auto passed = static_cast<std::size_t>(std::upper_bound(times_.begin(), times_.end(), time) - times_.begin());
    return passed == 0 ? 0 : (passed - 1) * count() / times_.size() + 1;
  }

 private:
  std::size_t threads_;
  std::size_t lines_;
  std::size_t most_;
  std::vector<std::size_t> times_;  ///< ascending
};

/// A node's transfers by stage; those of a stage post its gate.
class StagedTransfers {
 public:
  StagedTransfers(NodeId self, std::size_t stages) {
    for (std::size_t s = 0; s < std::max<std::size_t>(stages, 1); ++s) {
      stages_.emplace_back(self, KernelAbi::kFirstGate + static_cast<unsigned>(s));
    }
  }

  TransferList& at(std::size_t stage) { return stages_.at(stage); }
  /// Posts that each stage makes.
  std::vector<std::uint16_t> posts() const {
    std::vector<std::uint16_t> counts;
    for (const TransferList& list : stages_) counts.push_back(static_cast<std::uint16_t>(list.descriptors().size()));
    return counts;
  }
  /// Stage by stage; in each of them what others must be asked for comes first.
  std::vector<noc::Descriptor> descriptors() const {
    std::vector<noc::Descriptor> all;
    for (const TransferList& list : stages_) {
      const auto first = static_cast<std::ptrdiff_t>(all.size());
      all.insert(all.end(), list.descriptors().begin(), list.descriptors().end());
      std::stable_partition(all.begin() + first, all.end(),
                            [](const noc::Descriptor& d) { return d.kind == noc::Kind::Get; });
    }
    return all;
  }
  std::uint64_t bytes() const {
    std::uint64_t total = 0;
    for (const TransferList& list : stages_) total += list.bytes();
    return total;
  }

 private:
  std::vector<TransferList> stages_;
};

}  // namespace tatami
