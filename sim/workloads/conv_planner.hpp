// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/kernels/blocking.hpp"
#include "sim/kernels/conv_kernel.hpp"
#include "sim/runtime/blocked_layout.hpp"
#include "sim/workloads/arrival_stages.hpp"
#include "sim/workloads/conv_traffic.hpp"
#include "sim/workloads/launch.hpp"
#include "sim/workloads/partition.hpp"
#include "sim/workloads/window.hpp"

namespace tatami {

/// Plans one convolution over resident tensors: places the output, generates the program, and lays out for every node
/// what it sends and when, its block table and its parameters. Memory that only this launch needs is released at its
/// end.
///
/// Input is used in place when every node holds all that it needs (and zeros around it, if the convolution pads).
/// Otherwise those who hold it send it to the rows of the mesh that need it, into buffers [block][line][pixel][channel]
/// with zeros around; weights likewise to columns.
///
/// A row tile is a run of output pixels of a line; or, where that gives fewer tiles, a run of pixels of all lines, with
/// the gaps between lines computed as well.
class ConvPlanner {
 public:
  /// `input` is [batch][height][width][in_channels], `weights` as placed by `Partition::place_weights`.
  /// All arguments must outlive the planner.
  ConvPlanner(const Partition& partition, MemoryPlan& memory, const ConvShape& shape, const Tensor& input,
              const Tensor& weights, Transposed transposed);

  /// Throws CapacityError when a node's SRAM is too small.
  Launch plan(const std::string& op, const std::string& output_name, DataType output_type);

 private:
  /// What a node computes, and where it reads.
  struct Work {
    NodeId node;
    unsigned row = 0;  ///< of the mesh
    unsigned col = 0;
    std::vector<Segment> segments;
    Range channels;
    Blocking blocking;
    std::vector<std::uint64_t> origins;  ///< per segment: the first tap of its first output pixel
    std::uint64_t weights = 0;           ///< first row of the node's first block of columns
  };
  /// A gate, and when it is first needed.
  struct Gate {
    std::size_t time = 0;
    unsigned semaphore = 0;
  };
  /// What the nodes of a mesh row have in common: they compute the same pixels.
  struct Row {
    std::vector<const Work*> works;                   ///< the first one's blocks say what is needed when
    std::vector<std::vector<std::size_t>> first_use;  ///< per segment and input line that it needs
    ArrivalStages stages;                             ///< of the input
    std::vector<Gate> gates;                          ///< in the order in which threads pass them

    std::vector<NodeId> nodes() const;
  };
  /// A row tile's output lines.
  struct TileLines {
    std::size_t segment = 0;
    Range lines;
  };
  /// Pixels from a row tile's first to its end, counted through a segment's lines at `line_pixels`.
  using Tiles = std::vector<Range>;

  std::vector<Work> distribute() const;
  Window input_lines(const Segment& segment) const;
  Window input_pixels(const Segment& segment) const;
  void choose_geometry(const std::vector<Work>& all);
  std::size_t count_tiles(const std::vector<Work>& all) const;
  void choose_blocks(std::vector<Work>& all) const;
  Tiles tiles(const Segment& segment) const;
  std::uint64_t output_plane(const std::vector<Work>& all, DataType type) const;
  std::optional<std::uint64_t> input_in_place(const Work& work, const Segment& segment);
  std::optional<std::uint64_t> weights_in_place(const Work& work) const;
  bool find_in_place(std::vector<Work>& all);
  void place_buffers(std::vector<Work>& all);
  void reserve_overrun(const Work& work);

  std::size_t gated_lines() const;
  std::map<unsigned, Row> mesh_rows(const std::vector<Work>& all) const;
  std::vector<TileLines> tile_lines(const Work& work) const;
  void find_first_uses(Row& row) const;
  void choose_gates(Row& row) const;
  unsigned weights_gate(std::size_t line) const;
  unsigned input_gate(std::size_t stage) const;
  std::size_t gates_before(const Row& row, const std::vector<TileLines>& read, std::size_t line) const;
  void send_segment(const Row& row, std::size_t number, ConvTraffic& traffic) const;
  void send_shard(const Row& row, std::size_t number, const Shard& shard, ConvTraffic& traffic) const;
  void send_weights(const std::vector<Work>& all, const ArrivalStages& stages, ConvTraffic& traffic) const;
  void send(const std::vector<NodeId>& nodes, NodeId source, const noc::Descriptor& box, const Gate& gate,
            ConvTraffic& traffic) const;

  std::uint64_t input_offset(const Range& tile) const;
  BlockVariant variant(const Work& work, const Range& rows, const Range& cols) const;
  std::vector<KernelAbi::Block> blocks(const Work& work, const Row& row, const ConvKernel& kernel,
                                       std::uint64_t code) const;
  NodeProgram program(NodeId node, const Work* work, const Row* row, const ConvKernel& kernel,
                      const ConvTraffic& traffic);
  std::vector<std::uint8_t> header(const KernelAbi::Parameters& parameters) const;

  const Partition& partition_;
  const Config& config_;
  MemoryPlan& memory_;
  const ConvShape& shape_;
  const Tensor& input_;
  const Tensor& weights_;
  const Transposed transposed_;
  const BlockedLayout layout_;
  Tensor output_;
  ConvKernelSpec spec_;
  std::size_t line_pixels_ = 0;  ///< of the output, from a line to the next one
  bool through_lines_ = false;   ///< row tiles run on from line to line
  bool sends_input_ = false;
  bool sends_weights_ = false;
};

}  // namespace tatami
