// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "verif/lockstep/comparer.hpp"

#include <fmt/format.h>

#include "sim/asm/disassembler.hpp"

namespace tatami::lockstep {
namespace {

constexpr std::size_t kHistory = 16;

/// True when the instruction read a counter of what only the core does, or a record of wrong words in memory.
bool reads_counter(const Record& record) {
  using namespace isa::csr;
  if (record.trap || record.rd_addr == 0) return false;
  const isa::Decoded d = isa::decode(record.insn);
  if (d.unit != isa::Unit::Csr) return false;
  return d.csr - mhpmcounter3 < isa::kCounters || d.csr == tscrub || d.csr == tfixed || d.csr == tfixedat ||
         d.csr == tlost || d.csr == tlostat;
}

/// True when the instruction read a semaphore.
bool reads_semaphore(const Record& record) {
  return !record.trap && record.rd_addr != 0 && isa::decode(record.insn).op == isa::Op::SemRead;
}

std::string line(const Record& r) {
  std::string text = fmt::format("t{} {:6} {:08x}: {:08x} {:32}", r.thread, r.order, r.pc_rdata, r.insn,
                                 disassemble(r.insn, r.pc_rdata));
  if (r.rd_addr != 0) text += fmt::format(" x{}={:x}", r.rd_addr, r.rd_wdata);
  if (r.vd_valid) text += fmt::format(" v{}={:08x}...", r.vd_addr, golden::to_lanes<std::uint32_t>(r.vd_wdata)[0]);
  if (r.mem_wmask != 0) text += fmt::format(" [{:x}]={:x}", r.mem_addr, r.mem_wdata);
  if (r.trap) text += " trap";
  return text;
}

}  // namespace

std::optional<std::string> Comparer::push(const Record& record) {
  if (record.thread >= threads_.size()) return fmt::format("a record names thread {}", record.thread);
  Stream& stream = threads_[record.thread];
  if (record.order < stream.next || !stream.early.emplace(record.order, record).second) {
    return fmt::format("thread {}: order {} came twice", record.thread, record.order);
  }
  return advance();
}

std::string Comparer::leftover() const {
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

std::string Comparer::history() const {
  std::string text;
  for (const Record& r : history_) text += "  " + line(r) + "\n";
  return text;
}

std::optional<std::string> Comparer::advance() {
  for (bool moved = true; moved;) {
    moved = false;
    for (unsigned t = 0; t < threads_.size(); ++t) {
      Stream& stream = threads_[t];
      while (!stream.early.empty() && stream.early.begin()->first == stream.next && iss_.can_step(t)) {
        const Record got = stream.early.begin()->second;
        if (outside_ != nullptr && !outside_->prepare(got)) break;
        const auto expected = outside_ != nullptr ? iss_.step(t, got.insn) : iss_.step(t);
        if (!expected) {
          // It waits from here on, or was the last one to come to a barrier.
          moved = moved || iss_.can_step(t);
          break;
        }
        stream.early.erase(stream.early.begin());
        ++stream.next;
        moved = true;
        if (auto report = compare(*expected, got)) return report;
        if (outside_ == nullptr) continue;
        if (auto report = outside_->check(got)) return *report + "\nlast instructions:\n" + history();
      }
    }
  }
  return std::nullopt;
}

/// Takes over what a CSR that follows the clock read as; it may only grow.
std::optional<std::string> Comparer::follow_clock(Record& expected, const Record& got) {
  if (expected.trap) return std::nullopt;
  const isa::Decoded d = isa::decode(expected.insn);
  const bool time = d.csr == isa::csr::time, cycle = d.csr == isa::csr::mcycle || d.csr == isa::csr::cycle;
  if (d.unit != isa::Unit::Csr || !(time || cycle)) return std::nullopt;
  Stream& stream = threads_[got.thread];
  if (expected.rd_addr != 0) {
    const std::uint64_t last = time ? stream.last_time : stream.last_cycle.value_or(got.rd_wdata);
    // mcycle may have been set to just before it wraps.
    if (static_cast<std::int64_t>(got.rd_wdata - last) < 0) return report(got, "clock", last, got.rd_wdata);
    (time ? stream.last_time : stream.last_cycle.emplace()) = got.rd_wdata;
    expected.rd_wdata = got.rd_wdata;
    iss_.thread(got.thread).x[expected.rd_addr] = got.rd_wdata;
  }
  // Behind csrrw it goes on from a known value.
  const bool replaced = d.op == isa::Op::Csrrw || d.op == isa::Op::Csrrwi;
  if (cycle && replaced) stream.last_cycle = iss_.thread(got.thread).csr.mcycle_ahead;
  if (cycle && !replaced && d.rs1 != 0) stream.last_cycle.reset();
  return std::nullopt;
}

std::optional<std::string> Comparer::compare(Record expected, const Record& got) {
  ++compared_;
  if (history_.size() == kHistory) history_.pop_front();
  history_.push_back(got);
  if (reads_counter(expected) || (outside_ != nullptr && reads_semaphore(expected))) {
    expected.rd_wdata = got.rd_wdata;
    iss_.thread(got.thread).x[expected.rd_addr] = got.rd_wdata;
  }
  if (auto report = follow_clock(expected, got)) return report;
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

std::string Comparer::report(const Record& got, std::string_view field, std::uint64_t expected,
                             std::uint64_t value) const {
  return fmt::format("thread {} order {} pc 0x{:x}: {}\n{}: expected 0x{:x}, got 0x{:x}\nlast instructions:\n{}",
                     got.thread, got.order, got.pc_rdata, disassemble(got.insn, got.pc_rdata), field, expected, value,
                     history());
}

}  // namespace tatami::lockstep
