// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/routing/groups.hpp"
#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// What a file of routing tables holds.
struct TableFile {
  Grid grid;
  Tables tables;
  Groups groups;
};

/// A grid and its tables as JSON: rows, cols, dead_nodes and cut_off as [y, x], dead_links as [y, x, direction], groups
/// as number and members, and per live node its tables for what begins there and for what comes in travelling north,
/// east, south, west; `casts` are its ways of each group that has some here, in the same order.
std::string to_json(const TableFile& file);

/// The same back. `origin` names the file in messages. Throws InputError.
TableFile from_json(const std::string& text, const std::string& origin);

}  // namespace tatami::routing
