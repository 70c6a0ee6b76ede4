// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Holds the core's retirement records against the instruction-set simulator.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/asm/disassembler.hpp"
#include "verif/golden/core/iss.hpp"

namespace tatami::test {

/// Sorts records by (thread, order) and steps the simulator once per record. A thread whose simulator twin must wait
/// for another thread (a start, a semaphore) stays queued until that one has advanced, so that the two sides need not
/// agree on timing. The time CSRs are the one thing taken over from the core; they may only grow.
class Comparer {
 public:
  using Record = golden::Retirement;

  explicit Comparer(golden::Iss& iss) : iss_(iss), threads_(iss.config().threads) {}

  /// Takes one record; returns a report when a field differs from what the simulator did.
  std::optional<std::string> push(const Record& record) {
    if (record.thread >= threads_.size()) return fmt::format("a record names thread {}", record.thread);
    Stream& stream = threads_[record.thread];
    if (record.order < stream.next || !stream.early.emplace(record.order, record).second) {
      return fmt::format("thread {}: order {} came twice", record.thread, record.order);
    }
    return advance();
  }

  /// Instructions compared so far.
  std::uint64_t compared() const { return compared_; }

  /// Records that the simulator never reached, or that miss a predecessor; empty when there are none.
  std::string leftover() const {
    std::string text;
    for (unsigned t = 0; t < threads_.size(); ++t) {
      const Stream& stream = threads_[t];
      if (stream.early.empty()) continue;
      const Record& first = stream.early.begin()->second;
      text += fmt::format("thread {}: {} records from order {} (pc 0x{:x} {}) on, expected order {}, twin {}\n", t,
                          stream.early.size(), first.order, first.pc_rdata, disassemble(first.insn, first.pc_rdata),
                          stream.next, iss_.can_step(t) ? "could step" : "cannot step");
    }
    return text;
  }

  /// The last records compared, oldest first.
  std::string history() const {
    std::string text;
    for (const Record& r : history_) text += "  " + line(r) + "\n";
    return text;
  }

 private:
  struct Stream {
    std::uint64_t next = 0;
    std::uint64_t last_time = 0;
    std::map<std::uint64_t, Record> early;
  };
  static constexpr std::size_t kHistory = 16;

  std::optional<std::string> advance() {
    for (bool moved = true; moved;) {
      moved = false;
      for (unsigned t = 0; t < threads_.size(); ++t) {
        Stream& stream = threads_[t];
        while (!stream.early.empty() && stream.early.begin()->first == stream.next && iss_.can_step(t)) {
          const auto expected = iss_.step(t);
          if (!expected) {
            // It waits from here on, or was the last one to come to a barrier.
            moved = moved || iss_.can_step(t);
            break;
          }
          const Record got = stream.early.begin()->second;
          stream.early.erase(stream.early.begin());
          ++stream.next;
          moved = true;
          if (auto report = compare(*expected, got)) return report;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> compare(Record expected, const Record& got) {
    ++compared_;
    if (history_.size() == kHistory) history_.pop_front();
    history_.push_back(got);
    Stream& stream = threads_[got.thread];
    if (reads_counter(expected)) {
      expected.rd_wdata = got.rd_wdata;
      iss_.thread(got.thread).x[expected.rd_addr] = got.rd_wdata;
    }
    if (reads_time(expected)) {
      if (got.rd_wdata < stream.last_time) return report(got, "time", stream.last_time, got.rd_wdata);
      stream.last_time = got.rd_wdata;
      expected.rd_wdata = got.rd_wdata;
      iss_.thread(got.thread).x[expected.rd_addr] = got.rd_wdata;
    }
    const bool fetched = !(expected.trap && expected.cause == golden::Cause::FetchAccess);
    struct Field {
      const char* name;
      std::uint64_t expected;
      std::uint64_t got;
      bool applies = true;
    };
    const Field fields[] = {
        {"pc_rdata", expected.pc_rdata, got.pc_rdata},
        {"insn", expected.insn, got.insn, fetched},
        {"trap", expected.trap, got.trap},
        {"intr", expected.intr, got.intr},
        {"halt", expected.halt, got.halt},
        {"rd_addr", expected.rd_addr, got.rd_addr},
        {"rd_wdata", expected.rd_wdata, got.rd_wdata},
        {"pc_wdata", expected.pc_wdata, got.pc_wdata, !expected.halt},
        {"mem_addr", expected.mem_addr, got.mem_addr, !expected.trap},
        {"mem_rmask", expected.mem_rmask, got.mem_rmask},
        {"mem_wmask", expected.mem_wmask, got.mem_wmask},
        {"mem_rdata", expected.mem_rdata, got.mem_rdata},
        {"mem_wdata", expected.mem_wdata, got.mem_wdata},
        {"vd_valid", expected.vd_valid, got.vd_valid},
        {"vd_addr", expected.vd_addr, got.vd_addr},
    };
    for (const Field& field : fields) {
      if (field.applies && field.expected != field.got) return report(got, field.name, field.expected, field.got);
    }
    const auto lanes = golden::to_lanes<std::uint32_t>(expected.vd_wdata);
    const auto seen = golden::to_lanes<std::uint32_t>(got.vd_wdata);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (lanes[i] != seen[i]) return report(got, fmt::format("vd_wdata word {}", i), lanes[i], seen[i]);
    }
    return std::nullopt;
  }

  /// True when the instruction read a CSR that follows the clock.
  static bool reads_time(const Record& record) {
    if (record.trap || record.rd_addr == 0) return false;
    const isa::Decoded d = isa::decode(record.insn);
    return d.unit == isa::Unit::Csr &&
           (d.csr == isa::csr::mcycle || d.csr == isa::csr::cycle || d.csr == isa::csr::time);
  }

  /// True when the instruction read a counter of what only the core does.
  static bool reads_counter(const Record& record) {
    if (record.trap || record.rd_addr == 0) return false;
    const isa::Decoded d = isa::decode(record.insn);
    return d.unit == isa::Unit::Csr && d.csr - isa::csr::mhpmcounter3 < isa::kCounters;
  }

  static std::string line(const Record& r) {
    std::string text = fmt::format("t{} {:6} {:08x}: {:08x} {:32}", r.thread, r.order, r.pc_rdata, r.insn,
                                   disassemble(r.insn, r.pc_rdata));
    if (r.rd_addr != 0) text += fmt::format(" x{}={:x}", r.rd_addr, r.rd_wdata);
    if (r.vd_valid) text += fmt::format(" v{}={:08x}...", r.vd_addr, golden::to_lanes<std::uint32_t>(r.vd_wdata)[0]);
    if (r.mem_wmask != 0) text += fmt::format(" [{:x}]={:x}", r.mem_addr, r.mem_wdata);
    if (r.trap) text += " trap";
    return text;
  }

  std::string report(const Record& got, std::string_view field, std::uint64_t expected, std::uint64_t value) const {
    return fmt::format("thread {} order {} pc 0x{:x}: {}\n{}: expected 0x{:x}, got 0x{:x}\nlast instructions:\n{}",
                       got.thread, got.order, got.pc_rdata, disassemble(got.insn, got.pc_rdata), field, expected, value,
                       history());
  }

  golden::Iss& iss_;
  std::vector<Stream> threads_;
  std::deque<Record> history_;
  std::uint64_t compared_ = 0;
};

}  // namespace tatami::test
