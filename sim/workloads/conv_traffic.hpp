// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/runtime/device.hpp"
#include "sim/workloads/send_list.hpp"

namespace tatami {

/// Who sends what in a distributed convolution, in which order, and for what nodes wait.
class ConvTraffic {
 public:
  /// Rows that nodes need, and the semaphore that tells them. The rows' `post` and `sem` are set here.
  struct Part {
    std::size_t time = 0;  ///< when they are needed: a node sends what is needed first, first
    bool urgent = false;   ///< for the first line of the filter
    unsigned semaphore = 0;
    Send send;
  };
  /// A transfer list of a node: queued when so many posts have come to the semaphore, which are taken.
  struct List {
    std::vector<Send> sends;
    unsigned semaphore = 0;
    unsigned posts = 0;
  };
  /// A node's lists in their order. The further ones are queued when some of the urgent parts have come to the node; so
  /// the first ones, in which all of those are, wait for nothing but each other's puts to relays.
  struct Lists {
    std::vector<List> first;
    std::vector<List> further;
  };

  /// `source` sends what it has.
  void send(NodeId source, Part part);
  /// `source` puts what it has where the node `relay`, one of the receivers, needs it. That sends it on, to itself as
  /// well, which gives it the post.
  void relay(NodeId source, NodeId relay, Part part);

  Lists lists(NodeId id) const;
  /// Whether a node sends anything.
  bool sends(NodeId node) const { return nodes_.contains(key(node)); }
  /// Posts that come to a semaphore of a node.
  unsigned posts(NodeId node, unsigned semaphore) const;
  /// Bytes that a node gets and needs first.
  std::uint64_t urgent_bytes(NodeId node) const;
  /// Payload bytes that all nodes receive, and descriptors, if all casts have groups.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t descriptors() const { return descriptors_; }

 private:
  struct Node {
    std::vector<Part> own;                 // also what it sends to relays
    std::vector<Part> passed;              // what others have sent to it for this
    std::array<unsigned, 2> relayed = {};  // posts of those: urgent or not
  };
  struct Receiver {
    std::map<unsigned, unsigned> posts;  // by semaphore
    std::uint64_t urgent_bytes = 0;
  };

  static unsigned key(NodeId node);
  /// Lets the part's rows post, and counts that.
  void count(Part& part);

  std::map<unsigned, Node> nodes_;
  std::map<unsigned, Receiver> receivers_;
  std::uint64_t bytes_ = 0;
  std::uint64_t descriptors_ = 0;
};

}  // namespace tatami
