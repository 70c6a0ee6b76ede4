// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The golden machine: nodes of instruction-set simulators, with transfers carried out from their descriptors. It has
/// no timing; time counts scheduling rounds.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "sim/runtime/device.hpp"
#include "verif/golden/core/iss.hpp"
#include "verif/golden/machine/transfer.hpp"

namespace tatami::golden {

/// A machine of rows x cols nodes. In every round each thread retires at most one instruction and each node runs at
/// most one descriptor. Schedule 0 lets everyone move in every round; any other value seeds a random choice of who
/// moves, so that a program whose result depends on timing shows it.
class Machine : public Device {
 public:
  Machine(const CoreConfig& config, unsigned rows, unsigned cols, std::uint64_t schedule = 0);

  unsigned rows() const override { return rows_; }
  unsigned cols() const override { return cols_; }
  void write(NodeId id, std::uint64_t address, std::span<const std::uint8_t> bytes) override;
  void read(NodeId id, std::uint64_t address, std::span<std::uint8_t> bytes) override;
  /// Every set becomes a group, numbered in order.
  std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<NodeId>>& sets) override;
  void start(NodeId id, unsigned thread, std::uint64_t pc) override;
  void flip(NodeId id, std::uint64_t address, const WordFlip& flip, std::uint64_t time) override;
  std::size_t flips_to_come() const override { return flips_.size(); }
  RunStatus run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress = {}) override;
  std::uint64_t time() const override { return time_; }

  /// One node's state. Throws std::out_of_range outside the mesh.
  Iss& node(NodeId id);

  /// Instructions retired since construction, over all nodes.
  std::uint64_t retired() const { return retired_; }

  /// Called for every retired instruction.
  void set_observer(std::function<void(NodeId, const Retirement&)> observer) { observer_ = std::move(observer); }

 private:
  struct Start {
    NodeId node;
    unsigned thread;
    std::uint64_t pc;
  };
  /// What one round did.
  struct Round {
    bool progress = false;
    bool fault = false;
  };

  Round round();
  RunStatus advance(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress);
  void do_flips();
  bool moves(unsigned out_of);
  void run_descriptor(unsigned index);
  bool execute(unsigned index, const noc::Descriptor& descriptor);
  std::vector<Iss*> resolve(unsigned index, const SramAddress& address);
  std::string place(const Iss& node) const;
  std::vector<ThreadStatus> busy_threads() const;

  unsigned rows_;
  unsigned cols_;
  std::vector<Iss> nodes_;
  std::vector<unsigned> next_descriptor_;  ///< per node: position in its first transfer list
  std::vector<std::vector<Iss*>> groups_;
  std::deque<Start> starts_;
  struct Flip {
    NodeId node;
    std::uint64_t address;
    WordFlip bits;
  };
  std::multimap<std::uint64_t, Flip> flips_;  ///< by their time
  std::uint64_t schedule_;
  std::mt19937_64 random_;
  std::uint64_t time_ = 0;
  std::uint64_t retired_ = 0;
  std::vector<std::string> errors_;  ///< that no thread owns
  std::function<void(NodeId, const Retirement&)> observer_;
};

}  // namespace tatami::golden
