// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The simulated RTL machine, each of its nodes in lockstep with the instruction-set simulator.
#pragma once

#include <memory>
#include <numeric>
#include <vector>

#include "sim/engine/mesh_device.hpp"
#include "sim/runtime/config.hpp"
#include "verif/lockstep/replay.hpp"

namespace tatami::lockstep {

/// The parameters that programs see.
inline golden::CoreConfig core_config(const Config& c) {
  return {.threads = c.threads,
          .simd_bytes = c.simd_bytes,
          .matrix_rows = c.matrix_rows,
          .matrix_cols = c.matrix_cols,
          .sram_bytes = c.sram_bytes(),
          .semaphores = c.semaphores,
          .sram_banks = c.sram_banks};
}

/// A MeshDevice of a model of flavour `check`. `run` throws Difference at the first thing that is wrong.
class CheckedDevice : public engine::MeshDevice {
 public:
  CheckedDevice(const engine::ModelLibrary& library, const engine::MeshOptions& options)
      : MeshDevice(library, options) {
    if (!engine::has_log(library.info().flavour)) throw std::logic_error("lockstep needs a model of flavour check");
    for (const unsigned n : mesh().live()) {
      const NodeId id = mesh().id(n);
      replays_.push_back(
          std::make_unique<Replay>(core_config(library.config()), golden::NodePosition{.y = id.y, .x = id.x}));
      mesh().node(n).set_log(replays_.back().get());
    }
  }
  ~CheckedDevice() override {
    for (const unsigned n : mesh().live()) mesh().node(n).set_log(nullptr);
  }
  CheckedDevice(const CheckedDevice&) = delete;
  CheckedDevice& operator=(const CheckedDevice&) = delete;

  RunStatus run(std::uint64_t max_cycles, const std::function<void(std::uint64_t)>& progress = {}) override {
    try {
      const RunStatus status = MeshDevice::run(max_cycles, progress);
      if (status.end == RunStatus::End::Idle) finish();
      return status;
    } catch (Difference& difference) {
      difference.cycle = mesh().time();
      throw;
    }
  }

  /// Instructions compared so far, of all nodes.
  std::uint64_t compared() const {
    return std::accumulate(replays_.begin(), replays_.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& replay) { return sum + replay->compared(); });
  }

 private:
  void finish() {
    std::vector<std::uint8_t> sram(mesh().info().sram_bytes);
    for (std::size_t i = 0; i < replays_.size(); ++i) {
      read(mesh().id(mesh().live()[i]), 0, sram);
      replays_[i]->finish(sram);
    }
  }

  std::vector<std::unique_ptr<Replay>> replays_;
};

}  // namespace tatami::lockstep
