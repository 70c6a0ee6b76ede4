// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Proves of given tables, of routes and of groups, that they bring every packet home and cannot deadlock; it knows
/// nothing of how they were made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/routing/groups.hpp"
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
  std::uint64_t casts = 0;         ///< of all members of all groups
  std::uint64_t cast_copies = 0;   ///< that they bring to other members
  std::uint64_t cast_hops = 0;     ///< links that all of them together take
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

/// Walks every pair of live nodes and the casts of every member of each group, and looks for a circle in the graph of
/// channel dependencies of them all. A cast must bring one copy to each member of its group, the sender too, and none
/// to anybody else; while it is held where its ways part, it waits for each channel that it goes on by.
Verdict prove(const Grid& grid, const Tables& tables, const Groups& groups = {});

}  // namespace tatami::routing
