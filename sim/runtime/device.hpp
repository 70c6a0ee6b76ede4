// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tatami {

/// Position of a node: x is the column, y the row.
struct NodeId {
  unsigned y = 0;
  unsigned x = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

/// A node for a person: "node (y 0, x 1)".
std::string node_text(NodeId node);
/// The same as options name it: "0x1".
std::string place_text(NodeId node);

/// What a thread waits for at a semaphore.
struct SemaphoreWait {
  unsigned semaphore;
  std::uint64_t wanted;  ///< what it must hold

  /// As the core packs it: the semaphore in bits 5:0, the count from bit 16.
  static SemaphoreWait unpack(std::uint64_t value) { return {static_cast<unsigned>(value & 63), value >> 16}; }
};

/// The threads of a set, one per bit: "0, 2 and 3".
std::string threads_text(std::uint64_t set);
/// "semaphore 9 holds 3".
std::string text_of(const SemaphoreWait& wait);

/// What a thread of a node is doing, for the watchdog's report.
struct ThreadStatus {
  enum class State { Parked, Running, WaitSemaphore, WaitTransfer, Faulted, WaitBarrier };
  NodeId node;
  unsigned thread = 0;
  State state = State::Parked;
  std::uint64_t pc = 0;
  std::uint64_t value = 0;  ///< parked: exit value; waiting: a packed SemaphoreWait, or set of threads; faulted: mtval
  unsigned cause = 0;       ///< faulted: mcause
  unsigned held = 0;        ///< waiting for a semaphore: what it holds
  std::optional<std::uint32_t> insn = {};  ///< the word at pc, as far as it was looked up

  /// Of a thread that waits for a semaphore.
  SemaphoreWait semaphore() const { return SemaphoreWait::unpack(value); }
};

/// "semaphore 9 holds 3, now 1", of a thread that waits for it.
std::string semaphore_text(const ThreadStatus& status);

/// Stored bits of an SRAM word that are inverted, to inject errors.
struct WordFlip {
  std::uint64_t data = 0;
  std::uint8_t check = 0;
};

/// Outcome of `Device::run`.
struct RunStatus {
  enum class End { Idle, Hang, CycleLimit, Fault };
  End end = End::Idle;
  std::uint64_t cycles = 0;           ///< cycles simulated by this call
  std::uint64_t work_cycles = 0;      ///< of these, from the first instruction to the last store; the RTL knows
  std::vector<ThreadStatus> threads;  ///< threads that are not parked (Hang, CycleLimit, Fault)
  std::vector<std::string> errors;    ///< Fault: sentences about errors that no thread owns
  std::vector<std::string> repairs;   ///< sentences about words of SRAM that were put right since reset
};

/// A machine that programs run on: the simulated RTL or the golden one. Addresses are byte offsets in a node's SRAM.
class Device {
 public:
  virtual ~Device() = default;
  virtual unsigned rows() const = 0;
  virtual unsigned cols() const = 0;
  /// Back door: writes or reads SRAM between runs, taking no simulated time. Throws std::out_of_range beyond the SRAM.
  virtual void write(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes) = 0;
  virtual void read(NodeId node, std::uint64_t address, std::span<std::uint8_t> bytes) = 0;
  /// Defines groups of nodes for casts, between runs, in place of those of earlier calls. For each set of nodes the
  /// number of its group, to be used in addresses (noc::group_address) by members only; nothing when the machine cannot
  /// serve the set, which then has to be sent to node by node. Throws std::out_of_range for a node that does not exist.
  virtual std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<NodeId>>& sets) = 0;
  /// Queues a start packet for a parked thread; it takes effect during `run`.
  virtual void start(NodeId node, unsigned thread, std::uint64_t pc) = 0;
  /// Inverts stored bits of the word at a multiple of 8 when `time` comes during a run; behind what was queued earlier
  /// for the same node. Throws std::out_of_range beyond the SRAM, std::invalid_argument for another address.
  virtual void flip(NodeId node, std::uint64_t address, const WordFlip& flip, std::uint64_t time) = 0;
  /// Flips whose time has not come.
  virtual std::size_t flips_to_come() const = 0;
  /// Runs until the machine is idle (every thread parked, nothing in flight), a thread faults, nothing can move any
  /// more, or `max_cycles` have passed. `progress` is called now and then with the cycles so far.
  virtual RunStatus run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress = {}) = 0;
  /// Cycles since reset.
  virtual std::uint64_t time() const = 0;
};

/// Looks up what stands at the pc of each thread of a status.
void note_instructions(Device& device, RunStatus& status);

/// A sentence about a thread: node, thread, pc, the instruction there, and what it does or why it has stopped.
std::string describe(const ThreadStatus& status);

}  // namespace tatami
