// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Groups of nodes that one packet, a cast, reaches: which copies a node sends on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// A set of ways that copies of a cast take from a node: bit = direction, or Tables::kHere for the node itself.
using Ways = std::uint8_t;

/// For every node, direction of travel in which a cast comes in (Tables::kBegins: it begins there), and number of a
/// group: the ways of its copies.
class GroupTables {
 public:
  GroupTables(unsigned nodes, unsigned numbers)
      : nodes_(nodes), entries_(std::size_t{numbers} * nodes * Tables::kIns) {}

  unsigned numbers() const { return nodes_ == 0 ? 0 : static_cast<unsigned>(entries_.size() / nodes_ / Tables::kIns); }
  Ways at(unsigned node, unsigned in, unsigned number) const { return entries_[index(node, in, number)]; }
  void set(unsigned node, unsigned in, unsigned number, Ways ways) { entries_[index(node, in, number)] = ways; }
  friend bool operator==(const GroupTables&, const GroupTables&) = default;

 private:
  std::size_t index(unsigned node, unsigned in, unsigned number) const {
    return (std::size_t{number} * nodes_ + node) * Tables::kIns + in;
  }

  unsigned nodes_;
  std::vector<Ways> entries_;
};

/// A set of nodes whose members reach each other by casts. Groups that meet in no router may share a number.
struct Group {
  unsigned number = 0;
  std::vector<unsigned> members;
  friend bool operator==(const Group&, const Group&) = default;
};

struct Groups {
  GroupTables tables{0, 0};
  std::vector<Group> groups;
};

/// Groups for sets of live nodes, and which group each set became; nothing for a set that could not be served, because
/// it is empty, because no trees were found that keep the mesh free of deadlock, or because the numbers below `numbers`
/// ran out.
struct GroupRoutes {
  Groups groups;
  std::vector<std::optional<unsigned>> numbers;  ///< by set
};

/// Makes groups beside routing tables that are free of deadlock: together they are, too; `prove` checks it.
GroupRoutes make_groups(const Grid& grid, const Tables& tables, const std::vector<std::vector<unsigned>>& sets,
                        unsigned numbers);

/// Ways as text: letters of L N E S W, or "-". Throws std::invalid_argument.
std::string to_text(Ways ways);
Ways ways_of(std::string_view text);

}  // namespace tatami::routing
