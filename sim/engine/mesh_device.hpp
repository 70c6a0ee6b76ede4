// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>

#include "sim/engine/mesh.hpp"
#include "sim/engine/model_library.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::engine {

/// The simulated RTL machine. The library must outlive it.
class MeshDevice : public Device {
 public:
  /// Cycles without a retired instruction or a moving packet after which a run counts as hung.
  static constexpr std::uint64_t kWatchdogCycles = 20'000;

  MeshDevice(const ModelLibrary& library, const MeshOptions& options)
      : mesh_(library.factory(), options), watch_(library.watch_over(*this)) {}

  unsigned rows() const override { return mesh_.rows(); }
  unsigned cols() const override { return mesh_.cols(); }
  void write(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes) override;
  void read(NodeId node, std::uint64_t address, std::span<std::uint8_t> bytes) override;
  /// Takes no simulated time. Throws std::logic_error while the mesh is not quiet.
  std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<NodeId>>& sets) override;
  void start(NodeId node, unsigned thread, std::uint64_t pc) override;
  void flip(NodeId node, std::uint64_t address, const WordFlip& flip, std::uint64_t time) override;
  std::size_t flips_to_come() const override { return flips_.size(); }
  RunStatus run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress = {}) override;
  std::uint64_t time() const override { return mesh_.time(); }

  /// Queues puts that write `bytes` through the mesh during `run`, before anything that is queued later for the same
  /// node. The last word is filled up with zeros. Throws std::invalid_argument for a misaligned address,
  /// std::out_of_range beyond the SRAM.
  void load(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes);
  /// What the machine did in the last `run`.
  const Counters& last_run() const { return last_run_; }
  /// Records chosen nodes (all when empty) in a window of cycles. Throws ModelError when the model has no waves.
  void record(const WaveWindow& window, const std::vector<NodeId>& nodes);
  /// From that cycle on every `run` ends at once, as if it had reached its limit.
  void stop_at(std::uint64_t time) { stop_at_ = time; }

  Mesh& mesh() { return mesh_; }

 private:
  NodeModel& at(NodeId node);
  RunStatus::End advance(std::uint64_t limit, const std::function<void(std::uint64_t)>& progress);

  void send_flips();

  struct Flip {
    NodeId node;
    std::uint64_t address;
    WordFlip bits;
  };
  Mesh mesh_;
  Counters last_run_;
  std::uint64_t stop_at_ = ~std::uint64_t{0};
  std::multimap<std::uint64_t, Flip> flips_;  ///< by the cycle in which the host sends them
  std::shared_ptr<void> watch_;               ///< the library's; ends while everything else still lives
};

}  // namespace tatami::engine
