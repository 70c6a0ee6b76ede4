// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/ops/collectives.hpp"

#include <algorithm>
#include <stdexcept>

#include "verif/golden/num/fp32.hpp"

namespace tatami::golden {
namespace {

/// Part `index` of the lines of `whole`, of `parts`.
Piece part(const Piece& whole, std::size_t parts, std::size_t index) {
  const std::size_t lines = whole.end - whole.begin, each = lines / parts, longer = lines % parts;
  const std::size_t begin = whole.begin + index * each + std::min(index, longer);
  return {begin, begin + each + (index < longer ? 1 : 0)};
}

std::uint32_t add(const Format& format, std::uint32_t a, std::uint32_t b) {
  const auto one = static_cast<std::uint32_t>(format.bias()) << format.fraction_bits;
  return fused_multiply_add(format, a, one, b);
}

/// The elements 0 .. count - 1 of a ring, summed from the one behind `owner` round to `owner`.
template <typename Element>
std::uint32_t ring_sum(const Format& format, unsigned count, unsigned owner, const Element& element) {
  std::uint32_t sum = element((owner + 1) % count);
  for (unsigned i = 2; i <= count; ++i) sum = add(format, sum, element((owner + i) % count));
  return sum;
}

}  // namespace

Piece owned_piece(std::size_t count, std::size_t element_bytes, unsigned rows, unsigned cols, unsigned y, unsigned x) {
  const std::size_t line = 64 / element_bytes, lines = (count + line - 1) / line;
  const Piece mine = part(part({0, lines}, cols, x), rows, y);
  return {std::min(count, mine.begin * line), std::min(count, mine.end * line)};
}

NodeVector allreduce(unsigned rows, unsigned cols, std::span<const NodeVector> vectors, const Format& format) {
  if (vectors.empty() || vectors.size() != std::size_t{rows} * cols) {
    throw std::invalid_argument("allreduce: not a vector for each node");
  }
  const std::size_t count = vectors[0].size(), element_bytes = (1U + format.exponent_bits + format.fraction_bits) / 8;
  for (const NodeVector& v : vectors) {
    if (v.size() != count) throw std::invalid_argument("allreduce: vectors of different lengths");
  }
  NodeVector sums(count);
  for (unsigned y = 0; y < rows; ++y) {
    for (unsigned x = 0; x < cols; ++x) {
      const Piece piece = owned_piece(count, element_bytes, rows, cols, y, x);
      for (std::size_t i = piece.begin; i < piece.end; ++i) {
        sums[i] = ring_sum(format, rows, y, [&](unsigned r) {
          return ring_sum(format, cols, x, [&](unsigned c) { return vectors[std::size_t{r} * cols + c][i]; });
        });
      }
    }
  }
  return sums;
}

std::vector<NodeVector> alltoall(std::span<const NodeVector> vectors) {
  std::vector<NodeVector> received(vectors.size());
  for (const NodeVector& sent : vectors) {
    if (sent.size() % vectors.size() != 0 || sent.size() != vectors[0].size()) {
      throw std::invalid_argument("alltoall: a vector cannot be cut into equal blocks for all nodes");
    }
    const std::size_t block = sent.size() / vectors.size();
    for (std::size_t j = 0; j < vectors.size(); ++j) {
      const auto first = sent.begin() + static_cast<std::ptrdiff_t>(j * block);
      received[j].insert(received[j].end(), first, first + static_cast<std::ptrdiff_t>(block));
    }
  }
  return received;
}

}  // namespace tatami::golden
