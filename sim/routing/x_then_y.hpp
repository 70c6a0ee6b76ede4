// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// The direction that a packet takes when it goes X first, then Y; the two nodes differ.
unsigned x_then_y(const Grid& grid, unsigned node, unsigned destination);

/// X first, then Y, everywhere. Nothing when something dead is in the way of a pair of live nodes.
std::optional<Tables> route_x_then_y(const Grid& grid);

}  // namespace tatami::routing
