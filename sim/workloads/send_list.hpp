// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "noc.hpp"
#include "sim/runtime/device.hpp"
#include "sim/runtime/memory_plan.hpp"

namespace tatami {

/// Rows that one node sends to others, with the post for each of them.
struct Send {
  static constexpr std::size_t kCastFrom = 3;  ///< receivers; one by one they would take the sender longer

  noc::Descriptor rows = {};           ///< put or zero, with offsets in the sender and in each receiver as addresses
  std::vector<NodeId> receivers = {};  ///< in the order in which they are sent to
  bool cast = false;                   ///< as one cast, if the machine has a group for them; they include the sender
};

/// Rows for nodes that need them, from the source on and round; as a cast if the source is one of many.
Send send_from(NodeId source, const noc::Descriptor& rows, std::vector<NodeId> receivers);

/// A transfer list of a program, which depends on the machine's groups.
struct SendList {
  static constexpr std::uint64_t kDescriptorBytes = 64;

  std::uint64_t address = 0;
  std::uint64_t length_address = 0;  ///< of a 32-bit word that holds how many descriptors it has
  std::vector<Send> sends = {};

  /// The descriptors that it can need.
  std::size_t most_descriptors() const;
  /// Behind the last of those.
  std::uint64_t end() const { return address + most_descriptors() * kDescriptorBytes; }
};

/// A list of a node that has its length beside it.
SendList place_list(MemoryPlan& memory, NodeId node, std::vector<Send> sends);

/// The groups of a machine that a launch uses.
class SendGroups {
 public:
  /// Asks for a group for the receivers of a send.
  void want(const Send& send);
  /// Defines the groups that were asked for, in place of earlier ones; none when nobody has asked.
  void define(Device& device);
  /// The descriptors of a node's list: one for a cast that has a group, else one for each receiver.
  std::vector<noc::Descriptor> resolve(NodeId self, const std::vector<Send>& sends) const;

 private:
  std::map<std::vector<unsigned>, std::optional<unsigned>> numbers_;  ///< by the members
};

}  // namespace tatami
