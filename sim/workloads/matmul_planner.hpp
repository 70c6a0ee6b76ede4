// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/runtime/blocked_layout.hpp"
#include "sim/workloads/launch.hpp"
#include "sim/workloads/matmul_program.hpp"
#include "sim/workloads/partition.hpp"

namespace tatami {

/// Plans a matrix product over a mesh (docs/operators.md): each node computes its own part of the output, and panels of
/// the operands come to it, from the nodes that hold them, while it computes. Memory that only this launch needs is
/// released at its end.
/// Panels that a node has it reads where they lie.
class MatmulPlanner {
 public:
  /// `input` is one line of pixels, `weights` as placed by `Partition::place_weights`. All arguments must outlive the
  /// planner.
  MatmulPlanner(const Partition& partition, MemoryPlan& memory, const ConvShape& shape, const Tensor& input,
                const Tensor& weights);

  /// Throws CapacityError when a node's SRAM is too small.
  Launch plan(const std::string& output_name, DataType output_type);

 private:
  /// How much of the operands a node has room for at a time, and whether threads may leave blocks before a sweep ends.
  struct Choice {
    std::size_t slots;
    bool leave;
  };

  void distribute();
  void choose_blocks(MatmulWork& work) const;
  void place_output(const std::string& name);
  std::size_t depth() const;
  std::uint64_t ring_bytes(std::size_t slots) const;
  std::vector<Choice> choices() const;
  Launch plan_with(const Choice& choice);
  void place_panels(const Panels& panels);
  std::size_t computing(unsigned MatmulWork::*line, unsigned number) const;
  Range whole_panels(const Panels& panels, const Range& blocks) const;
  void find_own_input(MatmulWork& work, const Panels& panels);
  void find_own_weights(MatmulWork& work, const Panels& panels) const;
  void send_input(std::size_t panel, const Panels& panels, PanelTraffic& traffic) const;
  void send_weights(std::size_t panel, const Panels& panels, PanelTraffic& traffic) const;
  Send send(std::size_t panel, NodeId source, unsigned MatmulWork::*line, unsigned number,
            PanelPlace MatmulWork::*operand, const noc::Descriptor& rows) const;
  std::uint64_t schedule(const Panels& panels, PanelTraffic& traffic, bool leave);
  void place_partial_sums(const Panels& panels);

  const Partition& partition_;
  const Config& config_;
  MemoryPlan& memory_;
  const ConvShape& shape_;
  const Tensor& input_;
  const Tensor& weights_;
  const BlockedLayout layout_;
  const std::size_t blocks_;  ///< of the reduction index
  MatmulKernelSpec spec_;
  Tensor output_;
  std::vector<MatmulWork> works_;  ///< of all nodes of the mesh, row by row
  std::size_t most_rows_ = 0;      ///< of any node, in whole tiles
  std::size_t most_cols_ = 0;      ///< column tiles
};

}  // namespace tatami
