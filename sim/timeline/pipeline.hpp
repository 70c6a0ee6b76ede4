// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/timeline_log.hpp"
#include "sim/runtime/device.hpp"
#include "sim/timeline/kanata.hpp"
#include "sim/timeline/window.hpp"

namespace tatami::timeline {

/// Follows the instructions of a node from fetch to retirement and writes those that are fetched in a window.
///
/// Stages: F fetch; B in the thread's buffer; I at its head, up to the cycle of issue; X execute; W waits for a
/// semaphore, a barrier or the transfer queue; M stage M of a memory pipe, and memory; D multiplier or divider; Q
/// vector queue, up to the cycle in which it leaves; V vector unit. An instruction ends with its retirement record, one
/// cycle after it is done; or flushed, some of them void in X.
class Pipeline {
 public:
  Pipeline(NodeId node, const Window& window, Kanata& kanata) : node_(node), window_(window), kanata_(kanata) {}

  // Events of the cycle that `end_of_cycle` ends.
  void miss(unsigned thread) { now_.misses.push_back(thread); }
  void window(const engine::FetchedWindow& window) { now_.windows.push_back(window); }
  void flush(unsigned thread) { now_.flushes.push_back(thread); }
  void issue(const engine::IssuedInstruction& instruction) { now_.issued.push_back(instruction); }
  void leave(const engine::LeavingInstruction& instruction) { now_.leaving.push_back(instruction); }
  void retire(const engine::RetiredInstruction& instruction) { now_.retired.push_back(instruction); }
  void end_of_cycle(std::uint64_t time);
  /// What has not ended ends flushed.
  void finish(std::uint64_t time);

 private:
  static constexpr unsigned kRegisters = 72;

  struct Events {
    std::vector<unsigned> misses, flushes;
    std::vector<engine::FetchedWindow> windows;
    std::vector<engine::IssuedInstruction> issued;
    std::vector<engine::LeavingInstruction> leaving;
    std::vector<engine::RetiredInstruction> retired;
  };
  /// Of an instruction, for those that wait for what it writes.
  struct Result {
    std::optional<std::uint64_t> id;  ///< in the file
    std::uint64_t done = UINT64_MAX;  ///< cycle of its record; a step writes its accumulator some cycles later
    bool step = false;
  };
  struct Instruction {
    std::optional<std::uint64_t> id = {};     ///< none: outside of the window
    std::uint64_t ready = 0;                  ///< first cycle in which it may be the head
    std::uint64_t head = 0;                   ///< first cycle as the head of the buffer, and then of its vector queue
    std::uint64_t execute = 0;                ///< last cycle in stage X
    std::optional<std::uint64_t> left = {};   ///< cycle in which it left its vector queue
    std::optional<std::uint64_t> order = {};  ///< once it has issued
    unsigned pipe = 0;
    std::vector<std::shared_ptr<Result>> sources = {};  ///< of vector registers and accumulators
    std::shared_ptr<Result> result = std::make_shared<Result>();
  };
  struct Thread {
    std::deque<Instruction> buffer;                  ///< fetched, not issued
    std::map<std::uint64_t, Instruction> in_flight;  ///< by order
    std::array<std::shared_ptr<Result>, kRegisters> writers{};
    std::optional<std::uint64_t> miss;  ///< when its window was chosen
    std::uint64_t free = 0;             ///< first cycle in which the next instruction may be the head
    std::uint64_t queue_free = 0;       ///< the same of the vector queue
  };

  void fetch(const engine::FetchedWindow& window, std::uint64_t time);
  void empty(Thread& thread, std::uint64_t time);
  void issue(const engine::IssuedInstruction& issued, std::uint64_t time);
  void leave(const engine::LeavingInstruction& leaving, std::uint64_t time);
  void retire(const engine::RetiredInstruction& retired, std::uint64_t time);
  void show_head(Instruction& instruction, const Thread& thread);
  void wake(const Instruction& instruction, const Result& source, std::uint64_t time);
  void stage(const Instruction& instruction, std::uint64_t time, const char* name);

  NodeId node_;
  Window window_;
  Kanata& kanata_;
  Events now_;
  std::uint64_t fetched_ = 0;
  std::array<Thread, 4> threads_;
};

}  // namespace tatami::timeline
