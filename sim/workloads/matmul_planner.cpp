// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/matmul_planner.hpp"

#include <algorithm>
#include <ranges>

#include "sim/kernels/blocking.hpp"
#include "sim/kernels/reduction.hpp"
#include "sim/runtime/swizzle.hpp"

namespace tatami {
namespace {

constexpr std::size_t kPanelsPerThread = 2;  // of a short reduction index, so that work begins early
constexpr std::size_t kOverhead = 100;       // scalar instructions per block: some runs of panels, of 24 each

}  // namespace

MatmulPlanner::MatmulPlanner(const Partition& partition, MemoryPlan& memory, const ConvShape& shape,
                             const Tensor& input, const Tensor& weights)
    : partition_(partition),
      config_(partition.config()),
      memory_(memory),
      shape_(shape),
      input_(input),
      weights_(weights),
      layout_(config_, element_bytes(input.type)),
      blocks_(layout_.blocks(shape.in_channels)) {}

Launch MatmulPlanner::plan(const std::string& output_name, DataType output_type) {
  spec_ = {.operands = input_.type, .output = output_type, .pixel_pitch = layout_.pixel_bytes()};
  distribute();
  place_output(output_name);
  const auto mark = memory_.mark();
  for (const Choice& choice : choices()) {
    memory_.release(mark);
    try {
      const Launch launch = plan_with(choice);
      memory_.release(mark);
      return launch;
    } catch (const CapacityError&) {
      continue;  // with less of the operands at a time
    }
  }
  throw CapacityError("a node needs more SRAM than it has");
}

/// What every node computes, and in which blocks.
void MatmulPlanner::distribute() {
  const std::size_t side = layout_.side();
  for (const NodeId node : partition_.mesh().nodes()) {
    MatmulWork work;
    work.node = partition_.mesh().place(node);
    work.row = node.y;
    work.col = node.x;
    const std::vector<Segment> segments = partition_.segments(shape_, node.y);
    if (!segments.empty()) work.rows = segments.front().pixels;
    work.channels = partition_.channels(shape_, node.x);
    if (!work.rows.empty() && !work.channels.empty()) choose_blocks(work);
    most_rows_ = std::max(most_rows_, round_up(work.rows.size(), config_.matrix_rows));
    most_cols_ = std::max(most_cols_, blocks_of(work.channels, side).size());
    works_.push_back(std::move(work));
  }
  spec_.input_plane = plane_pitch(most_rows_ * layout_.pixel_bytes(), config_.sram_banks);
  spec_.output_plane = plane_pitch(most_rows_ * side * element_bytes(spec_.output), config_.sram_banks);
  spec_.partial_plane = plane_pitch(most_rows_ * side * element_bytes(DataType::Fp32), config_.sram_banks);
}

void MatmulPlanner::choose_blocks(MatmulWork& work) const {
  const std::size_t row_tiles = round_up(work.rows.size(), config_.matrix_rows) / config_.matrix_rows;
  const std::size_t col_tiles = blocks_of(work.channels, layout_.side()).size();
  const Blocking blocking =
      choose_blocking(config_, row_tiles, col_tiles, blocks_ * layout_.steps(), spec_.output, kOverhead);
  for (const Range& rows : blocking.row_groups) {
    for (const Range& cols : blocking.col_groups) {
      const bool cut = cols.end * config_.matrix_cols > work.channels.size() && spec_.output == DataType::Bf16;
      work.blocks.push_back(
          {rows, cols, {static_cast<unsigned>(rows.size()), static_cast<unsigned>(cols.size()), cut}});
    }
  }
}

void MatmulPlanner::place_output(const std::string& name) {
  output_ = partition_.place_output(memory_, name, shape_, spec_.output, most_rows_, spec_.output_plane);
  for (MatmulWork& work : works_) {
    const auto shard =
        std::find_if(output_.shards.begin(), output_.shards.end(), [&](const Shard& s) { return s.node == work.node; });
    if (shard != output_.shards.end()) work.output = work.partial = shard->base;
  }
}

/// Blocks in a panel. One that is not longer than what an owner has need not wait for a second owner.
std::size_t MatmulPlanner::depth() const {
  const std::size_t owners = std::max(partition_.mesh().rows, partition_.mesh().cols);
  const std::size_t panels = std::max<std::size_t>(owners, kPanelsPerThread * config_.threads);
  return std::clamp<std::size_t>(blocks_ / panels, 1, Reduction::most_blocks(config_, spec_.operands));
}

/// Bytes of rings of so many panels, of the operands that are cut across the mesh.
std::uint64_t MatmulPlanner::ring_bytes(std::size_t slots) const {
  const std::uint64_t weight_plane =
      plane_pitch(slots * depth() * layout_.side() * layout_.pixel_bytes(), config_.sram_banks);
  return (partition_.mesh().cols > 1 ? slots * depth() * spec_.input_plane : 0) +
         (partition_.mesh().rows > 1 ? most_cols_ * weight_plane : 0);
}

/// From the fastest choice to the one that needs the least memory.
std::vector<MatmulPlanner::Choice> MatmulPlanner::choices() const {
  const std::size_t count = Panels(blocks_, depth(), 1).count();
  const std::size_t semaphores = config_.semaphores - MatmulAbi::kFirstPanel;
  const Choice least{1, true}, whole{count, false};
  const bool whole_possible = count <= semaphores;
  if (!memory_.limited()) {
    const std::uint64_t partial = spec_.output == DataType::Fp32 ? 0 : most_cols_ * spec_.partial_plane;
    return {whole_possible && ring_bytes(count) <= ring_bytes(1) + partial ? whole : least};
  }
  std::vector<Choice> result;
  for (std::size_t slots = count; slots > 0; --slots) {
    if (Panels(blocks_, depth(), slots).semaphores() > semaphores || ring_bytes(slots) > memory_.available()) continue;
    result.push_back({slots, true});
  }
  if (whole_possible) result.push_back(whole);
  return result;
}

Launch MatmulPlanner::plan_with(const Choice& choice) {
  const Panels panels(blocks_, depth(), choice.slots);
  if (panels.count() > MatmulAbi::kMostPanels) throw CapacityError("a call cannot name so many panels");
  PanelTraffic traffic(panels);
  place_panels(panels);
  for (std::size_t p = 0; p < panels.count(); ++p) {
    send_input(p, panels, traffic);
    send_weights(p, panels, traffic);
  }
  Launch launch{.op = "matmul", .shape = shape_, .output = output_};
  launch.expected_cycles = schedule(panels, traffic, choice.leave);
  place_partial_sums(panels);
  launch.macs = shape_.width * shape_.out_channels * shape_.in_channels;
  launch.bytes_moved = traffic.bytes();
  launch.transfers = traffic.descriptors();
  MatmulProgrammer programmer(config_, memory_, spec_, panels, traffic, shape_.in_channels);
  programmer.make_kernel(works_);
  // The farthest from the host are started first: start packets do not meet what nodes that run already cast.
  for (const MatmulWork& work : works_ | std::views::reverse) {
    if (work.computes() || traffic.sends(work.node)) {
      launch.nodes.push_back(programmer.program(work, shape_.out_channels));
    }
  }
  return launch;
}

/// Fills the works' visits. Returns the cycles that the model expects.
std::uint64_t MatmulPlanner::schedule(const Panels& panels, PanelTraffic& traffic, bool leave) {
  std::vector<VisitPlan> plans;
  for (MatmulWork& work : works_) {
    std::vector<std::size_t> tiles;
    for (const MatmulWork::Block& b : work.blocks) tiles.push_back(b.rows.size() * b.cols.size());
    plans.emplace_back(config_, panels, tiles, layout_.steps(), leave);
    work.visits.clear();
  }
  std::uint64_t cycle = 0;
  for (std::size_t s = 0; s < panels.sweeps(); ++s) {
    traffic.expect(s, cycle);
    for (std::size_t i = 0; i < works_.size(); ++i) {
      const NodeId node = works_[i].node;
      if (!works_[i].computes()) continue;
      works_[i].visits.push_back(plans[i].sweep(s, [&](std::size_t panel) { return traffic.arrival(node, panel); }));
      cycle = std::max(cycle, plans[i].cycle());
    }
  }
  return cycle;
}

/// Partial results of FP32 lie where the result will; others need memory of their own on nodes that have any.
void MatmulPlanner::place_partial_sums(const Panels& panels) {
  for (MatmulWork& work : works_) {
    if (spec_.output == DataType::Fp32) {
      work.partial = work.output;
    } else if (work.leaves_blocks(panels.count())) {
      work.partial = memory_.allocate(work.node, most_cols_ * spec_.partial_plane);
    }
  }
}

}  // namespace tatami
