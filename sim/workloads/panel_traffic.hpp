// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/runtime/device.hpp"
#include "sim/workloads/panels.hpp"
#include "sim/workloads/send_list.hpp"

namespace tatami {

/// Who sends which panels when in a distributed product: the nodes' transfer lists, what they wait for, and when a
/// simple model of the mesh expects panels to be there.
class PanelTraffic {
 public:
  /// The part of an operand's panel that one node has and others need.
  struct Part {
    std::size_t panel = 0;
    NodeId source;
    Send send;
  };

  /// What a node transfers when some sweeps have ended.
  struct Stage {
    std::multimap<std::size_t, Send> sends;  ///< by panel
    unsigned receivers = 0;                  ///< nodes that are sent to, and must have freed their slots
    std::vector<Send> frees;                 ///< tells those who send to this node that its slots are free
  };

  explicit PanelTraffic(const Panels& panels) : panels_(panels) {}

  /// Parts come in the order of their panels.
  void add(Part part);
  /// Lays the transfers of a stage out in time, from `cycle` on. Stages come in order.
  void expect(std::size_t stage, std::uint64_t cycle);

  const Stage& stage(NodeId node, std::size_t stage) { return at(node).stages[stage]; }
  /// Whether a node sends anything.
  bool sends(NodeId node);
  /// Posts that make a panel complete on a node.
  unsigned posts(NodeId node, std::size_t panel) { return at(node).posts[panel]; }
  /// The cycle in which a panel is complete on a node, of stages that have been laid out.
  std::uint64_t arrival(NodeId node, std::size_t panel) { return at(node).arrivals[panel]; }
  /// Payload bytes that all nodes receive, and descriptors, if all casts have groups.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t descriptors() const { return descriptors_; }

 private:
  struct Node {
    std::vector<Stage> stages;
    std::vector<unsigned> posts;            // per panel
    std::vector<std::uint64_t> arrivals;    // per panel
    std::uint64_t sending = 0, taking = 0;  // when its links to and from the mesh are free
  };

  Node& at(NodeId id);
  std::size_t stage_of(std::size_t panel) const;
  bool free_slots(Stage& receiver, NodeId source, unsigned semaphore);

  const Panels& panels_;
  std::map<unsigned, Node> nodes_;
  std::vector<Part> parts_;
  std::uint64_t bytes_ = 0;
  std::uint64_t descriptors_ = 0;
};

}  // namespace tatami
