// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/mesh.hpp"
#include "sim/engine/node_log.hpp"

namespace tatami::diagnosis {

/// An instruction and the cycle in which it retired.
struct Step {
  std::uint64_t cycle = 0;
  std::uint64_t order = 0;
  std::uint64_t pc = 0;
  std::uint32_t insn = 0;
  bool trap = false;
};

/// Bytes of a node's SRAM.
struct Watch {
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;  ///< 0: none
};

/// Who wrote a watched byte last.
struct Write {
  enum class By { Thread, Mesh, Host };
  By by = By::Host;
  std::uint64_t cycle = 0;  ///< in which the SRAM took it
  unsigned thread = 0;      ///< by a thread: which one, its instructions up to the store, and the store last
  std::vector<Step> steps;
};

/// Remembers of one node the last instructions of each thread and the last write to watched bytes. It hears them from a
/// model of flavour `check`; the mesh, which must outlive it, gives the cycles.
class History : public engine::NodeLog {
 public:
  static constexpr std::size_t kSteps = 32;  ///< instructions that are shown

  History(const engine::Mesh& mesh, Watch watch) : mesh_(mesh), watch_(watch), threads_(mesh.info().threads) {}

  /// The last instructions of a thread, oldest first; at most kSteps.
  std::vector<Step> last_steps(unsigned thread) const;
  const std::optional<Write>& last_write() const { return write_; }

  void request(const engine::SramRequest& request) override;
  void take(unsigned port, std::uint8_t words) override;
  void response(unsigned, const engine::LogWords&, std::uint8_t) override {}
  void load(unsigned) override {}
  void store(unsigned thread) override { store_threads_.push_back(thread); }
  void start(unsigned, std::uint64_t) override {}
  void stop(unsigned) override {}
  void vector(unsigned, unsigned, const std::array<std::uint32_t, 16>&) override {}
  void post(unsigned, unsigned) override {}
  void retire(const engine::RetiredInstruction& r) override;
  void end_of_cycle() override {}
  void written(std::uint64_t address, std::span<const std::uint8_t> bytes) override;

 private:
  static constexpr std::size_t kKept = 128;  // a store may retire long before, or after, the SRAM takes it

  struct Access {
    engine::SramRequest request;
    std::uint8_t pending = 0;            // words that the SRAM has not taken
    std::optional<std::uint64_t> taken;  // the cycle in which it took a watched byte
  };
  /// What one thread did, in program order, and its stores: as the SRAM takes them, and as they retire.
  struct Thread {
    std::map<std::uint64_t, Step> early;  // by order: retired before an instruction that goes before them
    std::uint64_t next = 0;               // order of the next step
    std::deque<Step> steps;
    std::deque<std::optional<std::uint64_t>> taken;
    std::deque<std::uint64_t> retired;
  };

  void advance(unsigned thread);
  bool watched(const engine::SramRequest& request, unsigned word) const;
  void match_stores(unsigned thread);

  const engine::Mesh& mesh_;
  Watch watch_;
  std::vector<Thread> threads_;
  std::array<std::deque<Access>, engine::kSramPorts> ports_;
  std::deque<unsigned> store_threads_;
  std::optional<Write> write_;
};

}  // namespace tatami::diagnosis
