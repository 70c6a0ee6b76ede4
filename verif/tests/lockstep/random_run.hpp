// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Random programs on the core and on the simulator.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "verif/lib/catch.hpp"
#include "verif/tests/lockstep/core_bench.hpp"
#include "verif/tests/lockstep/program_generator.hpp"
#include "verif/tests/lockstep/program_random.hpp"
#include "verif/tests/lockstep/shrink.hpp"

namespace tatami::test {

inline constexpr Stalls kStalls[] = {
    {}, {.not_ready_percent = 20, .extra_latency = 2}, {.not_ready_percent = 70, .extra_latency = 8}};

/// How a program ran: a report of the first difference, and how many instructions were compared.
struct Ran {
  std::optional<std::string> difference;
  std::uint64_t compared;
};

inline Ran run(const RandomProgram& p) {
  const Program program = p.make(bench_config());
  CoreBench bench(program, kStalls[p.stalls % std::size(kStalls)], p.seed);
  const auto difference = bench.run();
  return {difference, bench.compared()};
}

/// How many programs may be run to make a failing one smaller: TATAMI_SHRINK, for who only asks whether one fails. A
/// failure that a few items bring about takes about 200; one that hangs on the timing of all of them stays large.
inline unsigned most_trials() {
  const char* text = std::getenv("TATAMI_SHRINK");
  return text == nullptr ? 1000 : static_cast<unsigned>(std::atoi(text));
}

/// A program that still fails, with as few items as possible.
inline RandomProgram smallest(RandomProgram p) {
  std::vector<unsigned> all(ProgramGenerator(bench_config(), p.seed).numbers(p.items));
  std::iota(all.begin(), all.end(), 0u);
  p.kept = shrink(
      p.kept.value_or(all),
      [&](const std::vector<unsigned>& kept) {
        RandomProgram trial = p;
        trial.kept = kept;
        return run(trial).difference.has_value();
      },
      most_trials());
  return p;
}

/// Fails with the smallest program, its code, and the command that repeats it.
inline void report(const std::string& block, const RandomProgram& found) {
  const RandomProgram small = smallest(found);
  FAIL(run(small).difference.value_or("the smaller program passes")
       << "\n"
       << listing(small.make(bench_config())) << "repeat with: TATAMI_PROGRAM=" << small.text() << " make test BLOCK="
       << block << " TEST='the program that TATAMI_PROGRAM names'\n(found as TATAMI_PROGRAM=" << found.text() << ")");
}

/// Random programs with different stalls until `instructions` were compared; ends at the first difference.
inline void run_random(const std::string& block, std::uint64_t instructions, unsigned items) {
  std::uint64_t compared = 0;
  for (std::uint64_t index = 0; compared < instructions; ++index) {
    const RandomProgram program{1000003 * seed() + index, items, static_cast<unsigned>(index % std::size(kStalls))};
    const Ran ran = run(program);
    if (ran.difference) report(block, program);
    compared += ran.compared;
  }
}

/// The program of the environment variable TATAMI_PROGRAM, as it is.
inline void run_named() {
  const char* text = std::getenv("TATAMI_PROGRAM");
  if (text == nullptr) return;
  const RandomProgram program = RandomProgram::parse(text);
  const Ran ran = run(program);
  if (ran.difference) FAIL(*ran.difference << "\n" << listing(program.make(bench_config())));
}

}  // namespace tatami::test
