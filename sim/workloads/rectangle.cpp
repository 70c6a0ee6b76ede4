// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/workloads/rectangle.hpp"

#include <algorithm>

namespace tatami {
namespace {

using Lines = std::vector<std::vector<NodeId>>;

/// The live nodes of each row, or of each column.
Lines live_lines(const routing::Grid& grid, bool by_rows) {
  Lines lines(by_rows ? grid.rows() : grid.cols());
  for (unsigned n = 0; n < grid.size(); ++n) {
    const NodeId id = grid.id(n);
    if (grid.live(n)) lines[by_rows ? id.y : id.x].push_back(id);
  }
  return lines;
}

/// As many lines as possible, all of one length.
Lines most_equal(const Lines& lines) {
  Lines best;
  std::size_t most = 0;
  for (const auto& line : lines) {
    Lines kept;
    for (const auto& other : lines) {
      if (other.size() >= line.size())
        kept.emplace_back(other.begin(), other.begin() + static_cast<std::ptrdiff_t>(line.size()));
    }
    if (kept.size() * line.size() > most) {
      most = kept.size() * line.size();
      best = std::move(kept);
    }
  }
  return best;
}

}  // namespace

Mesh live_rectangle(const routing::Grid& grid) {
  if (grid.live_nodes() == grid.size()) return {grid.rows(), grid.cols()};
  const Lines rows = most_equal(live_lines(grid, true)), cols = most_equal(live_lines(grid, false));
  const bool by_rows = rows.size() * rows[0].size() >= cols.size() * cols[0].size();
  const Lines& lines = by_rows ? rows : cols;
  const auto lines_count = static_cast<unsigned>(lines.size()), length = static_cast<unsigned>(lines[0].size());
  Mesh mesh{by_rows ? lines_count : length, by_rows ? length : lines_count};
  for (const NodeId node : mesh.nodes()) {
    mesh.places.push_back(by_rows ? lines[node.y][node.x] : lines[node.x][node.y]);
  }
  return mesh;
}

std::vector<std::vector<NodeId>> lines_of(const Mesh& rectangle, bool rows) {
  std::vector<std::vector<NodeId>> lines(rows ? rectangle.rows : rectangle.cols);
  for (const NodeId at : rectangle.nodes()) {
    lines[rows ? at.y : at.x].push_back(rectangle.place(at));
  }
  return lines;
}

}  // namespace tatami
