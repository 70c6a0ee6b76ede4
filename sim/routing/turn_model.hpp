// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/routing/tables.hpp"

namespace tatami::routing {

/// Shortest ways under a turn model. In the model a packet goes west before it turns, and then anywhere; what is dead
/// and blocks a way west gets an exception nearby, a turn to the west, and in exchange turns from the east are given up
/// where they would close a circle of channels. The mirrored models are tried as well. Nothing when every one leaves
/// some node out.
std::optional<Tables> route_by_turn_model(const Grid& grid);

}  // namespace tatami::routing
