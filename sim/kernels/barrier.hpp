// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Barriers over any set of nodes, made of posts:
///
///     const Barrier barrier(nodes, {.arrive = 60, .release = 61, .lists = 0xF000});
///     device.write(node, 0xF000, barrier.lists(node));  // of each node
///     barrier.emit(as, node);                           // wherever its program is to wait
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "noc.hpp"
#include "sim/asm/assembler.hpp"
#include "sim/runtime/device.hpp"

namespace tatami {

/// What a barrier occupies on each of its nodes.
struct BarrierPlace {
  unsigned arrive = 0;      ///< semaphore that the nodes below post
  unsigned release = 1;     ///< semaphore that the node above posts
  std::uint64_t lists = 0;  ///< local address of Barrier::kListBytes for descriptors
};

/// A tree of nodes: each waits until all below it have arrived, tells the one above, waits for its release, and passes
/// it on.
///
/// It can be used again at once. A node arrives for round r + 1 only after its release of round r, which the node above
/// sends after it has taken all arrivals of round r; so `arrive` never holds posts of two rounds, and `release` at most
/// one. One thread of each node takes part. A barrier orders no data: that a put has arrived is what its own post says.
class Barrier {
 public:
  static constexpr unsigned kFanOut = 4;
  static constexpr std::uint64_t kListBytes = (1 + kFanOut) * 64;

  /// Throws std::invalid_argument when there are no nodes, or one stands twice.
  Barrier(std::span<const NodeId> nodes, const BarrierPlace& place);

  /// The descriptors of a node, to be written at `place.lists`: the post upwards, if any, then those downwards. Throws
  /// std::out_of_range for a node that takes no part.
  std::vector<noc::Descriptor> lists(NodeId node) const;

  /// Emits the wait of a node's thread; a1 and a2 are lost.
  void emit(Assembler& as, NodeId node) const;

  std::optional<NodeId> above(NodeId node) const { return at(node).above; }
  const std::vector<NodeId>& below(NodeId node) const { return at(node).below; }
  /// Nodes from the root to the last leaf.
  unsigned depth() const { return depth_; }

 private:
  struct Member {
    NodeId node;
    std::optional<NodeId> above = {};
    std::vector<NodeId> below = {};
  };

  void build(std::span<NodeId> nodes, std::optional<NodeId> above, unsigned level);
  const Member& at(NodeId node) const;
  noc::Descriptor post(NodeId to, unsigned semaphore) const;

  BarrierPlace place_;
  std::vector<Member> members_;
  unsigned depth_ = 0;
};

}  // namespace tatami
