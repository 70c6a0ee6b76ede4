// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/traffic/pattern.hpp"

#include <algorithm>
#include <array>

namespace tatami::traffic {
namespace {

constexpr std::array kNames = {"uniform", "transpose", "bit-complement", "hotspot", "neighbour"};

}  // namespace

std::string name_of(Pattern pattern) { return kNames[static_cast<std::size_t>(pattern)]; }

std::optional<Pattern> pattern_of(const std::string& name) {
  for (const Pattern pattern : kPatterns) {
    if (name == name_of(pattern)) return pattern;
  }
  return std::nullopt;
}

std::vector<unsigned> destinations(Pattern pattern, const routing::Grid& grid, unsigned source) {
  if (!grid.live(source)) return {};
  const NodeId at = grid.id(source);
  NodeId to;
  switch (pattern) {
    case Pattern::kUniform: {
      std::vector<unsigned> others;
      for (unsigned n = 0; n < grid.size(); ++n) {
        if (grid.live(n) && n != source) others.push_back(n);
      }
      return others;
    }
    case Pattern::kTranspose: to = {at.x, at.y}; break;
    case Pattern::kBitComplement: to = {grid.rows() - 1 - at.y, grid.cols() - 1 - at.x}; break;
    case Pattern::kHotspot: to = {grid.rows() / 2, grid.cols() / 2}; break;
    case Pattern::kNeighbour: to = {at.y, at.x ^ 1}; break;
  }
  if (to == at || to.y >= grid.rows() || to.x >= grid.cols() || !grid.live(grid.number(to))) return {};
  return {grid.number(to)};
}

double bound(const std::vector<std::vector<unsigned>>& destinations, const routing::Grid& grid,
             const routing::Tables& tables) {
  std::vector<double> channel(grid.channels()), exit(grid.size());
  for (unsigned source = 0; source < grid.size(); ++source) {
    const double share = destinations[source].empty() ? 0 : 1.0 / static_cast<double>(destinations[source].size());
    for (const unsigned to : destinations[source]) {
      exit[to] += share;
      unsigned at = source, in = routing::Tables::kBegins;
      while (at != to) {
        in = static_cast<unsigned>(tables.at(at, in, to));
        channel[kDirections * at + in] += share;
        at = *grid.neighbour(at, in);
      }
    }
  }
  const double most =
      std::max(*std::max_element(channel.begin(), channel.end()), *std::max_element(exit.begin(), exit.end()));
  return most > 1 ? 1 / most : 1;  // a node injects one packet per cycle
}

}  // namespace tatami::traffic
