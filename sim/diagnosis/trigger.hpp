// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/mesh.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::diagnosis {

/// What a waveform is to show.
struct Trigger {
  enum class Kind {
    Failure,   ///< what the run failed by: one of the next four
    Mismatch,  ///< the last write to the first wrong element of a result
    Fault,     ///< a thread faults, or an error is recorded
    Hang,      ///< the last thing that moved
    Limit,     ///< the last cycle of a run that reached its limit
    Trap,      ///< an instruction traps
    Pc,        ///< an instruction at `pc` retires
    Packet,    ///< a packet comes to one of `nodes`
  };
  Kind kind = Kind::Failure;
  std::uint64_t pc = 0;
  std::vector<NodeId> nodes;  ///< trap, pc and packet: where; empty: anywhere

  /// It is seen while the machine runs, and not by the outcome.
  bool watched() const { return kind == Kind::Trap || kind == Kind::Pc || kind == Kind::Packet; }
};

/// Where a trigger came.
struct Moment {
  std::uint64_t cycle = 0;
  std::optional<NodeId> node;  ///< none: the whole machine, or nobody knows
  std::string what;            ///< for a person: "a packet for node (y 0, x 1)"
};

/// Watches a machine for a trigger that is `watched`, from its construction on. Counts cycles from the end of reset.
class TriggerWatch {
 public:
  /// The mesh must not be stepped after this object has gone.
  TriggerWatch(engine::Mesh& mesh, const Trigger& trigger);
  TriggerWatch(const TriggerWatch&) = delete;
  TriggerWatch& operator=(const TriggerWatch&) = delete;

  /// The first time that it came.
  const std::optional<Moment>& moment() const { return moment_; }

 private:
  void look(std::uint64_t time, NodeId at, const engine::NodeModel& node, bool core);

  Trigger trigger_;
  std::optional<Moment> moment_;
};

}  // namespace tatami::diagnosis
