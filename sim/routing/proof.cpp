// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/proof.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/runtime/mesh.hpp"

namespace tatami::routing {
namespace {

/// For each channel, which of the four channels behind it some packet waits for while it holds it.
using Dependencies = std::vector<std::array<bool, kDirections>>;

/// Follows the tables from a node; notes what the packet does. A sentence when it does not arrive.
std::optional<std::string> walk(const Grid& grid, const Tables& tables, unsigned source, unsigned destination,
                                Dependencies& dependencies, std::vector<std::uint64_t>& load, Facts& facts) {
  const auto route = [&] {
    return fmt::format("A packet from {} to {}", text_of(grid.id(source)), text_of(grid.id(destination)));
  };
  int before = -1;  // channel
  unsigned hops = 0;
  for (unsigned at = source;; ++hops) {
    const unsigned in = before < 0 ? Tables::kBegins : static_cast<unsigned>(before) % kDirections;
    const std::int8_t direction = tables.at(at, in, destination);
    if (direction == Tables::kHere) {
      if (at != destination) return fmt::format("{} is taken in at {}.", route(), text_of(grid.id(at)));
      break;
    }
    if (direction == Tables::kNone) return fmt::format("{} finds no way on at {}.", route(), text_of(grid.id(at)));
    const auto out = static_cast<unsigned>(direction);
    const auto next = grid.neighbour(at, out);
    if (!next) {
      return fmt::format("{} goes {} at {}, where no live link is.", route(), kDirectionNames[out],
                         text_of(grid.id(at)));
    }
    if (hops > grid.channels()) return fmt::format("{} goes round for ever.", route());
    const unsigned channel = kDirections * at + out;
    if (before >= 0) dependencies[static_cast<unsigned>(before)][out] = true;
    ++load[channel];
    before = static_cast<int>(channel);
    at = *next;
  }
  ++facts.pairs;
  facts.hops += hops;
  facts.least_hops += distance(grid.id(source), grid.id(destination));
  facts.longest = std::max(facts.longest, hops);
  return std::nullopt;
}

/// Follows all copies of a member's cast. A sentence when a copy is missing, or one too many.
std::optional<std::string> walk_cast(const Grid& grid, const GroupTables& tables, const Group& group, unsigned source,
                                     Dependencies& dependencies, Facts& facts) {
  const auto cast = [&] { return fmt::format("A cast from {} to group {}", text_of(grid.id(source)), group.number); };
  const auto name = [&](unsigned node) { return text_of(grid.id(node)); };
  std::vector<unsigned> copies(grid.size());
  struct Copy {
    unsigned node;
    unsigned in;
  };
  std::vector<Copy> under_way{{source, Tables::kBegins}};
  for (std::size_t i = 0; i < under_way.size(); ++i) {
    const auto [node, in] = under_way[i];
    const Ways ways = tables.at(node, in, group.number);
    if (ways == 0) return fmt::format("{} finds no way on at {}.", cast(), name(node));
    if (under_way.size() > grid.channels()) return fmt::format("{} goes round for ever.", cast());
    if (ways >> Tables::kHere & 1) ++copies[node];
    for (unsigned out = 0; out < kDirections; ++out) {
      if ((ways >> out & 1) == 0) continue;
      const auto next = grid.neighbour(node, out);
      if (!next) {
        return fmt::format("{} goes {} at {}, where no live link is.", cast(), kDirectionNames[out], name(node));
      }
      if (in != Tables::kBegins) {
        if (out == opposite(in)) return fmt::format("{} turns back at {}.", cast(), name(node));
        dependencies[kDirections * *grid.neighbour(node, opposite(in)) + in][out] = true;
      }
      under_way.push_back({*next, out});
      ++facts.cast_hops;
    }
  }
  for (const unsigned member : group.members) {
    if (copies[member] == 0) return fmt::format("{} does not come to {}.", cast(), name(member));
    if (copies[member] > 1) return fmt::format("{} comes to {} {} times.", cast(), name(member), copies[member]);
    copies[member] = 0;
  }
  const auto stranger = std::ranges::find_if(copies, [](unsigned n) { return n != 0; });
  if (stranger != copies.end()) {
    return fmt::format("{} comes to {}, which is no member.", cast(),
                       name(static_cast<unsigned>(stranger - copies.begin())));
  }
  ++facts.casts;
  facts.cast_copies += group.members.size() - 1;
  return std::nullopt;
}

/// A circle of channels each of which waits for the next, by depth-first search; empty when there is none.
std::vector<unsigned> find_circle(const Grid& grid, const Dependencies& dependencies) {
  enum : std::uint8_t { kNew, kOpen, kDone };
  std::vector<std::uint8_t> state(grid.channels(), kNew);
  struct Step {
    unsigned channel;
    unsigned next = 0;  ///< direction to look at
  };
  std::vector<Step> path;
  for (unsigned start = 0; start < grid.channels(); ++start) {
    if (state[start] != kNew) continue;
    path.assign(1, {start});
    state[start] = kOpen;
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next == kDirections) {
        state[step.channel] = kDone;
        path.pop_back();
        continue;
      }
      const unsigned out = step.next++;
      if (!dependencies[step.channel][out]) continue;
      const unsigned node = *grid.neighbour(step.channel / kDirections, step.channel % kDirections);
      const unsigned to = kDirections * node + out;
      if (state[to] == kOpen) {
        std::vector<unsigned> circle;
        const auto first = std::ranges::find(path, to, &Step::channel);
        for (auto s = first; s != path.end(); ++s) circle.push_back(s->channel);
        return circle;
      }
      if (state[to] == kNew) {
        state[to] = kOpen;
        path.push_back({to});
      }
    }
  }
  return {};
}

}  // namespace

Verdict prove(const Grid& grid, const Tables& tables, const Groups& groups) {
  Verdict verdict;
  Dependencies dependencies(grid.channels());
  std::vector<std::uint64_t> load(grid.channels());
  for (unsigned source = 0; source < grid.size(); ++source) {
    for (unsigned destination = 0; destination < grid.size(); ++destination) {
      if (!grid.live(source) || !grid.live(destination)) continue;
      const auto lost = walk(grid, tables, source, destination, dependencies, load, verdict.facts);
      if (!lost) continue;
      verdict.flaw = Flaw{*lost};
      return verdict;
    }
  }
  for (const Group& group : groups.groups) {
    for (const unsigned source : group.members) {
      const auto lost = walk_cast(grid, groups.tables, group, source, dependencies, verdict.facts);
      if (!lost) continue;
      verdict.flaw = Flaw{*lost};
      return verdict;
    }
  }
  for (const auto& outs : dependencies)
    verdict.facts.dependencies += static_cast<std::uint64_t>(std::ranges::count(outs, true));
  const auto busiest = std::ranges::max_element(load);
  verdict.facts.busiest = static_cast<unsigned>(busiest - load.begin());
  verdict.facts.busiest_load = *busiest;
  const std::vector<unsigned> circle = find_circle(grid, dependencies);
  if (circle.empty()) return verdict;
  std::string text = "Packets can wait for each other in a circle:";
  for (const unsigned channel : circle) text += " " + grid.channel_name(channel) + ",";
  verdict.flaw = Flaw{text + " and again " + grid.channel_name(circle.front()) + ".", circle};
  return verdict;
}

}  // namespace tatami::routing
