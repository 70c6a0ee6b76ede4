// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/groups.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/routing/cast_trees.hpp"
#include "sim/routing/channel_order.hpp"

namespace tatami::routing {
namespace {

constexpr std::string_view kLetters = "NESWL";  // by bit

/// The turns that packets to one node take.
ChannelOrder order_of(const Grid& grid, const Tables& tables) {
  ChannelOrder order(grid);
  for (unsigned to = 0; to < grid.size(); ++to) {
    for (unsigned from = 0; from < grid.size(); ++from) {
      if (!grid.live(from) || !grid.live(to)) continue;
      unsigned at = from, in = Tables::kBegins;
      for (unsigned steps = 0; at != to && steps < grid.channels(); ++steps) {
        const std::int8_t way = tables.at(at, in, to);
        if (way < 0 || way == Tables::kHere) break;  // for the proof to say
        const auto out = static_cast<unsigned>(way);
        const auto next = grid.neighbour(at, out);
        if (!next) break;
        if (in != Tables::kBegins) order.add(kDirections * *grid.neighbour(at, opposite(in)) + in, out);
        in = out;
        at = *next;
      }
    }
  }
  return order;
}

using AllTrees = std::vector<std::optional<GroupWays>>;  // by set

/// Trees for sets, one after the other. A set that finds none may find some when its members begin in another order.
AllTrees trees_of(const Grid& grid, ChannelOrder order, const std::vector<std::vector<unsigned>>& sets,
                  const std::vector<std::size_t>& sequence) {
  constexpr int kAttempts = 24;
  AllTrees trees(sets.size());
  std::mt19937 random(1);
  for (const std::size_t i : sequence) {
    std::vector<unsigned> members = sets[i];
    for (int attempt = 0; attempt < kAttempts && !trees[i]; ++attempt) {
      if (attempt == 1) std::ranges::reverse(members);
      if (attempt > 1) std::ranges::shuffle(members, random);
      ChannelOrder with_set = order;
      trees[i] = grow_trees(grid, with_set, members);
      if (trees[i]) order = std::move(with_set);
    }
  }
  return trees;
}

/// Trees for as many sets as possible: those that find none come first in another round.
AllTrees all_trees(const Grid& grid, const ChannelOrder& order, const std::vector<std::vector<unsigned>>& sets) {
  constexpr int kRounds = 2;
  std::vector<std::size_t> sequence;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!sets[i].empty()) sequence.push_back(i);
  }
  AllTrees best;
  auto best_open = sequence.end() - sequence.begin() + 1;
  for (int round = 0; round < kRounds && best_open > 0; ++round) {
    AllTrees trees = trees_of(grid, order, sets, sequence);
    const auto rest = std::stable_partition(sequence.begin(), sequence.end(), [&](std::size_t i) { return !trees[i]; });
    if (rest - sequence.begin() >= best_open) continue;
    best_open = rest - sequence.begin();
    best = std::move(trees);
  }
  return best;
}

}  // namespace

GroupRoutes make_groups(const Grid& grid, const Tables& tables, const std::vector<std::vector<unsigned>>& sets,
                        unsigned numbers) {
  const auto trees = all_trees(grid, order_of(grid, tables), sets);
  GroupRoutes routes{{GroupTables(grid.size(), numbers), {}}, std::vector<std::optional<unsigned>>(sets.size())};
  GroupTables& entries = routes.groups.tables;
  std::vector<std::vector<bool>> taken(numbers, std::vector<bool>(grid.size()));  // routers with an entry, by number
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!trees[i]) continue;
    const auto uses = [&](unsigned node) {
      for (unsigned in = 0; in < Tables::kIns; ++in) {
        if ((*trees[i])[node * Tables::kIns + in] != 0) return true;
      }
      return false;
    };
    for (unsigned number = 0; number < numbers && !routes.numbers[i]; ++number) {
      bool free = true;
      for (unsigned n = 0; n < grid.size() && free; ++n) free = !(taken[number][n] && uses(n));
      if (!free) continue;
      routes.numbers[i] = number;
      routes.groups.groups.push_back({number, sets[i]});
      for (unsigned n = 0; n < grid.size(); ++n) {
        if (!uses(n)) continue;
        taken[number][n] = true;
        for (unsigned in = 0; in < Tables::kIns; ++in) entries.set(n, in, number, (*trees[i])[n * Tables::kIns + in]);
      }
    }
  }
  return routes;
}

std::string to_text(Ways ways) {
  std::string text;
  for (unsigned bit = 0; bit < kLetters.size(); ++bit) {
    if (ways >> bit & 1) text += kLetters[bit];
  }
  return text.empty() ? "-" : text;
}

Ways ways_of(std::string_view text) {
  Ways ways = 0;
  if (text == "-") return ways;
  for (const char c : text) {
    const std::size_t bit = kLetters.find(c);
    if (bit == std::string_view::npos) {
      throw std::invalid_argument(fmt::format("'{}' names ways by none of L N E S W -", text));
    }
    ways |= static_cast<Ways>(1u << bit);
  }
  return ways;
}

}  // namespace tatami::routing
