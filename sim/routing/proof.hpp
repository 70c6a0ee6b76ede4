// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Proves of given tables that they bring every packet home and cannot deadlock; it knows nothing of how they were
/// made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// What was found of tables that are right.
struct Facts {
  std::uint64_t pairs = 0;         ///< of live nodes, both ways
  std::uint64_t hops = 0;          ///< of all of them together
  std::uint64_t least_hops = 0;    ///< as many as a grid without faults would take
  unsigned longest = 0;            ///< hops of the longest route
  unsigned busiest = 0;            ///< channel that the most routes take
  std::uint64_t busiest_load = 0;  ///< how many that are
  std::uint64_t dependencies = 0;  ///< pairs of channels of which a packet may hold the first and wait for the second
};

/// Why tables are wrong, as a sentence; the circle of channels, if it is one.
struct Flaw {
  std::string sentence;
  std::vector<unsigned> circle = {};
};

struct Verdict {
  Facts facts;
  std::optional<Flaw> flaw;
};

/// Walks every pair of live nodes, and looks for a circle in the graph of channel dependencies. Packets that are sent
/// to one node each are covered.
Verdict prove(const Grid& grid, const Tables& tables);

}  // namespace tatami::routing
