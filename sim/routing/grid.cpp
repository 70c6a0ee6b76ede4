// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/grid.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace tatami::routing {

std::string text_of(NodeId id) { return fmt::format("(y {}, x {})", id.y, id.x); }

namespace {

/// Number of nodes, of a grid that can be.
std::size_t checked_size(unsigned rows, unsigned cols) {
  constexpr unsigned kMost = 32;  // a position has five bits
  if (rows < 1 || rows > kMost || cols < 1 || cols > kMost) {
    throw std::invalid_argument(fmt::format("a grid has 1 to {} rows and columns, and not {}x{}", kMost, rows, cols));
  }
  return std::size_t{rows} * cols;
}

}  // namespace

Grid::Grid(unsigned rows, unsigned cols, const std::vector<NodeId>& dead_nodes, const std::vector<DeadLink>& dead_links)
    : rows_(rows), cols_(cols), live_(checked_size(rows, cols), true), next_(kDirections * live_.size(), -1) {
  const auto check = [&](NodeId id) {
    if (id.y < rows && id.x < cols) return;
    throw std::invalid_argument(fmt::format("node {} is not in a grid of {}x{}", text_of(id), rows, cols));
  };
  for (const NodeId id : dead_nodes) {
    check(id);
    if (live_[number(id)]) dead_nodes_.push_back(number(id));
    live_[number(id)] = false;
  }
  for (unsigned n = 0; n < size(); ++n) {
    for (unsigned d = 0; d < kDirections; ++d) {
      const auto to = beside(n, d);
      if (to && live_[n] && live_[*to]) next_[kDirections * n + d] = static_cast<int>(*to);
    }
  }
  for (const DeadLink& link : dead_links) {
    check(link.node);
    const unsigned channel = kDirections * number(link.node) + link.direction;
    const int to = next_[channel];
    next_[channel] = -1;
    if (to >= 0) next_[kDirections * static_cast<unsigned>(to) + opposite(link.direction)] = -1;
  }
  dead_links_ = dead_links;
  declare_cut_off();
}

/// The place next to a node, whatever is dead.
std::optional<unsigned> Grid::beside(unsigned node, unsigned direction) const {
  const NodeId at = id(node);
  switch (direction) {
    case kNorth: return at.y > 0 ? std::optional(node - cols_) : std::nullopt;
    case kEast: return at.x + 1 < cols_ ? std::optional(node + 1) : std::nullopt;
    case kSouth: return at.y + 1 < rows_ ? std::optional(node + cols_) : std::nullopt;
    default: return at.x > 0 ? std::optional(node - 1) : std::nullopt;
  }
}

/// Keeps the largest connected part.
void Grid::declare_cut_off() {
  std::vector<int> part(size(), -1);
  std::vector<std::vector<unsigned>> parts;
  for (unsigned start = 0; start < size(); ++start) {
    if (!live_[start] || part[start] >= 0) continue;
    std::vector<unsigned> members{start};
    part[start] = static_cast<int>(parts.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (unsigned d = 0; d < kDirections; ++d) {
        const int to = next_[kDirections * members[i] + d];
        if (to < 0 || part[static_cast<unsigned>(to)] >= 0) continue;
        part[static_cast<unsigned>(to)] = static_cast<int>(parts.size());
        members.push_back(static_cast<unsigned>(to));
      }
    }
    parts.push_back(std::move(members));
  }
  if (parts.empty()) throw std::invalid_argument("no node of the grid is live");
  const auto largest = std::ranges::max_element(parts, {}, [](const auto& members) { return members.size(); });
  for (auto members = parts.begin(); members != parts.end(); ++members) {
    if (members == largest) continue;
    for (const unsigned n : *members) {
      live_[n] = false;
      cut_off_.push_back(n);
      for (unsigned d = 0; d < kDirections; ++d) next_[kDirections * n + d] = -1;
    }
  }
  std::ranges::sort(cut_off_);
}

unsigned Grid::live_nodes() const { return static_cast<unsigned>(std::ranges::count(live_, true)); }

std::string Grid::channel_name(unsigned channel) const {
  return fmt::format("{} {}", text_of(id(channel / kDirections)), kDirectionNames[channel % kDirections]);
}

std::vector<unsigned> distance_from_faults(const Grid& grid, unsigned most) {
  std::vector<unsigned> distance(grid.size(), most + 1);
  for (unsigned n = 0; n < grid.size(); ++n) {
    for (unsigned d = 0; d < kDirections; ++d) {
      if (grid.blocked(n, d)) distance[n] = 0;
    }
  }
  for (unsigned step = 0; step < most; ++step) {
    for (unsigned n = 0; n < grid.size(); ++n) {
      if (distance[n] != step) continue;
      for (unsigned d = 0; d < kDirections; ++d) {
        const auto next = grid.neighbour(n, d);
        if (next && distance[*next] > step + 1) distance[*next] = step + 1;
      }
    }
  }
  return distance;
}

}  // namespace tatami::routing
