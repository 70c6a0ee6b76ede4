// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "noc.hpp"
#include "sim/engine/node_log.hpp"

namespace tatami::engine {

/// A part of a fetch window that enters a thread's buffer, chosen one cycle before.
struct FetchedWindow {
  unsigned thread = 0;
  std::uint64_t pc = 0;              ///< of the first instruction
  std::vector<std::uint32_t> insns;  ///< those that the thread is expected to want
};

/// An instruction that issues; it is in stage X in the next cycle.
struct IssuedInstruction {
  static constexpr unsigned kVectorQueue = 4;  ///< behind the scalar pipes: system, ALU, memory 0 and 1

  unsigned thread = 0;
  bool leaves = false;   ///< the thread goes on behind it
  bool waits = false;    ///< it begins to wait, and issues again
  bool refetch = false;  ///< it was taken for a branch and is none: it is fetched again
  bool trap = false;     ///< it comes back from a memory pipe as a trap
  unsigned pipe = 0;
  std::uint64_t order = 0;  ///< of the thread's instructions
  /// Registers that it reads, that it writes: scalar by their number, vector from 32 on, accumulators from 64 on.
  std::vector<unsigned> uses, sets;
};

/// A vector instruction that leaves its queue.
struct LeavingInstruction {
  enum Unit { Step, Simd, Read, Store, Load };
  unsigned thread = 0;
  Unit unit = Load;
  std::uint64_t order = 0;
};

/// What a thread does from this cycle on.
struct ThreadActivity {
  static constexpr unsigned kIssues = 255;

  unsigned thread = 0;
  unsigned state = 0;        ///< ThreadStatus::State
  unsigned cause = kIssues;  ///< of a running one: why it does not issue, as isa::Counter
  std::uint64_t value = 0;   ///< of ThreadStatus
};

/// A packet of a descriptor, in the order in which the packets of its context will leave.
struct WalkedPacket {
  unsigned context = 0;  ///< 0: own lists, 1: gets of others
  bool last = false;     ///< of its descriptor
  bool get = false;
  unsigned thread = 0;        ///< that queued the list
  std::uint32_t address = 0;  ///< of the descriptor
  std::uint32_t get_dst = 0;  ///< of a get: offset to which its data goes
};

/// Hears from a model of flavour `check` what a timeline shows of a node. What happens in one cycle comes in any order;
/// `end_of_cycle` ends it. Who is not
/// interested in an event leaves it out.
class TimelineLog {
 public:
  virtual ~TimelineLog() = default;
  virtual void miss(unsigned /*thread*/) {}  ///< of the window that was chosen in the cycle before
  virtual void window(const FetchedWindow& /*window*/) {}
  virtual void flush(unsigned /*thread*/) {}  ///< empties the thread's buffer
  virtual void issue(const IssuedInstruction& /*instruction*/) {}
  virtual void leave(const LeavingInstruction& /*instruction*/) {}
  virtual void retire(const RetiredInstruction& /*instruction*/) {}
  virtual void thread(const ThreadActivity& /*activity*/) {}
  virtual void walk(const WalkedPacket& /*packet*/) {}
  virtual void send(unsigned /*context*/, const noc::Header& /*header*/) {}
  virtual void arrive(const noc::Header& /*header*/) {}
  virtual void post(unsigned /*semaphore*/, unsigned /*count*/, bool /*from_mesh*/) {}
  virtual void end_of_cycle(std::uint64_t /*time*/) {}
};

}  // namespace tatami::engine
