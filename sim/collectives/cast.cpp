// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Broadcast on a machine that has a group of all members: one transfer.

#include "sim/collectives/collective_plan.hpp"

namespace tatami {

std::vector<StepProgram> plan_cast(const Config& config, const Mesh& members, std::size_t root, const Span& vector) {
  constexpr unsigned kThread = 0, kSemaphore = 0;
  std::vector<NodeId> all;
  for (const NodeId node : members.nodes()) all.push_back(members.place(node));
  std::vector<StepProgram> programs;
  for (const NodeId node : all) {
    StepProgram program(node, config.threads);
    if (node == all[root]) {
      program.step(kThread, {});
      program.cast(kThread, vector, all, vector.address, kSemaphore);
    }
    program.step(kThread, {.semaphore = kSemaphore, .posts = 1});
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace tatami
