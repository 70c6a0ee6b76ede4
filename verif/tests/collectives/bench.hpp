// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

#include "sim/asm/assembler.hpp"
#include "sim/collectives/collective_run.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {

/// Where a post was lost or made twice: the first semaphore that is not zero, as a sentence; empty when all are. A
/// program on every node reads them.
inline std::string semaphores_left(Device& device, const Config& config, const Mesh& members) {
  using namespace reg;
  constexpr std::int64_t kData = 0x400;
  Assembler as;
  as.li(t0, kData);
  for (unsigned s = 0; s < config.semaphores; ++s) {
    as.li(t1, s);
    as.sem_read(t2, t1);
    as.sd(t2, t0, 8 * std::int64_t{s});
  }
  as.thread_exit(zero);
  for (const NodeId node : members.nodes()) {
    load(device, members.place(node), 0, as);
    device.start(members.place(node), 0, 0);
  }
  if (device.run(100'000).end != RunStatus::End::Idle) return "the program that reads the semaphores did not end";
  for (const NodeId node : members.nodes()) {
    const NodeId place = members.place(node);
    for (unsigned s = 0; s < config.semaphores; ++s) {
      const std::uint64_t left = word(device, place, kData + 8 * s);
      if (left != 0) return fmt::format("node (y {}, x {}): {} left in semaphore {}", place.y, place.x, left, s);
    }
  }
  return {};
}

/// Runs an operation twice (what the first run leaves behind must not matter) and says what was wrong; empty when
/// nothing was.
inline std::string run_collective(Device& device, const Config& config, const routing::Grid& grid,
                                  const Collective& collective) {
  CollectiveRun run(config, grid, collective);
  for (unsigned i = 0; i < 2; ++i) {
    run.draw(seed() + i);
    const Outcome outcome = run.execute(device, 10'000'000);
    if (outcome.status.end != RunStatus::End::Idle) {
      const auto& threads = outcome.status.threads;
      return threads.empty() ? "it did not end" : describe(threads[0]);
    }
    if (outcome.mismatch) {
      return fmt::format("{} elements differ, the first on node (y {}, x {}): {:#x} against {:#x}",
                         outcome.mismatch->count, outcome.node.y, outcome.node.x, outcome.mismatch->actual,
                         outcome.mismatch->expected);
    }
  }
  return semaphores_left(device, config, run.plan().members);
}

}  // namespace tatami::test
