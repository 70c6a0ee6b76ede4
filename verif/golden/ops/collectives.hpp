// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Collective operations of nodes on vectors of FP32 or BF16, in exactly the machine's order of summation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "verif/golden/num/round.hpp"

namespace tatami::golden {

/// The bit patterns of one node's elements.
using NodeVector = std::vector<std::uint32_t>;

/// Elements begin <= i < end.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The elements whose sums node (y, x) of rows x cols makes. The vector is cut into lines of 64 bytes; lines are cut
/// into `cols` parts, and part x into `rows` parts, of which part y is the node's. To cut n lines into p parts is to
/// give each n / p of them, and the first n % p parts one more.
Piece owned_piece(std::size_t count, std::size_t element_bytes, unsigned rows, unsigned cols, unsigned y, unsigned x);

/// The sum over all nodes (row by row, vectors of one length) of every element. An element that node (y, x) owns is
///
///     row(r) = ((v(r, x + 1) + v(r, x + 2)) + ...) + v(r, x)          columns modulo `cols`
///     sum    = ((row(y + 1) + row(y + 2)) + ...) + row(y)             rows modulo `rows`
///
/// each addition rounded once to nearest even in `format`, kFp32 or kBf16. Throws std::invalid_argument when there are
/// not rows x cols vectors of one length.
NodeVector allreduce(unsigned rows, unsigned cols, std::span<const NodeVector> vectors, const Format& format);

/// What each node receives when node i sends the j-th of as many equal blocks as there are nodes to node j: the blocks
/// of all senders, in the order of the senders. Throws std::invalid_argument when a vector cannot be cut so.
std::vector<NodeVector> alltoall(std::span<const NodeVector> vectors);

}  // namespace tatami::golden
