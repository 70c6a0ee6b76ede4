// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A small node that runs assembled programs for the tests of the instruction-set simulator.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "verif/golden/core/iss.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {

/// One node; thread 0 runs programs from address 0.
class Bench {
 public:
  static constexpr std::uint64_t kData = 0x4000;  ///< free for a test's data

  explicit Bench(const golden::CoreConfig& config = {.sram_bytes = 65536}) : iss(config, {.die = 3, .y = 2, .x = 1}) {}

  /// Runs until the thread stops; every retirement in order.
  std::vector<golden::Retirement> run(const Assembler& as, unsigned limit = 10000) {
    const auto program = as.finish();
    for (std::size_t i = 0; i < program.size(); ++i) iss.memory().store(4 * i, program[i], 4);
    iss.start(0, 0);
    std::vector<golden::Retirement> retired;
    while (iss.can_step(0)) {
      REQUIRE(retired.size() < limit);
      if (const auto r = iss.step(0)) retired.push_back(*r);
    }
    return retired;
  }

  /// The exit value of a program that must end by thread.exit.
  std::uint64_t value_of(const Assembler& as) {
    run(as);
    REQUIRE(iss.thread(0).run == golden::ThreadState::Run::Parked);
    return iss.thread(0).value;
  }

  golden::Iss iss;
};

}  // namespace tatami::test
