// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "sim/engine/timeline_log.hpp"
#include "sim/timeline/perfetto.hpp"

namespace tatami::timeline {

/// What the threads and units of a node do: a slice per state of a thread, in those that run a slice per cause, slices
/// of back-to-back steps and SIMD instructions with the share of cycles that they take, posts, and an arrow from the
/// post that ends a wait to what the thread does then.
class Activity {
 public:
  Activity(Perfetto& trace, Perfetto::Track process, unsigned threads);

  void thread(const engine::ThreadActivity& activity, std::uint64_t time);
  void leave(const engine::LeavingInstruction& leaving, std::uint64_t time);
  /// Returns the post, for an arrow to it.
  Perfetto::Event post(unsigned semaphore, unsigned count, bool from_mesh, std::uint64_t time);
  void finish(std::uint64_t time);

 private:
  static constexpr std::uint64_t kShare = 64;  ///< cycles of which a counter gives the share

  struct Thread {
    Perfetto::Track track = 0;
    Perfetto::Event state_slice = Perfetto::kNone, cause_slice = Perfetto::kNone;
    unsigned state = 0;
    unsigned cause = 0;
    std::optional<unsigned> semaphore;  ///< that it waits for
  };
  struct Unit {
    Perfetto::Track track = 0, share = 0;
    Perfetto::Event slice = Perfetto::kNone;
    std::uint64_t last = 0;    ///< cycle of the last instruction
    std::uint64_t count = 0;   ///< in the slice
    std::uint64_t bucket = 0;  ///< number of the cycles that are counted
    std::uint64_t counted = 0;
  };

  void take(Unit& unit, const char* name, std::uint64_t time);
  void close(Unit& unit);
  void close_bucket(Unit& unit, std::uint64_t bucket);

  Perfetto& trace_;
  std::array<Thread, 4> threads_;
  Unit matrix_, simd_;
  Perfetto::Track posts_;
  std::map<unsigned, Perfetto::Event> last_post_;  ///< by semaphore
};

}  // namespace tatami::timeline
