// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Programs: any bytes as the code of a node's threads, on the instruction-set simulator.
#include <algorithm>

#include "verif/fuzz/input.hpp"
#include "verif/golden/core/iss.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  constexpr unsigned kSteps = 200, kTimes = 2;
  const golden::CoreConfig config{.threads = 2, .sram_bytes = 4096};
  golden::Iss node(config, {});
  const std::size_t length = std::min<std::size_t>(size, config.sram_bytes);
  for (std::size_t i = 0; i < length; ++i) node.memory().store(i, data[i], 1);
  for (unsigned time = 0; time < kTimes; ++time) {
    for (unsigned thread = 0; thread < config.threads; ++thread) node.start(thread, 64 * thread);
    for (unsigned step = 0; step < kSteps; ++step) node.step(step % config.threads);
  }
  return 0;
}
