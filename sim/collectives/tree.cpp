// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Broadcast along a tree or a chain: every node hands on, slice by slice, what it receives.

#include <algorithm>
#include <array>
#include <map>

#include "sim/collectives/collective_plan.hpp"
#include "sim/runtime/direction.hpp"

namespace tatami {
namespace {

using Children = std::vector<std::vector<std::size_t>>;  // by member

/// Beginning at the root, level by level, every member takes up to `most` neighbours that nobody has taken yet; more
/// only when some would be left out. A member with c children sends everything c times. With `most` = 1 it is a chain.
Children grow_tree(const Mesh& members, std::size_t root, std::size_t most) {
  std::vector<NodeId> places;
  std::map<std::pair<unsigned, unsigned>, std::size_t> number;
  for (const NodeId node : members.nodes()) {
    const NodeId place = members.place(node);
    number[{place.y, place.x}] = places.size();
    places.push_back(place);
  }
  Children children(places.size());
  std::vector<bool> taken(places.size(), false);
  std::vector<std::size_t> order{root};
  taken[root] = true;
  const auto take = [&](std::size_t parent, std::size_t child) {
    taken[child] = true;
    children[parent].push_back(child);
    order.push_back(child);
  };
  for (std::size_t limit = most; limit <= kDirections; ++limit) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t parent = order[i];
      const auto [y, x] = places[parent];
      // Neighbouring columns grow towards different sides first.
      const unsigned first = x % 2 == 0 ? y + 1 : y - 1, second = x % 2 == 0 ? y - 1 : y + 1;
      for (const auto& [ny, nx] :
           std::array<std::pair<unsigned, unsigned>, kDirections>{{{y, x + 1}, {y, x - 1}, {first, x}, {second, x}}}) {
        const auto found = number.find({ny, nx});
        if (children[parent].size() < limit && found != number.end() && !taken[found->second]) {
          take(parent, found->second);
        }
      }
    }
  }
  // Members without a live member beside them.
  for (std::size_t member = 0; member < places.size(); ++member) {
    if (!taken[member]) take(root, member);
  }
  return children;
}

/// What a broadcast of so many lines should take: the busiest member's sending, and the first slice's way to the last
/// member.
std::uint64_t cycles_of(const Children& children, std::size_t root, std::uint64_t lines, std::uint64_t slice_lines) {
  constexpr std::uint64_t kHop = 60;  // from the arrival of a slice to its leaving, and to the neighbour
  std::size_t most = 0;
  std::uint64_t longest = 0;
  std::vector<std::pair<std::size_t, std::uint64_t>> open{{root, 0}};
  while (!open.empty()) {
    const auto [member, time] = open.back();
    open.pop_back();
    most = std::max(most, children[member].size());
    longest = std::max(longest, time);
    for (const std::size_t child : children[member]) {
      open.emplace_back(child, time + kHop + slice_lines * children[member].size());
    }
  }
  return most * lines + longest;
}

/// Slices that are long enough to pay for a step, and many enough for the way down the tree.
std::uint64_t slice_bytes(std::uint64_t bytes) {
  constexpr std::uint64_t kShortest = 8 * kLineBytes, kMost = 256;
  return std::max(kShortest, (bytes / kMost + kLineBytes - 1) / kLineBytes * kLineBytes);
}

}  // namespace

std::vector<StepProgram> plan_tree(const Config& config, const Mesh& members, std::size_t root, const Span& vector) {
  const std::vector<NodeId> nodes = members.nodes();
  const std::uint64_t slice = slice_bytes(vector.bytes);
  const auto cycles = [&](const Children& tree) {
    return cycles_of(tree, root, vector.bytes / kLineBytes, slice / kLineBytes);
  };
  const Children chain = grow_tree(members, root, 1), tree = grow_tree(members, root, 2);
  const Children& children = cycles(chain) < cycles(tree) ? chain : tree;
  std::vector<StepProgram> programs;
  for (std::size_t member = 0; member < nodes.size(); ++member) {
    StepProgram program(members.place(nodes[member]), config.threads);
    // A thread has every so many-th slice; they arrive in order.
    for (std::uint64_t i = 0; i * slice < vector.bytes; ++i) {
      const auto thread = static_cast<unsigned>(i % config.threads);
      const Span part{vector.address + i * slice, std::min(slice, vector.bytes - i * slice)};
      program.step(thread, {.semaphore = thread, .posts = member == root ? 0U : 1U});
      for (const std::size_t child : children[member]) {
        program.put(thread, part, members.place(nodes[child]), part.address, thread);
      }
    }
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace tatami
