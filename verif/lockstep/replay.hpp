// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One node of the RTL in lockstep with the instruction-set simulator, whatever its threads and other nodes do to each
/// other's memory.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/engine/node_log.hpp"
#include "verif/golden/core/iss.hpp"
#include "verif/lockstep/comparer.hpp"

namespace tatami::lockstep {

/// The RTL did something that the simulator, or the rules of memory, do not allow; `what()` is the report.
class Difference : public std::runtime_error {
 public:
  Difference(golden::NodePosition node, const std::string& report) : std::runtime_error(report), node_(node) {}
  golden::NodePosition node() const { return node_; }
  /// The machine's cycle in which it came to light, for who catches it from CheckedDevice::run.
  std::uint64_t cycle = 0;

 private:
  golden::NodePosition node_;
};

/// Replays the commit order of a node's SRAM. It keeps the SRAM's contents by that order and checks that
/// - every word read by a load, a fetch or the mesh has the value that was written last,
/// - every instruction is one that a fetch brought,
/// - every load and store goes where the simulator says, each store with the bytes that it says, and
/// - a thread's accesses commit in program order.
/// Loads give their values to the simulator, which checks everything else that retires. Throws Difference at the first
/// thing that is wrong.
class Replay : public engine::NodeLog, private Outside {
 public:
  Replay(const golden::CoreConfig& config, golden::NodePosition position);

  void request(const engine::SramRequest& request) override;
  void take(unsigned port, std::uint8_t words) override;
  void response(unsigned port, const engine::LogWords& data, std::uint8_t lost) override;
  void load(unsigned thread) override { load_threads_.at(thread % engine::kLoadPorts).push_back(thread); }
  void store(unsigned thread) override { store_threads_.push_back(thread); }
  void start(unsigned thread, std::uint64_t pc) override { threads_.at(thread).starts.push_back(pc); }
  void stop(unsigned thread) override { threads_.at(thread).stopped = true; }
  void vector(unsigned thread, unsigned number, const std::array<std::uint32_t, 16>& value) override {
    iss_.thread(thread).v.at(number) = std::bit_cast<golden::VectorRegister>(value);
  }
  void post(unsigned semaphore, unsigned count) override { iss_.post(semaphore, count); }
  void retire(const engine::RetiredInstruction& instruction) override;
  void end_of_cycle() override;
  void written(std::uint64_t address, std::span<const std::uint8_t> bytes) override;

  /// The node is quiet: nothing may be left over, and `sram` must be what the commit order makes of it.
  void finish(std::span<const std::uint8_t> sram) const;
  std::uint64_t compared() const { return comparer_.compared(); }

 private:
  /// A request on its way through a port, and then an access of a thread.
  struct Access {
    engine::SramRequest request;
    std::uint8_t pending = 0;  ///< words that are not taken yet
    std::uint64_t first = 0;   ///< cycles of its first and last word
    std::uint64_t last = 0;
    engine::LogWords truth{};  ///< of a read: what it must find
  };
  struct Thread {
    std::deque<Access> loads, stores;  ///< committed, not retired yet
    std::uint64_t last_commit = 0;
    std::deque<std::uint64_t> starts;  ///< by the mesh, not done yet
    bool stopped = false;              ///< by a late fault
  };

  bool prepare(const Record& record) override;
  std::optional<std::string> check(const Record& record) override;
  std::optional<std::string> check_order(Thread& thread, const Access& access);
  std::optional<std::string> check_store(const Record& record, const Access& access) const;
  bool was_fetched(const Record& record) const;
  void complete(unsigned port, Access access);
  void start_threads();
  [[noreturn]] void fail(const std::string& report) const;

  golden::Iss iss_;  ///< its memory is scratch: it holds what the instruction in execution needs
  golden::NodePosition position_;
  std::vector<std::uint8_t> sram_;
  Comparer comparer_;
  std::vector<Thread> threads_;
  std::array<std::deque<Access>, engine::kSramPorts> ports_;    ///< accepted, not taken
  std::array<std::deque<Access>, engine::kSramPorts> answers_;  ///< taken, not answered
  std::array<std::deque<unsigned>, engine::kLoadPorts> load_threads_;
  std::deque<unsigned> store_threads_;
  std::map<std::uint64_t, std::vector<std::uint64_t>> fetched_;  ///< values that fetches brought, by byte offset
  std::uint64_t cycle_ = 1;
};

}  // namespace tatami::lockstep
