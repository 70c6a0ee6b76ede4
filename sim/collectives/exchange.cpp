// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// All-to-all: a transfer for every pair of nodes.

#include "sim/collectives/collective_plan.hpp"

namespace tatami {

std::vector<StepProgram> plan_exchange(const Config& config, const Mesh& members, std::uint64_t bytes,
                                       std::uint64_t pitch, std::uint64_t input, std::uint64_t output) {
  constexpr unsigned kThread = 0, kSemaphore = 0;
  const std::vector<NodeId> nodes = members.nodes();
  std::vector<StepProgram> programs;
  for (std::size_t self = 0; self < nodes.size(); ++self) {
    StepProgram program(members.place(nodes[self]), config.threads);
    program.step(kThread, {});
    // Everyone begins with another receiver.
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const std::size_t peer = (self + i) % nodes.size();
      program.put(kThread, {input + peer * pitch, bytes}, members.place(nodes[peer]), output + self * pitch,
                  kSemaphore);
    }
    program.step(kThread, {.semaphore = kSemaphore, .posts = static_cast<std::uint32_t>(nodes.size())});
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace tatami
