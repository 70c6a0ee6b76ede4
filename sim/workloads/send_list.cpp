// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/send_list.hpp"

#include <algorithm>
#include <utility>

#include "sim/runtime/mesh.hpp"

namespace tatami {
namespace {

std::vector<unsigned> members(const Send& send) {
  std::vector<unsigned> result;
  for (const NodeId node : send.receivers) result.push_back(node.y * Mesh::kMaxSide + node.x);
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

Send send_from(NodeId source, const noc::Descriptor& rows, std::vector<NodeId> receivers) {
  const auto self = std::find(receivers.begin(), receivers.end(), source);
  const bool cast = self != receivers.end() && receivers.size() >= Send::kCastFrom;
  if (self != receivers.end()) std::rotate(receivers.begin(), self, receivers.end());
  return {rows, std::move(receivers), cast};
}

std::size_t SendList::most_descriptors() const {
  std::size_t sum = 0;
  for (const Send& send : sends) sum += send.receivers.size();
  return sum;
}

SendList place_list(MemoryPlan& memory, NodeId node, std::vector<Send> sends) {
  SendList list{.sends = std::move(sends)};
  list.address = memory.allocate(node, list.most_descriptors() * SendList::kDescriptorBytes);
  list.length_address = memory.allocate(node, sizeof(std::uint32_t));
  return list;
}

void SendGroups::want(const Send& send) {
  if (send.cast) numbers_.try_emplace(members(send));
}

void SendGroups::define(Device& device) {
  if (numbers_.empty()) return;
  std::vector<std::vector<NodeId>> sets;
  for (const auto& [set, number] : numbers_) {
    sets.emplace_back();
    for (const unsigned node : set) sets.back().push_back({node / Mesh::kMaxSide, node % Mesh::kMaxSide});
  }
  const std::vector<std::optional<unsigned>> defined = device.define_groups(sets);
  auto next = defined.begin();
  for (auto& [set, number] : numbers_) number = *next++;
}

std::vector<noc::Descriptor> SendGroups::resolve(NodeId self, const std::vector<Send>& sends) const {
  std::vector<noc::Descriptor> list;
  for (const Send& send : sends) {
    const std::optional<unsigned> group = send.cast ? numbers_.at(members(send)) : std::nullopt;
    noc::Descriptor d = send.rows;
    if (group) {
      d.dst = noc::group_address(0, *group, send.rows.dst);
      list.push_back(d);
      continue;
    }
    for (const NodeId node : send.receivers) {
      d.dst = node == self ? send.rows.dst : noc::global_address(noc::Region::Sram, 0, node.y, node.x, send.rows.dst);
      list.push_back(d);
    }
  }
  return list;
}

}  // namespace tatami
