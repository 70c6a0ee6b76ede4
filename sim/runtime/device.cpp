// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/device.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <stdexcept>

#include "noc.hpp"
#include "sim/asm/disassembler.hpp"

namespace tatami {
namespace {

/// What a trap cause means (docs/core.md, Traps).
std::string meaning(const ThreadStatus& s) {
  switch (s.cause) {
    case 0: return fmt::format("a jump to {:#x}, which is not a multiple of 4", s.value);
    case 1: return "no instruction there: outside local SRAM, or its memory is lost";
    case 2: return "an illegal instruction";
    case 3: return "a breakpoint";
    case 4: return fmt::format("a misaligned access to {:#x}", s.value);
    case 5: return fmt::format("a load from {:#x}, outside local SRAM or of lost data", s.value);
    case 6: return fmt::format("a misaligned store to {:#x}", s.value);
    case 7: return fmt::format("a store or transfer at {:#x}, outside local SRAM or not possible", s.value);
    case 11: return "an environment call";
    case 24: return fmt::format("a format descriptor ({}) that cannot be used so", s.value);
    default: return fmt::format("value {:#x}", s.value);
  }
}

}  // namespace

std::string node_text(NodeId node) { return fmt::format("node (y {}, x {})", node.y, node.x); }
std::string place_text(NodeId node) { return fmt::format("{}x{}", node.y, node.x); }

void note_instructions(Device& device, RunStatus& status) {
  for (ThreadStatus& thread : status.threads) {
    std::array<std::uint8_t, 4> bytes{};
    try {
      device.read(thread.node, thread.pc & ~noc::kSramAlias, bytes);
      thread.insn = std::bit_cast<std::uint32_t>(bytes);
    } catch (const std::out_of_range&) {
      // The pc lies outside the SRAM, as the sentence will say.
    }
  }
}

std::string threads_text(std::uint64_t set) {
  std::string text;
  for (unsigned t = 0; set != 0; ++t, set >>= 1) {
    if ((set & 1) == 0) continue;
    if (!text.empty()) text += set == 1 ? " and " : ", ";
    text += std::to_string(t);
  }
  return text;
}

std::string text_of(const SemaphoreWait& wait) {
  return fmt::format("semaphore {} holds {}", wait.semaphore, wait.wanted);
}

std::string semaphore_text(const ThreadStatus& s) { return fmt::format("{}, now {}", text_of(s.semaphore()), s.held); }

std::string describe(const ThreadStatus& s) {
  using State = ThreadStatus::State;
  std::string where = fmt::format("{} thread {} at pc {:#x}", node_text(s.node), s.thread, s.pc);
  if (s.insn) where += fmt::format(" ({})", disassemble(*s.insn, s.pc));
  switch (s.state) {
    case State::Parked: return fmt::format("{} is parked with exit value {:#x}", where, s.value);
    case State::Running: return fmt::format("{} is running", where);
    case State::WaitSemaphore: return fmt::format("{} waits until {}", where, semaphore_text(s));
    case State::WaitBarrier:
      return fmt::format("{} waits at a barrier for the threads {}", where, threads_text(s.value));
    case State::WaitTransfer: return fmt::format("{} waits for a place in the transfer queue", where);
    case State::Faulted: return fmt::format("{} has faulted: {} (cause {})", where, meaning(s), s.cause);
  }
  return where;
}

}  // namespace tatami
