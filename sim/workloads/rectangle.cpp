// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/workloads/rectangle.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tatami {
namespace {

unsigned distance(unsigned a, unsigned b) { return a > b ? a - b : b - a; }

/// The grid as lines of nodes, its rows or its columns.
class Lines {
 public:
  Lines(const routing::Grid& grid, bool rows) : grid_(grid), rows_(rows) { choose(); }

  std::size_t size() const { return kept_.size() * length_; }
  /// With the nodes of each line in the order in which they lie, or with stand-ins where they stand in.
  Mesh mesh(bool bent) const {
    const auto count = static_cast<unsigned>(kept_.size());
    Mesh mesh{rows_ ? count : length_, rows_ ? length_ : count};
    std::vector<std::vector<NodeId>> lines;
    for (const unsigned line : kept_) {
      lines.push_back(nodes(line));
      if (bent) std::ranges::sort(lines.back(), {}, [](NodeId node) { return std::pair(node.y, node.x); });
    }
    for (const NodeId node : mesh.nodes()) {
      mesh.places.push_back(rows_ ? lines[node.y][node.x] : lines[node.x][node.y]);
    }
    return mesh;
  }

 private:
  unsigned lines() const { return rows_ ? grid_.rows() : grid_.cols(); }
  unsigned places() const { return rows_ ? grid_.cols() : grid_.rows(); }
  NodeId id(unsigned line, unsigned place) const { return rows_ ? NodeId{line, place} : NodeId{place, line}; }
  bool live(unsigned line, unsigned place) const { return grid_.live(grid_.number(id(line, place))); }
  unsigned live_places(unsigned line) const {
    unsigned count = 0;
    for (unsigned place = 0; place < places(); ++place) count += live(line, place) ? 1 : 0;
    return count;
  }

  /// As many lines as possible, all of one length, and the places which these leave out.
  void choose() {
    std::vector<unsigned> lengths;
    for (unsigned line = 0; line < lines(); ++line) lengths.push_back(live_places(line));
    for (const unsigned length : lengths) {
      std::vector<unsigned> kept;
      for (unsigned other = 0; other < lines(); ++other) {
        if (lengths[other] >= length) kept.push_back(other);
      }
      if (kept.size() * length > size()) {
        length_ = length;
        kept_ = std::move(kept);
      }
    }
    std::vector<std::pair<unsigned, unsigned>> by_distance;  // from all that is dead
    for (unsigned place = 0; place < places(); ++place) by_distance.emplace_back(distance_from_dead(place), place);
    std::ranges::sort(by_distance, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    for (std::size_t i = 0; i + length_ < places(); ++i) spare_.push_back(by_distance[i].second);
  }

  unsigned distance_from_dead(unsigned place) const {
    unsigned sum = 0;
    for (const unsigned line : kept_) {
      for (unsigned other = 0; other < places(); ++other) {
        if (!live(line, other)) sum += distance(place, other);
      }
    }
    return sum;
  }

  /// A line without the spare places, which stand in for what is dead.
  std::vector<NodeId> nodes(unsigned line) const {
    std::vector<unsigned> spare;
    std::ranges::copy_if(spare_, std::back_inserter(spare), [&](unsigned place) { return live(line, place); });
    std::vector<NodeId> result;
    for (unsigned place = 0; place < places(); ++place) {
      if (std::ranges::find(spare_, place) != spare_.end()) continue;
      if (live(line, place)) {
        result.push_back(id(line, place));
        continue;
      }
      const auto nearest = std::ranges::min_element(spare, {}, [&](unsigned other) { return distance(place, other); });
      result.push_back(id(line, *nearest));
      spare.erase(nearest);
    }
    return result;
  }

  const routing::Grid& grid_;
  const bool rows_;
  unsigned length_ = 0;
  std::vector<unsigned> kept_;   ///< lines
  std::vector<unsigned> spare_;  ///< places
};

Mesh rectangle(const routing::Grid& grid, bool bent) {
  if (grid.live_nodes() == grid.size()) return {grid.rows(), grid.cols()};
  const Lines rows(grid, true), cols(grid, false);
  return rows.size() >= cols.size() ? rows.mesh(bent) : cols.mesh(bent);
}

}  // namespace

Mesh live_rectangle(const routing::Grid& grid) { return rectangle(grid, false); }

Mesh bent_rectangle(const routing::Grid& grid) { return rectangle(grid, true); }

std::vector<std::vector<NodeId>> lines_of(const Mesh& rectangle, bool rows) {
  std::vector<std::vector<NodeId>> lines(rows ? rectangle.rows : rectangle.cols);
  for (const NodeId at : rectangle.nodes()) {
    lines[rows ? at.y : at.x].push_back(rectangle.place(at));
  }
  return lines;
}

}  // namespace tatami
