// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// Up*/down* routing: nodes are ranked by a breadth-first walk from the middle; a packet goes towards lower ranks first
/// and, once it has gone towards a higher one, never back. It reaches every node of a connected grid.
Tables route_up_down(const Grid& grid);

}  // namespace tatami::routing
