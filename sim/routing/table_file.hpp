// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// A grid and its tables as JSON: rows, cols, dead_nodes and cut_off as [y, x], dead_links as [y, x, direction], and
/// per live node its tables for what begins there and for what comes in travelling north, east, south, west.
std::string to_json(const Grid& grid, const Tables& tables);

/// The same back. `origin` names the file in messages. Throws InputError.
std::pair<Grid, Tables> from_json(const std::string& text, const std::string& origin);

}  // namespace tatami::routing
