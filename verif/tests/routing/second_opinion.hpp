// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sim/routing/groups.hpp"

namespace tatami::test {

using routing::Grid;
using routing::Group;
using routing::Groups;
using routing::GroupTables;
using routing::Tables;
using routing::Ways;

using Channel = std::pair<unsigned, unsigned>;  // from node, to node
using WaitsFor = std::map<Channel, std::set<Channel>>;

/// Follows a cast copy by copy; adds what its copies wait for, and where they end. False when one gets lost.
inline bool follow(const Grid& grid, const GroupTables& tables, unsigned number, unsigned at, unsigned in,
                   std::optional<Channel> by, unsigned steps, std::multiset<unsigned>& ends, WaitsFor& waits_for) {
  const Ways ways = tables.at(at, in, number);
  if (ways == 0 || steps > grid.channels()) return false;
  if (ways & 1 << Tables::kHere) ends.insert(at);
  for (unsigned out = 0; out < kDirections; ++out) {
    if ((ways & 1 << out) == 0) continue;
    const auto next = grid.neighbour(at, out);
    if (!next || (by && by->first == *next)) return false;
    const Channel channel{at, *next};
    waits_for[channel];
    if (by) waits_for[*by].insert(channel);
    if (!follow(grid, tables, number, *next, out, channel, steps + 1, ends, waits_for)) return false;
  }
  return true;
}

/// The same question asked in another way: every packet arrives, each member of a group gets one copy of each cast, and
/// channels can be taken away one after the other, each when nobody waits behind it any more (Kahn). Independent of the
/// proof's own walk and search.
inline bool sound(const Grid& grid, const Tables& tables, const Groups& groups = {}) {
  WaitsFor waits_for;
  for (const Group& group : groups.groups) {
    for (const unsigned from : group.members) {
      std::multiset<unsigned> ends;
      if (!follow(grid, groups.tables, group.number, from, Tables::kBegins, {}, 0, ends, waits_for)) return false;
      if (ends != std::multiset<unsigned>(group.members.begin(), group.members.end())) return false;
    }
  }
  for (unsigned to = 0; to < grid.size(); ++to) {
    for (unsigned from = 0; from < grid.size(); ++from) {
      if (!grid.live(from) || !grid.live(to)) continue;
      std::vector<unsigned> path{from};
      unsigned in = Tables::kBegins;
      while (path.back() != to) {
        const int direction = tables.at(path.back(), in, to);
        if (direction < 0 || direction >= static_cast<int>(kDirections) || path.size() > grid.channels()) return false;
        const auto next = grid.neighbour(path.back(), static_cast<unsigned>(direction));
        if (!next) return false;
        in = static_cast<unsigned>(direction);
        path.push_back(*next);
      }
      for (std::size_t i = 2; i < path.size(); ++i) {
        waits_for[{path[i - 2], path[i - 1]}].insert({path[i - 1], path[i]});
        waits_for[{path[i - 1], path[i]}];
      }
    }
  }
  std::map<Channel, std::size_t> incoming;
  for (const auto& [channel, nexts] : waits_for) {
    for (const Channel& next : nexts) ++incoming[next];
  }
  std::deque<Channel> free;
  for (const auto& [channel, nexts] : waits_for) {
    if (!incoming.contains(channel)) free.push_back(channel);
  }
  std::size_t taken = 0;
  for (; !free.empty(); ++taken) {
    const Channel channel = free.front();
    free.pop_front();
    for (const Channel& next : waits_for[channel]) {
      if (--incoming[next] == 0) free.push_back(next);
    }
  }
  return taken == waits_for.size();
}

}  // namespace tatami::test
