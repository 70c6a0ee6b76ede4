// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/kernels/matmul_kernel.hpp"
#include "sim/runtime/memory_plan.hpp"
#include "sim/workloads/launch.hpp"
#include "sim/workloads/panel_traffic.hpp"
#include "sim/workloads/panels.hpp"
#include "sim/workloads/visits.hpp"

namespace tatami {

/// Where a node finds the panels of an operand: those that it has lie where the operand lies, others in a ring of
/// slots.
struct PanelPlace {
  std::uint64_t ring = 0;
  std::size_t slots = 0;          ///< of the ring
  std::uint64_t panel_bytes = 0;  ///< from one panel to the next one
  std::uint64_t ring_plane = 0;   ///< from one plane to the next one (of blocks or column tiles) in the ring
  Range own;                      ///< panels that the node has
  std::uint64_t own_base = 0;     ///< the first of them
  std::uint64_t own_plane = 0;

  bool has(std::size_t panel) const { return own.contains(panel); }
  std::uint64_t plane(std::size_t panel) const { return has(panel) ? own_plane : ring_plane; }
  std::uint64_t slot(std::size_t panel) const { return ring + panel % slots * panel_bytes; }
  std::uint64_t address(std::size_t panel) const {
    return has(panel) ? own_base + (panel - own.begin) * panel_bytes : slot(panel);
  }
  /// Whether a panel lies right behind the one before it.
  bool follows(std::size_t panel) const {
    return has(panel) == has(panel - 1) && address(panel) == address(panel - 1) + panel_bytes;
  }
};

/// What a node computes in a distributed product.
struct MatmulWork {
  /// A block of output tiles.
  struct Block {
    Range rows, cols;  ///< tiles of the node
    BlockVariant variant;
  };

  NodeId node;
  unsigned row = 0, col = 0;  ///< of the mesh
  Range rows;                 ///< of the output
  Range channels;             ///< its columns
  std::vector<Block> blocks;
  PanelPlace input, weights;
  std::uint64_t partial = 0, output = 0;                ///< the node's first tile, as partial sums and as result
  std::vector<std::vector<std::vector<Visit>>> visits;  ///< per sweep and thread

  bool computes() const { return !blocks.empty(); }
  /// Whether some visit ends before the last of so many panels.
  bool leaves_blocks(std::size_t panels_count) const;
};

/// Writes the programs of the nodes of a distributed product: the code, every thread's calls, transfer lists, and the
/// table of arrivals.
class MatmulProgrammer {
 public:
  /// All arguments must outlive the programmer. `channels`: of the reduction index.
  MatmulProgrammer(const Config& config, MemoryPlan& memory, const MatmulKernelSpec& spec, const Panels& panels,
                   PanelTraffic& traffic, std::size_t channels);

  /// Generates the code for all nodes.
  void make_kernel(const std::vector<MatmulWork>& works);
  /// `out_channels`: of the whole output.
  NodeProgram program(const MatmulWork& work, std::size_t out_channels);

 private:
  using Bytes = std::vector<std::uint8_t>;

  std::size_t channels_of(std::size_t panel) const;
  Bytes calls(const MatmulWork& work, unsigned thread, NodeProgram& program);
  void send_panels(const MatmulWork& work, std::size_t sweep, NodeProgram& program, Bytes& calls);
  void visit(const MatmulWork& work, const Visit& visit, NodeProgram& program, Bytes& calls);
  std::uint64_t tile_offset(const MatmulWork::Block& block, DataType type, std::uint64_t plane) const;
  std::vector<Range> runs(const MatmulWork& work, const Range& panels) const;
  void send_before(std::size_t panel, NodeProgram& program, Bytes& calls);
  void send(const std::vector<Send>& sends, unsigned semaphore, unsigned credits, NodeProgram& program, Bytes& calls);
  MatmulAbi::Clear clear(std::uint64_t routine, std::size_t sweep, const Range& panels) const;
  std::uint64_t place(NodeProgram& program, Bytes bytes);

  const Config& config_;
  MemoryPlan& memory_;
  const MatmulKernelSpec& spec_;
  const Panels& panels_;
  PanelTraffic& traffic_;
  std::size_t channels_;
  MatmulKernel kernel_;
  std::uint64_t code_ = 0, arrivals_ = 0;         ///< of the node at hand
  std::map<std::size_t, std::vector<Send>> due_;  ///< of the thread at hand: what it sends before it adds a panel
};

}  // namespace tatami
