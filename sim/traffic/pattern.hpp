// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sim/routing/grid.hpp"
#include "sim/routing/tables.hpp"

namespace tatami::traffic {

/// Who sends to whom.
enum class Pattern {
  kUniform,        ///< every live node to every other one, at random
  kTranspose,      ///< (y, x) to (x, y)
  kBitComplement,  ///< (y, x) to the node opposite, through the middle
  kHotspot,        ///< everybody to the node in the middle
  kNeighbour,      ///< pairs of neighbours in a row, both ways
};

inline constexpr Pattern kPatterns[] = {Pattern::kUniform, Pattern::kTranspose, Pattern::kBitComplement,
                                        Pattern::kHotspot, Pattern::kNeighbour};
std::string name_of(Pattern pattern);
std::optional<Pattern> pattern_of(const std::string& name);

/// The destinations of one source; each packet goes to one of them, all equally likely. Empty: this node sends nothing,
/// because its destination is dead, absent, or itself.
std::vector<unsigned> destinations(Pattern pattern, const routing::Grid& grid, unsigned source);

/// The most packets per cycle that every source can send at once, by the channel (or the exit to a node) that carries
/// most of them; for a grid of 8x8 without faults and uniform traffic that is its bisection.
double bound(const std::vector<std::vector<unsigned>>& destinations, const routing::Grid& grid,
             const routing::Tables& tables);

}  // namespace tatami::traffic
