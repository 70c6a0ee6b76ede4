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
#include "sim/workloads/fetch_stages.hpp"
#include "sim/workloads/launch.hpp"
#include "sim/workloads/partition.hpp"

namespace tatami {

/// Plans one convolution over resident tensors: places the output, generates the program, and lays out for every node
/// what it fetches and when, its block table and its parameters. Memory that only this launch needs is released at its
/// end.
///
/// Input is used in place when every node holds all that it needs (and zeros around it, if the convolution pads), and
/// is otherwise gathered into a buffer [block][line][pixel][channel] with zeros around; weights likewise.
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
    std::vector<Segment> segments;
    Range channels;
    Blocking blocking;
    std::vector<std::uint64_t> origins;  ///< per segment: the first tap of its first output pixel
    std::uint64_t weights = 0;           ///< first row of the node's first block of columns
    FetchStages stages;
    std::vector<std::vector<std::size_t>> first_use;  ///< per segment and input line that it needs: FetchStages' time
  };
  /// Pixels from a row tile's first to its end, counted through a segment's lines at `line_pixels`.
  using Tiles = std::vector<Range>;

  std::vector<Work> distribute() const;
  void choose_geometry(const std::vector<Work>& all);
  void choose_tiles(const std::vector<Work>& all);
  void choose_blocks(std::vector<Work>& all) const;
  Tiles tiles(const Segment& segment) const;
  std::uint64_t output_plane(const std::vector<Work>& all, DataType type) const;
  std::optional<std::uint64_t> input_in_place(const Work& work, const Segment& segment);
  std::optional<std::uint64_t> weights_in_place(const Work& work) const;
  bool find_in_place(std::vector<Work>& all);
  std::size_t gated_lines() const;
  void find_first_uses(Work& work) const;
  void gather_input(Work& work, StagedTransfers& transfers);
  void gather_segment(const Work& work, std::size_t number, std::uint64_t buffer, StagedTransfers& transfers) const;
  void zero_around(const Segment& segment, std::uint64_t buffer, TransferList& transfers) const;
  void gather_weights(Work& work, StagedTransfers& transfers);
  void reserve_overrun(const Work& work);
  std::uint64_t input_offset(const Range& tile) const;
  BlockVariant variant(const Work& work, const Range& rows, const Range& cols) const;
  std::vector<KernelAbi::Block> blocks(const Work& work, const ConvKernel& kernel, std::uint64_t code) const;
  NodeProgram program(Work& work, const ConvKernel& kernel, StagedTransfers& transfers);
  std::vector<std::uint8_t> header(const KernelAbi::Parameters& parameters,
                                   const std::vector<std::uint16_t>& posts) const;
  std::vector<std::size_t> order_of(const Tensor& tensor, NodeId self) const;

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
  bool gathers_input_ = false;
  bool gathers_weights_ = false;
};

}  // namespace tatami
