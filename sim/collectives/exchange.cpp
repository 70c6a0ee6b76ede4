// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// All-to-all: transfers for every pair of nodes.

#include <algorithm>
#include <numeric>

#include "sim/collectives/collective_plan.hpp"

namespace tatami {
namespace {

/// Transfers to one node that are so short that traffic is mixed well, and not too many of them.
std::uint64_t piece_bytes(std::uint64_t bytes) {
  constexpr std::uint64_t kShortest = 8 * kLineBytes, kMost = 16;
  return std::max(kShortest, (bytes / kMost + kLineBytes - 1) / kLineBytes * kLineBytes);
}

/// The way from one receiver to the next, coprime to the number of nodes. About the golden section of it: so that what
/// all nodes send at a time goes near and far, to all sides.
std::size_t order_step(std::size_t nodes) {
  std::size_t step = std::max<std::size_t>(1, nodes * 382 / 1000);
  while (std::gcd(step, nodes) != 1) ++step;
  return step;
}

}  // namespace

std::vector<StepProgram> plan_exchange(const Config& config, const Mesh& members, std::uint64_t bytes,
                                       std::uint64_t pitch, std::uint64_t input, std::uint64_t output) {
  constexpr unsigned kThread = 0, kSemaphore = 0;
  const std::vector<NodeId> nodes = members.nodes();
  const std::size_t step = order_step(nodes.size());
  const std::uint64_t piece = piece_bytes(bytes);
  std::vector<StepProgram> programs;
  for (std::size_t self = 0; self < nodes.size(); ++self) {
    StepProgram program(members.place(nodes[self]), config.threads);
    program.step(kThread, {});
    // Pieces for everyone in turn, each node beginning with another receiver. The last piece posts.
    for (std::uint64_t first = 0; first < bytes; first += piece) {
      const std::uint64_t length = std::min(piece, bytes - first);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::size_t peer = (self + i * step) % nodes.size();
        const Span from{input + peer * pitch + first, length};
        const std::uint64_t to = output + self * pitch + first;
        const NodeId place = members.place(nodes[peer]);
        if (first + length < bytes) {
          program.put(kThread, from, place, to);
        } else {
          program.put(kThread, from, place, to, kSemaphore);
        }
      }
    }
    program.step(kThread, {.semaphore = kSemaphore, .posts = static_cast<std::uint32_t>(nodes.size())});
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace tatami
