// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "sim/routing/grid.hpp"

namespace tatami::test {

/// Grids with every dead node or link, and every two of them: for `side` x `side` nodes f * (f + 1) / 2 grids, where f
/// counts the nodes and links.
inline std::vector<routing::Grid> single_and_double_faults(unsigned side) {
  struct Fault {
    std::vector<NodeId> nodes;
    std::vector<routing::DeadLink> links;
  };
  std::vector<Fault> faults;
  for (unsigned y = 0; y < side; ++y) {
    for (unsigned x = 0; x < side; ++x) {
      faults.push_back({{{y, x}}, {}});
      if (x + 1 < side) faults.push_back({{}, {{{y, x}, 1}}});
      if (y + 1 < side) faults.push_back({{}, {{{y, x}, 2}}});
    }
  }
  std::vector<routing::Grid> grids;
  for (std::size_t a = 0; a < faults.size(); ++a) {
    for (std::size_t b = a; b < faults.size(); ++b) {
      Fault both = faults[a];
      both.nodes.insert(both.nodes.end(), faults[b].nodes.begin(), faults[b].nodes.end());
      both.links.insert(both.links.end(), faults[b].links.begin(), faults[b].links.end());
      grids.emplace_back(side, side, both.nodes, both.links);
    }
  }
  return grids;
}

/// So many nodes anywhere; some may be the same.
inline std::vector<NodeId> random_nodes(unsigned rows, unsigned cols, std::size_t count, std::mt19937_64& random) {
  std::vector<NodeId> nodes(count);
  for (NodeId& id : nodes) id = {static_cast<unsigned>(random() % rows), static_cast<unsigned>(random() % cols)};
  return nodes;
}

/// Up to six dead nodes anywhere, and up to `links` dead links.
inline routing::Grid random_faults(unsigned rows, unsigned cols, unsigned links, std::mt19937_64& random) {
  const routing::Grid whole(rows, cols, {}, {});
  const std::vector<NodeId> dead = random_nodes(rows, cols, random() % 7, random);
  std::vector<routing::DeadLink> cut;
  for (const NodeId id : random_nodes(rows, cols, random() % (links + 1), random)) {
    const auto direction = static_cast<unsigned>(random() % 4);
    if (whole.neighbour(whole.number(id), direction)) cut.push_back({id, direction});
  }
  return {rows, cols, dead, cut};
}

/// A grid's size and its dead nodes, for messages.
inline std::string text_of(const routing::Grid& grid) {
  std::string text = std::to_string(grid.rows()) + "x" + std::to_string(grid.cols()) + " without";
  for (const unsigned n : grid.dead_nodes()) text += " " + routing::text_of(grid.id(n));
  return text;
}

}  // namespace tatami::test
