// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/routing/grid.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {

/// The live nodes of a grid as a rectangle of as many nodes as possible: every row keeps its order and leaves out what
/// is dead, rows with too few live nodes are left out whole; or the same by columns. Neighbours in the rectangle are
/// neighbours on the die, or have only dead nodes and their like between them.
Mesh live_rectangle(const routing::Grid& grid);

/// The nodes of each row of a rectangle, or of each column.
std::vector<std::vector<NodeId>> lines_of(const Mesh& rectangle, bool rows);

}  // namespace tatami
