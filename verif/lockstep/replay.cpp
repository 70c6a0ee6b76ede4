// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "verif/lockstep/replay.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "sim/asm/disassembler.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::lockstep {
namespace {

constexpr unsigned kWords = engine::kLogWords;
constexpr std::uint64_t kWordBytes = 8;

/// Calls f(word number, byte offset in the SRAM) for each word of a request.
template <typename F>
void for_each_word(const engine::SramRequest& request, std::uint8_t words, F f) {
  for (unsigned w = 0; w < kWords; ++w) {
    if ((request.en & words) >> w & 1) f(w, kWordBytes * request.address[w]);
  }
}

std::string place(const Record& r) {
  return fmt::format("thread {} order {} pc 0x{:x}: {}", r.thread, r.order, r.pc_rdata,
                     disassemble(r.insn, r.pc_rdata));
}

}  // namespace

Replay::Replay(const golden::CoreConfig& config, golden::NodePosition position)
    : iss_(config, position),
      position_(position),
      sram_(config.sram_bytes),
      comparer_(iss_, this),
      threads_(config.threads) {}

void Replay::fail(const std::string& report) const {
  throw Difference(position_, node_text({position_.y, position_.x}) + " in lockstep: " + report);
}

// --- The SRAM --------------------------------------------------------------------------------------------------------

void Replay::written(std::uint64_t address, std::span<const std::uint8_t> bytes) {
  std::ranges::copy(bytes, sram_.begin() + static_cast<std::ptrdiff_t>(address));
}

void Replay::request(const engine::SramRequest& request) {
  Access access{.request = request, .pending = request.en};
  ports_.at(request.port).push_back(access);
}

void Replay::take(unsigned port, std::uint8_t words) {
  if (ports_.at(port).empty()) fail(fmt::format("port {} of the SRAM serves a request that nobody made", port));
  Access& access = ports_[port].front();
  if ((words & ~access.pending) != 0) fail(fmt::format("port {} of the SRAM serves a word twice", port));
  if (access.pending == access.request.en) access.first = cycle_;
  access.last = cycle_;
  access.pending = static_cast<std::uint8_t>(access.pending & ~words);
  for_each_word(access.request, words, [&](unsigned w, std::uint64_t offset) {
    std::uint8_t* bytes = sram_.data() + offset;
    if (port < engine::kStorePort) {
      std::memcpy(&access.truth[w], bytes, kWordBytes);
      return;
    }
    for (unsigned b = 0; b < kWordBytes; ++b) {
      if ((access.request.strobe[w] >> b & 1) != 0) {
        bytes[b] = static_cast<std::uint8_t>(access.request.data[w] >> (8 * b));
      }
    }
  });
  if (access.pending != 0) return;
  if (port < engine::kStorePort) {
    answers_[port].push_back(access);
  } else {
    complete(port, access);
  }
  ports_[port].pop_front();
}

void Replay::response(unsigned port, const engine::LogWords& data, std::uint8_t lost) {
  if (answers_.at(port).empty()) fail(fmt::format("port {} of the SRAM answers what nobody asked", port));
  Access access = answers_[port].front();
  answers_[port].pop_front();
  for_each_word(access.request, static_cast<std::uint8_t>(~lost), [&](unsigned w, std::uint64_t offset) {
    if (data[w] == access.truth[w]) return;
    fail(fmt::format("port {} of the SRAM reads 0x{:x} at 0x{:x}, where 0x{:x} was written last", port, data[w], offset,
                     access.truth[w]));
  });
  access.request.data = data;
  complete(port, access);
}

/// The access is done: it belongs to the port's oldest thread without one.
void Replay::complete(unsigned port, Access access) {
  if (port < engine::kLoadPorts) {
    if (load_threads_[port].empty()) fail("a load that no thread made");
    threads_[load_threads_[port].front()].loads.push_back(access);
    load_threads_[port].pop_front();
  } else if (port == engine::kFetchPort) {
    for_each_word(access.request, 0xff, [&](unsigned w, std::uint64_t offset) {
      auto& values = fetched_[offset];
      if (values.empty() || values.back() != access.request.data[w]) values.push_back(access.request.data[w]);
    });
  } else if (port == engine::kStorePort) {
    if (store_threads_.empty()) fail("a store that no thread made");
    threads_[store_threads_.front()].stores.push_back(access);
    store_threads_.pop_front();
  }
}

// --- Instructions ----------------------------------------------------------------------------------------------------

void Replay::retire(const engine::RetiredInstruction& r) {
  Record record;
  record.thread = r.thread;
  record.order = r.order;
  record.insn = r.insn;
  record.trap = r.trap;
  record.intr = r.intr;
  record.halt = r.halt;
  record.rd_addr = r.rd_addr;
  record.rd_wdata = r.rd_wdata;
  record.pc_rdata = r.pc_rdata;
  record.pc_wdata = r.pc_wdata;
  record.mem_addr = r.mem_addr;
  record.mem_rmask = r.mem_rmask;
  record.mem_wmask = r.mem_wmask;
  record.mem_rdata = r.mem_rdata;
  record.mem_wdata = r.mem_wdata;
  record.vd_valid = r.vd_valid;
  record.vd_addr = r.vd_addr;
  record.vd_wdata = std::bit_cast<golden::VectorRegister>(r.vd_wdata);
  if (auto report = comparer_.push(record)) fail(*report);
}

void Replay::end_of_cycle() {
  start_threads();
  if (auto report = comparer_.advance()) fail(*report);
  iss_.transfers().clear();
  ++cycle_;
}

/// A thread that the mesh started goes on when its twin has stopped as well.
void Replay::start_threads() {
  using Run = golden::ThreadState::Run;
  for (unsigned t = 0; t < threads_.size(); ++t) {
    Thread& thread = threads_[t];
    if (thread.starts.empty()) continue;
    const Run run = iss_.thread(t).run;
    if (thread.stopped) {
      iss_.transfer_fault(t, 0);
      thread.stopped = false;
    } else if (run != Run::Parked && run != Run::Faulted) {
      continue;
    }
    iss_.start(t, thread.starts.front());
    thread.starts.pop_front();
  }
}

/// True when a fetch brought the instruction.
bool Replay::was_fetched(const Record& record) const {
  const auto offset = iss_.memory().offset(record.pc_rdata, 4);
  if (!offset) return true;
  const auto values = fetched_.find(*offset / kWordBytes * kWordBytes);
  const auto shift = 8 * (*offset % kWordBytes);
  const auto brought = [&](std::uint64_t value) { return static_cast<std::uint32_t>(value >> shift) == record.insn; };
  return values != fetched_.end() && std::ranges::any_of(values->second, brought);
}

bool Replay::prepare(const Record& record) {
  if (!was_fetched(record)) fail(place(record) + "\nno fetch brought this instruction");
  if (record.trap) return true;
  const isa::Decoded d = isa::decode(record.insn);
  Thread& thread = threads_[record.thread];
  if (isa::is_load(d)) {
    if (thread.loads.empty()) return false;
    const engine::SramRequest& request = thread.loads.front().request;
    for_each_word(request, 0xff,
                  [&](unsigned w, std::uint64_t offset) { iss_.memory().store(offset, request.data[w], kWordBytes); });
  } else if (isa::is_store(d)) {
    if (thread.stores.empty()) return false;
    // Bytes that the simulator does not write stay different from those that were written.
    const engine::SramRequest& request = thread.stores.front().request;
    for_each_word(request, 0xff,
                  [&](unsigned w, std::uint64_t offset) { iss_.memory().store(offset, ~request.data[w], kWordBytes); });
  }
  return true;
}

std::optional<std::string> Replay::check(const Record& record) {
  if (record.trap) return std::nullopt;
  const isa::Decoded d = isa::decode(record.insn);
  Thread& thread = threads_[record.thread];
  std::optional<std::string> report;
  if (isa::is_load(d)) {
    report = check_order(thread, thread.loads.front());
    thread.loads.pop_front();
  } else if (isa::is_store(d)) {
    report = check_store(record, thread.stores.front());
    if (!report) report = check_order(thread, thread.stores.front());
    thread.stores.pop_front();
  }
  if (report) *report = place(record) + "\n" + *report;
  return report;
}

std::optional<std::string> Replay::check_order(Thread& thread, const Access& access) {
  if (access.first <= thread.last_commit) {
    return fmt::format("its first word commits in cycle {}, the thread's access before it only in cycle {}",
                       access.first, thread.last_commit);
  }
  thread.last_commit = access.last;
  return std::nullopt;
}

/// The bytes that were written are those that the simulator wrote.
std::optional<std::string> Replay::check_store(const Record& record, const Access& access) const {
  const engine::SramRequest& request = access.request;
  std::optional<std::string> report;
  unsigned bytes = 0;
  for_each_word(request, 0xff, [&](unsigned w, std::uint64_t offset) {
    const std::uint64_t twin = iss_.memory().load(offset, kWordBytes);
    for (unsigned b = 0; b < kWordBytes; ++b) {
      const bool written = (request.strobe[w] >> b & 1) != 0;
      const bool expected =
          static_cast<std::uint8_t>(twin >> (8 * b)) == static_cast<std::uint8_t>(request.data[w] >> (8 * b));
      bytes += written ? 1 : 0;
      if (written == expected || report) continue;
      report = fmt::format(
          "the byte at 0x{:x} is {}", offset + b,
          written ? "written with another value than expected, or not expected to be written" : "not written");
    }
  });
  const isa::Decoded d = isa::decode(record.insn);
  unsigned expected =
      d.unit == isa::Unit::Store ? static_cast<unsigned>(std::popcount(record.mem_wmask)) : iss_.config().simd_bytes;
  if (d.op == isa::Op::VstP) {
    const auto& predicate = iss_.thread(record.thread).v[d.rs2];
    expected = static_cast<unsigned>(std::count_if(predicate.begin(), predicate.begin() + iss_.config().simd_bytes,
                                                   [](std::uint8_t byte) { return (byte & 0x80) != 0; }));
  }
  if (!report && bytes != expected) report = fmt::format("writes {} bytes, expected {}", bytes, expected);
  return report;
}

void Replay::finish(std::span<const std::uint8_t> sram) const {
  if (const std::string rest = comparer_.leftover(); !rest.empty()) fail(rest + comparer_.history());
  for (unsigned t = 0; t < threads_.size(); ++t) {
    const Thread& thread = threads_[t];
    if (!thread.loads.empty() || !thread.stores.empty()) {
      fail(fmt::format("thread {}: {} loads and {} stores that no instruction made\n{}", t, thread.loads.size(),
                       thread.stores.size(), comparer_.history()));
    }
  }
  const auto [have, want] = std::ranges::mismatch(sram, sram_);
  if (have == sram.end()) return;
  fail(fmt::format("SRAM at 0x{:x}: expected {:02x}, got {:02x}", have - sram.begin(), *want, *have));
}

}  // namespace tatami::lockstep
