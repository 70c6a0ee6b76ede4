// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Where the nodes of a distributed product find panels, and who sends them.
///
/// In a long row or column a panel goes out as a cast, which brings the sender a copy, too. In a short one the sender
/// reads it where it lies, and sends it to the others one by one.
#include <algorithm>
#include <utility>

#include "sim/runtime/swizzle.hpp"
#include "sim/workloads/matmul_planner.hpp"

namespace tatami {

/// Rings lie at the same address on every node, so that one transfer can go to several.
void MatmulPlanner::place_panels(const Panels& panels) {
  const std::uint64_t tile_bytes = panels.depth() * layout_.side() * layout_.pixel_bytes();
  PanelPlace input{.panel_bytes = panels.depth() * spec_.input_plane, .ring_plane = spec_.input_plane};
  PanelPlace weights{.panel_bytes = tile_bytes,
                     .ring_plane = plane_pitch(panels.slots() * tile_bytes, config_.sram_banks)};
  bool lacks_input = false, lacks_weights = false;
  const Range all{0, panels.count()};
  for (MatmulWork& work : works_) {
    work.input = input;
    work.weights = weights;
    if (!work.computes()) continue;
    if (computing(&MatmulWork::row, work.row) < Send::kCastFrom) find_own_input(work, panels);
    if (computing(&MatmulWork::col, work.col) < Send::kCastFrom) find_own_weights(work, panels);
    lacks_input = lacks_input || work.input.own != all;
    lacks_weights = lacks_weights || work.weights.own != all;
  }
  if (lacks_input) input.ring = memory_.allocate_everywhere(panels.slots() * input.panel_bytes);
  if (lacks_weights) weights.ring = memory_.allocate_everywhere(most_cols_ * weights.ring_plane);
  for (MatmulWork& work : works_) {
    work.input.ring = input.ring;
    work.weights.ring = weights.ring;
    work.input.slots = work.weights.slots = panels.slots();
  }
}

/// How many nodes of a row or a column of the mesh compute.
std::size_t MatmulPlanner::computing(unsigned MatmulWork::*line, unsigned number) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(works_, [&](const MatmulWork& work) { return work.*line == number && work.computes(); }));
}

/// The panels of which a shard with these blocks of channels has all.
Range MatmulPlanner::whole_panels(const Panels& panels, const Range& blocks) const {
  const std::size_t begin = (blocks.begin + panels.depth() - 1) / panels.depth();
  const std::size_t end = blocks.end == blocks_ ? panels.count() : blocks.end / panels.depth();
  return begin < end ? Range{begin, end} : Range{};
}

void MatmulPlanner::find_own_input(MatmulWork& work, const Panels& panels) {
  for (const Shard& s : input_.shards) {
    if (s.node != work.node || s.box[3] != work.rows) continue;
    if (s.pitches[3] != spec_.pixel_pitch || s.pitches[1] != spec_.input_plane) continue;
    const Range own = whole_panels(panels, s.box[1]);
    if (own.size() <= work.input.own.size()) continue;
    work.input.own = own;
    work.input.own_base = s.address({0, own.begin * panels.depth(), 0, work.rows.begin, 0});
    work.input.own_plane = spec_.input_plane;
    // Rows of the last tile that the operand does not have are read.
    memory_.touch(work.node, s.address({0, s.box[1].end - 1, 0, work.rows.begin, 0}) +
                                 round_up(work.rows.size(), config_.matrix_rows) * spec_.pixel_pitch);
  }
}

void MatmulPlanner::find_own_weights(MatmulWork& work, const Panels& panels) const {
  const std::size_t side = layout_.side();
  for (const Shard& s : weights_.shards) {
    if (s.node != work.node || s.box[0] != blocks_of(work.channels, side)) continue;
    const Range own = whole_panels(panels, {s.box[1].begin / side, s.box[1].end / side});
    if (own.size() <= work.weights.own.size()) continue;
    work.weights.own = own;
    work.weights.own_base = s.address({s.box[0].begin, own.begin * panels.depth() * side, 0});
    work.weights.own_plane = s.pitches[0];
  }
}

/// A panel of the left operand: from whoever holds a part of it to all nodes that need these rows.
void MatmulPlanner::send_input(std::size_t panel, const Panels& panels, PanelTraffic& traffic) const {
  const Range blocks = panels.blocks(panel);
  for (unsigned y = 0; y < partition_.mesh().rows; ++y) {
    const MatmulWork& first = works_[std::size_t{y} * partition_.mesh().cols];
    for (const Shard& s : input_.shards) {
      const Range b = intersect(s.box[1], blocks), rows = intersect(s.box[3], first.rows);
      if (b.empty() || rows.empty()) continue;
      traffic.add({panel, s.node,
                   send(panel, s.node, &MatmulWork::row, y, &MatmulWork::input,
                        {.dst = first.input.slot(panel) + (b.begin - blocks.begin) * spec_.input_plane +
                                (rows.begin - first.rows.begin) * spec_.pixel_pitch,
                         .src = s.address({0, b.begin, 0, rows.begin, 0}),
                         .row_bytes = static_cast<std::uint32_t>(rows.size() * spec_.pixel_pitch),
                         .rows = static_cast<std::uint32_t>(b.size()),
                         .dst_pitch = static_cast<std::int32_t>(spec_.input_plane),
                         .src_pitch = static_cast<std::int32_t>(s.pitches[1])})});
    }
  }
}

/// A panel of the right operand, to all nodes that need these columns.
void MatmulPlanner::send_weights(std::size_t panel, const Panels& panels, PanelTraffic& traffic) const {
  const std::size_t side = layout_.side();
  const Range panel_rows{panels.blocks(panel).begin * side, panels.blocks(panel).end * side};
  for (unsigned x = 0; x < partition_.mesh().cols; ++x) {
    const MatmulWork& first = works_[x];
    const Range tiles = blocks_of(first.channels, side);
    for (const Shard& s : weights_.shards) {
      const Range cols = intersect(s.box[0], tiles), rows = intersect(s.box[1], panel_rows);
      if (cols.empty() || rows.empty()) continue;
      traffic.add({panel, s.node,
                   send(panel, s.node, &MatmulWork::col, x, &MatmulWork::weights,
                        {.dst = first.weights.slot(panel) + (cols.begin - tiles.begin) * first.weights.ring_plane +
                                (rows.begin - panel_rows.begin) * layout_.pixel_bytes(),
                         .src = s.address({cols.begin, rows.begin, 0}),
                         .row_bytes = static_cast<std::uint32_t>(rows.size() * layout_.pixel_bytes()),
                         .rows = static_cast<std::uint32_t>(cols.size()),
                         .dst_pitch = static_cast<std::int32_t>(first.weights.ring_plane),
                         .src_pitch = static_cast<std::int32_t>(s.pitches[0])})});
    }
  }
}

/// To the nodes of a row or a column of the mesh that compute and lack a panel.
Send MatmulPlanner::send(std::size_t panel, NodeId source, unsigned MatmulWork::*line, unsigned number,
                         PanelPlace MatmulWork::*operand, const noc::Descriptor& rows) const {
  std::vector<NodeId> receivers;
  for (const MatmulWork& work : works_) {
    if (work.*line == number && work.computes() && !(work.*operand).has(panel)) receivers.push_back(work.node);
  }
  return send_from(source, rows, std::move(receivers));
}

}  // namespace tatami
