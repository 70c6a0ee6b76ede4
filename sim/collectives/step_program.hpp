// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/kernels/step_kernel.hpp"
#include "sim/workloads/launch.hpp"

namespace tatami {

/// A run of bytes in a node's SRAM.
struct Span {
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
};

/// Collects the steps of a node's threads and their transfers, and lays them out.
class StepProgram {
 public:
  StepProgram(NodeId self, unsigned threads) : self_(self), threads_(threads) {}

  /// Appends a step of a thread. `put` then adds transfers to it.
  void step(unsigned thread, const Step& step) { threads_[thread].steps.push_back(step); }
  /// Sends `from` to `address` of another node, or of this one, and posts its semaphore if there is one to post. No
  /// bytes: only the post.
  void put(unsigned thread, const Span& from, NodeId to, std::uint64_t address, std::optional<unsigned> semaphore = {});

  /// The same to several members at once, this node among them: as a cast, if the machine has a group for them.
  void cast(unsigned thread, const Span& from, const std::vector<NodeId>& members, std::uint64_t address,
            unsigned semaphore);

  /// Bytes that the transfers bring to nodes, and how many transfers there are, if all casts have groups.
  std::uint64_t bytes_moved() const;
  std::uint64_t transfers() const;
  /// The program with its tables, which lie from `address` on.
  NodeProgram finish(const std::vector<std::uint32_t>& code, std::uint64_t address) const;

 private:
  struct Thread {
    std::vector<Step> steps;
    std::vector<Send> sends;  ///< in the order of the steps
  };

  void send(unsigned thread, const Span& from, std::vector<NodeId> receivers, bool cast, std::uint64_t address,
            std::optional<unsigned> semaphore);

  NodeId self_;
  std::vector<Thread> threads_;
};

}  // namespace tatami
