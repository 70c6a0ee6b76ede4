// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/routing/grid.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {

/// The live nodes of a grid as a rectangle of as many nodes as possible: rows with too few live nodes are left out
/// whole, and some columns, but for nodes that stand in for dead ones of their rows; or the same by columns. The
/// columns left out are those near to what is dead, so that stand-ins are, too; all other nodes keep their columns.
Mesh live_rectangle(const routing::Grid& grid);

/// The same rectangle with the nodes of each line in the order in which they lie, stand-ins among the others:
/// neighbours are near, and lines across may bend.
Mesh bent_rectangle(const routing::Grid& grid);

/// The nodes of each row of a rectangle, or of each column.
std::vector<std::vector<NodeId>> lines_of(const Mesh& rectangle, bool rows);

}  // namespace tatami
