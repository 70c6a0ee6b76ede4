// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tatami {

/// Links of a node, and directions of travel, in the order of the router's ports (port - 1).
enum Direction : unsigned { kNorth, kEast, kSouth, kWest };
inline constexpr unsigned kDirections = 4;

constexpr unsigned opposite(unsigned direction) { return (direction + 2) % kDirections; }

}  // namespace tatami
