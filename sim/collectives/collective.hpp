// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Collective operations: what they are, and who takes part (docs/operators.md).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/routing/grid.hpp"
#include "sim/runtime/data_type.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {

enum class CollectiveOp { AllReduce, ReduceScatter, AllGather, Broadcast, AllToAll };

inline constexpr CollectiveOp kCollectiveOps[] = {CollectiveOp::AllReduce, CollectiveOp::ReduceScatter,
                                                  CollectiveOp::AllGather, CollectiveOp::Broadcast,
                                                  CollectiveOp::AllToAll};

constexpr const char* name_of(CollectiveOp op) {
  switch (op) {
    case CollectiveOp::AllReduce: return "allreduce";
    case CollectiveOp::ReduceScatter: return "reduce-scatter";
    case CollectiveOp::AllGather: return "allgather";
    case CollectiveOp::Broadcast: return "broadcast";
    default: return "alltoall";
  }
}

/// Whether nodes work as rings along the rows and columns of a rectangle.
constexpr bool uses_rings(CollectiveOp op) { return op != CollectiveOp::Broadcast && op != CollectiveOp::AllToAll; }

/// An operation on vectors of `count` elements; of an all-to-all, each pair of nodes has so many.
struct Collective {
  CollectiveOp op = CollectiveOp::AllReduce;
  std::size_t count = 1;
  DataType type = DataType::Fp32;
  std::size_t root = 0;  ///< broadcast: the number of the member that has the vector
};

/// Vectors begin and end at lines of so many bytes; sums of a line are made by one node.
inline constexpr std::size_t kLineBytes = 64;

/// The nodes that take part, numbered row by row: those of the largest live rectangle for operations on rings, all live
/// nodes for the others.
Mesh members(CollectiveOp op, const routing::Grid& grid);

/// Cycles that no schedule can beat, because a node's port to the router, or of an all-to-all the link that the most
/// routes take, must carry a packet per cycle for so long.
std::uint64_t least_cycles(const Collective& collective, const Mesh& members, const routing::Grid& grid);

}  // namespace tatami
