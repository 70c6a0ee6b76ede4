// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Holds the core's retirement records against the instruction-set simulator.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verif/golden/core/iss.hpp"

namespace tatami::lockstep {

using Record = golden::Retirement;

/// Tells the simulator what the outside decided about an instruction: the values that a load saw, when others may have
/// written them.
class Outside {
 public:
  virtual ~Outside() = default;
  /// Prepares the simulator for the instruction of a record, which it takes as fetched; false: not all about it is
  /// known yet.
  virtual bool prepare(const Record& record) = 0;
  /// The simulator has executed it, and the record agrees: a report when what it did outside does not.
  virtual std::optional<std::string> check(const Record& record) = 0;
};

/// Sorts records by (thread, order) and steps the simulator once per record. A thread whose simulator twin must wait
/// for another thread (a start, a semaphore, a barrier) stays queued until that one has advanced, so that the two sides
/// need not agree on timing. Taken over from the core: time CSRs, which may only grow until a write of mcycle;
/// performance counters; with an `outside`, the values of semaphores that are read.
class Comparer {
 public:
  explicit Comparer(golden::Iss& iss, Outside* outside = nullptr)
      : iss_(iss), outside_(outside), threads_(iss.config().threads) {}

  /// Takes one record; returns a report when a field differs from what the simulator did.
  std::optional<std::string> push(const Record& record);

  /// Compares what can be compared by now.
  std::optional<std::string> advance();

  /// Instructions compared so far.
  std::uint64_t compared() const { return compared_; }
  /// True when no record of the thread waits.
  bool empty(unsigned thread) const { return threads_.at(thread).early.empty(); }

  /// Records that the simulator never reached, or that miss a predecessor; empty when there are none.
  std::string leftover() const;
  /// The last records compared, oldest first.
  std::string history() const;

 private:
  struct Stream {
    std::uint64_t next = 0;
    std::uint64_t last_time = 0;                  ///< of the time CSR
    std::optional<std::uint64_t> last_cycle = 0;  ///< of mcycle, as far as it is known
    std::map<std::uint64_t, Record> early;
  };

  std::optional<std::string> compare(Record expected, const Record& got);
  std::optional<std::string> follow_clock(Record& expected, const Record& got);
  std::string report(const Record& got, std::string_view field, std::uint64_t expected, std::uint64_t value) const;

  golden::Iss& iss_;
  Outside* outside_;
  std::vector<Stream> threads_;
  std::deque<Record> history_;
  std::uint64_t compared_ = 0;
};

}  // namespace tatami::lockstep
