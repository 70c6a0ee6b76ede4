// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/routing/channel_order.hpp"
#include "sim/routing/groups.hpp"

namespace tatami::routing {

/// The ways of one group: by node, then direction of coming in.
using GroupWays = std::vector<Ways>;

/// Ways by which a cast from each of `members` reaches all of them once. The turns that they take are added to `order`;
/// no circle is closed. Nothing when the search finds no such ways; then some turns may have been added all the same.
///
/// A router knows the group of a cast and where it came in, not its source. So the trees of the sources are grown one
/// after the other, in the order of `members`: each reaches out for the nearest member that it lacks, or joins a
/// channel of an earlier tree behind which there are only members that it lacks.
std::optional<GroupWays> grow_trees(const Grid& grid, ChannelOrder& order, const std::vector<unsigned>& members);

}  // namespace tatami::routing
