// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Random programs for lockstep: every thread its own code and data, all results independent of timing.
#pragma once

#include <cstdint>
#include <functional>
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
  ProgramGenerator(const golden::CoreConfig& config, std::uint64_t seed)
      : config_(config), seed_(seed), random_(seed) {}

  /// Which items stand in the program. Items are numbered, and each draws from a stream of its own, so that the others
  /// are the same without it.
  using Keep = std::function<bool(unsigned item)>;
  Program make(
      unsigned items, const Keep& keep = [](unsigned) { return true; });
  /// Numbers of items of a program of `items` per thread.
  unsigned numbers(unsigned items) const { return items * (config_.threads + 1); }

 private:
  /// Code of one thread under construction.
  struct Thread {
    unsigned index;
    Assembler as;
    std::vector<Label> ahead;  ///< forward targets not placed yet
    std::size_t prologue = 0;  ///< words that give the registers their values
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

  /// A stream of random words that costs nothing to begin (SplitMix64).
  class Stream {
   public:
    explicit Stream(std::uint64_t start) : state_(start * 0x9e3779b97f4a7c15) {}
    std::uint64_t operator()() {
      std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
      z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
      return z ^ (z >> 31);
    }

   private:
    std::uint64_t state_;
  };

  void begin_stream(std::uint64_t number) { random_ = Stream(seed_ * 0x100000001b3 + number + 1); }

  golden::CoreConfig config_;
  std::uint64_t seed_;
  Stream random_;
  std::vector<Thread> threads_;
};

}  // namespace tatami::test
