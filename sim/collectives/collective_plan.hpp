// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Lays a collective operation out on the nodes of a machine.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/collectives/collective.hpp"
#include "sim/collectives/step_program.hpp"
#include "sim/runtime/config.hpp"
#include "sim/workloads/launch.hpp"

namespace tatami {

/// A planned operation. Vectors lie at the same addresses in all nodes.
struct CollectivePlan {
  Mesh members;
  std::uint64_t input = 0;        ///< where a node's vector lies before
  std::uint64_t output = 0;       ///< and its result afterwards; an all-to-all has the blocks of all members at either
  std::uint64_t block_bytes = 0;  ///< all-to-all: from a member's block to the next one's
  std::vector<NodeProgram> programs;
  std::uint64_t bytes_moved = 0;
  std::uint64_t transfers = 0;
  std::uint64_t least_cycles = 0;     ///< see `least_cycles`
  std::uint64_t expected_cycles = 0;  ///< a rough guess, for progress bars
};

/// Throws InputError when a node's memory is too small.
CollectivePlan plan_collective(const Config& config, const routing::Grid& grid, const Collective& collective);

/// Where an operation on rings keeps what; addresses are the same in all nodes.
struct RingBuffers {
  std::uint64_t vector = 0;       ///< contributions, then sums
  std::uint64_t from_row = 0;     ///< partial sums that arrive along the row; as long as the vector
  std::uint64_t from_column = 0;  ///< along the column, whose nodes may run ahead; as long as a column's part
};

/// All-reduce, reduce-scatter and all-gather: a program for every member. `lines` is the length of the vector.
std::vector<StepProgram> plan_rings(const Config& config, const Mesh& members, CollectiveOp op, std::size_t lines,
                                    const RingBuffers& buffers);
/// Broadcast from member `root` along a tree of neighbours.
std::vector<StepProgram> plan_tree(const Config& config, const Mesh& members, std::size_t root, const Span& vector);
/// By a cast to all members.
std::vector<StepProgram> plan_cast(const Config& config, const Mesh& members, std::size_t root, const Span& vector);
/// All-to-all: blocks of `bytes`, `pitch` apart.
std::vector<StepProgram> plan_exchange(const Config& config, const Mesh& members, std::uint64_t bytes,
                                       std::uint64_t pitch, std::uint64_t input, std::uint64_t output);

}  // namespace tatami
