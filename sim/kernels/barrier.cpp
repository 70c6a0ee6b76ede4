// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/barrier.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "sim/runtime/mesh.hpp"

namespace tatami {
namespace {

using namespace reg;

constexpr std::uint64_t kDescriptorBytes = 64;

bool by_column(NodeId a, NodeId b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }
bool by_row(NodeId a, NodeId b) { return std::tie(a.y, a.x) < std::tie(b.y, b.x); }

/// Splits nodes in halves along their longer side.
std::size_t halve(std::span<NodeId> nodes) {
  if (nodes.size() < 2) return nodes.size();
  const auto [west, east] = std::ranges::minmax_element(nodes, {}, &NodeId::x);
  const auto [north, south] = std::ranges::minmax_element(nodes, {}, &NodeId::y);
  const bool wide = east->x - west->x > south->y - north->y;
  const std::size_t half = nodes.size() / 2;
  std::ranges::nth_element(nodes, nodes.begin() + static_cast<std::ptrdiff_t>(half), wide ? by_column : by_row);
  return half;
}

}  // namespace

Barrier::Barrier(std::span<const NodeId> nodes, const BarrierPlace& place) : place_(place) {
  std::vector<NodeId> rest(nodes.begin(), nodes.end());
  std::ranges::sort(rest, by_row);
  if (rest.empty()) throw std::invalid_argument("a barrier needs at least one node");
  if (std::ranges::adjacent_find(rest) != rest.end()) throw std::invalid_argument("a node stands twice in a barrier");
  build(rest, std::nullopt, 1);
  std::ranges::sort(members_, by_row, &Member::node);
}

/// The node in the middle is the root; the others are four groups, halves of halves, each a tree below it.
void Barrier::build(std::span<NodeId> nodes, std::optional<NodeId> above, unsigned level) {
  const auto [west, east] = std::ranges::minmax(nodes, {}, &NodeId::x);
  const auto [north, south] = std::ranges::minmax(nodes, {}, &NodeId::y);
  const NodeId middle{(north.y + south.y) / 2, (west.x + east.x) / 2};
  const auto root = std::ranges::min_element(nodes, {}, [&](NodeId n) { return distance(n, middle); });
  const NodeId self = *root;
  depth_ = std::max(depth_, level);
  const std::size_t index = members_.size();
  members_.push_back({.node = self, .above = above});
  std::swap(*root, nodes.front());
  const auto rest = nodes.subspan(1);
  const std::size_t half = halve(rest);
  for (const auto part : {rest.first(half), rest.subspan(half)}) {
    const std::size_t quarter = halve(part);
    for (const auto group : {part.first(quarter), part.subspan(quarter)}) {
      if (group.empty()) continue;
      const std::size_t child = members_.size();
      build(group, self, level + 1);
      members_[index].below.push_back(members_[child].node);
    }
  }
}

const Barrier::Member& Barrier::at(NodeId node) const {
  const auto member = std::ranges::lower_bound(members_, node, by_row, &Member::node);
  if (member == members_.end() || member->node != node)
    throw std::out_of_range("this node takes no part in the barrier");
  return *member;
}

noc::Descriptor Barrier::post(NodeId to, unsigned semaphore) const {
  return {.dst = noc::global_address(noc::Region::Sram, 0, to.y, to.x, 0),
          .post = true,
          .sem = static_cast<std::uint8_t>(semaphore)};
}

std::vector<noc::Descriptor> Barrier::lists(NodeId node) const {
  const Member& member = at(node);
  std::vector<noc::Descriptor> result;
  if (member.above) result.push_back(post(*member.above, place_.arrive));
  for (const NodeId below : member.below) result.push_back(post(below, place_.release));
  return result;
}

void Barrier::emit(Assembler& as, NodeId node) const {
  const Member& member = at(node);
  const auto wait = [&](unsigned semaphore, std::size_t count) {
    as.li(a1, semaphore);
    as.li(a2, static_cast<std::int64_t>(count));
    as.sem_wait(a1, a2);
  };
  const auto queue = [&](std::uint64_t list, std::size_t count) {
    as.li(a1, static_cast<std::int64_t>(list));
    as.li(a2, static_cast<std::int64_t>(count));
    as.xfer(a1, a2);
  };
  if (!member.below.empty()) wait(place_.arrive, member.below.size());
  if (member.above) {
    queue(place_.lists, 1);
    wait(place_.release, 1);
  }
  if (!member.below.empty()) queue(place_.lists + (member.above ? kDescriptorBytes : 0), member.below.size());
}

}  // namespace tatami
