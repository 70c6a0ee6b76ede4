// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Random programs for lockstep: every thread its own code and data, all results independent of timing.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "verif/golden/core/core_config.hpp"
#include "verif/tests/lockstep/program.hpp"

namespace tatami::test {

/// Makes one program per thread, of `items` random items each. Items are single instructions of the table, bounded
/// loops, forward branches and jumps, traps that a handler skips, code that the program writes itself, and meetings of
/// two threads at a semaphore. Registers s0, s1 (data), s2 (loop count) and s3 (stride) are kept; all others and all
/// vector registers are fair game.
class ProgramGenerator {
 public:
  ProgramGenerator(const golden::CoreConfig& config, std::uint64_t seed) : config_(config), random_(seed) {}

  Program make(unsigned items);

 private:
  /// Code of one thread under construction.
  struct Thread {
    unsigned index;
    Assembler as;
    std::vector<Label> ahead;  ///< forward targets not placed yet
  };

  void begin(Thread& t, const std::vector<unsigned>& to_start);
  void item(Thread& t);
  void any_item(Thread& t);
  void end(Thread& t);
  void meet(Thread& from, Thread& to);
  void meet_all();

  void table_instruction(Thread& t, isa::Unit unit);
  void csr(Thread& t);
  void number_format(Thread& t);
  void scalar_memory(Thread& t);
  void vector_memory(Thread& t);
  void memory_operand(Thread& t);
  void branch(Thread& t);
  void jump(Thread& t);
  void loop(Thread& t);
  void trap(Thread& t);
  void own_semaphore(Thread& t);
  void transfer(Thread& t);
  void patch(Thread& t);
  void fences(Thread& t);
  void corner_operands(Thread& t);
  void settle(Thread& t);
  void maybe_settle(Thread& t);

  std::uint64_t pick(std::uint64_t count) { return random_() % count; }
  std::int64_t below(std::uint64_t limit) { return static_cast<std::int64_t>(pick(limit)); }
  bool chance(unsigned percent) { return pick(100) < percent; }
  XReg source() { return XReg(static_cast<unsigned>(pick(32))); }
  XReg target();
  VReg vector() { return VReg(static_cast<unsigned>(pick(32))); }
  std::int64_t corner_value();
  std::int64_t quarter_indices();
  std::uint64_t data_word();
  std::uint64_t data_address(unsigned thread) const;

  golden::CoreConfig config_;
  std::mt19937_64 random_;
  std::vector<Thread> threads_;
};

}  // namespace tatami::test
