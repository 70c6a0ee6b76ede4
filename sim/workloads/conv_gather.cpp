// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the nodes of a convolution fetch, and in which order.
#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/workloads/conv_planner.hpp"
#include "sim/workloads/window.hpp"

namespace tatami {
namespace {

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

}  // namespace

/// Lines of the filter before which a thread may wait for data.
std::size_t ConvPlanner::gated_lines() const {
  return shape_.kernel_height <= KernelAbi::kMaxGatedLines ? shape_.kernel_height : 1;
}

/// When the blocks come to each input line and each line of weights.
void ConvPlanner::find_first_uses(Work& work) const {
  struct RowTile {
    std::size_t segment;
    Range lines;  ///< of the segment's outputs
  };
  std::vector<RowTile> row_tiles;
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const Segment& s = work.segments[i];
    work.first_use.emplace_back(needed(s.lines, shape_.stride, shape_.kernel_height).size(), kNever);
    for (const Range& tile : tiles(s)) {
      // The last tile may stick out beyond the lines; what it reads there counts for nothing.
      row_tiles.push_back(
          {i, {tile.begin / line_pixels_, std::min((tile.end - 1) / line_pixels_ + 1, s.lines.size())}});
    }
  }
  if (!spec_.gated) return;
  work.stages.add(0);
  std::size_t block = 0;
  for (const Range& rows : work.blocking.row_groups) {
    // The first block of the group comes first.
    for (std::size_t line = 0; line < shape_.kernel_height; ++line) {
      const std::size_t time = work.stages.time(block, std::min(line, gated_lines() - 1));
      for (std::size_t i = rows.begin; i < rows.end; ++i) {
        const RowTile& tile = row_tiles[i];
        for (std::size_t p = tile.lines.begin; p < tile.lines.end; ++p) {
          std::size_t& first = work.first_use[tile.segment][p * shape_.stride + line];
          first = std::min(first, time);
        }
      }
    }
    block += work.blocking.col_groups.size();
  }
  for (const std::vector<std::size_t>& lines : work.first_use) {
    for (const std::size_t time : lines) {
      if (gathers_input_ && time != kNever) work.stages.add(time);
    }
  }
  for (std::size_t line = 0; line < gated_lines(); ++line) {
    if (gathers_weights_) work.stages.add(work.stages.time(0, line));
  }
}

void ConvPlanner::gather_input(Work& work, StagedTransfers& transfers) {
  work.origins.clear();
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const std::size_t blocks = layout_.blocks(shape_.in_channels);
    const std::uint64_t buffer = memory_.allocate(work.node, blocks * spec_.plane_pitch);
    work.origins.push_back(buffer);
    if (shape_.pad > 0) zero_around(work.segments[i], buffer, transfers.at(0));
    gather_segment(work, i, buffer, transfers);
  }
}

/// Zeros above, below, before and behind the lines of a segment's buffer.
void ConvPlanner::zero_around(const Segment& segment, std::uint64_t buffer, TransferList& transfers) const {
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  const Range real_lines = real_part(lines, shape_.pad, shape_.height);
  const std::size_t blocks = layout_.blocks(shape_.in_channels);
  const std::uint64_t line_pixels = spec_.line_pitch / spec_.pixel_pitch;
  const std::uint64_t whole = (lines.size() - 1) * spec_.line_pitch + pixels.size() * spec_.pixel_pitch;
  if (real_lines.empty()) return transfers.zero({buffer, spec_.plane_pitch}, blocks, whole);
  const std::size_t first = real_lines.begin + shape_.pad - lines.begin, last = first + real_lines.size();
  transfers.zero({buffer, spec_.plane_pitch}, blocks, first * spec_.line_pitch);
  if (last < lines.size()) {
    const std::uint64_t below = last * spec_.line_pitch;
    transfers.zero({buffer + below, spec_.plane_pitch}, blocks, whole - below);
  }
  const Range real_pixels = real_part(pixels, shape_.pad, shape_.width);
  const std::size_t before = real_pixels.begin + shape_.pad - pixels.begin;
  const std::size_t behind = pixels.size() - before - real_pixels.size();
  const bool shared = pixels.size() > line_pixels;
  for (std::size_t b = 0; b < blocks; ++b) {
    const std::uint64_t start = buffer + b * spec_.plane_pitch + first * spec_.line_pitch;
    const std::size_t count = real_lines.size();
    transfers.zero({start, spec_.line_pitch}, count + (shared ? 1 : 0), before * spec_.pixel_pitch);
    if (shared) continue;
    transfers.zero({start + (before + real_pixels.size()) * spec_.pixel_pitch, spec_.line_pitch}, count,
                   behind * spec_.pixel_pitch);
  }
}

/// The image's part of a segment's buffer, from the nodes that hold it, as far as it is used.
void ConvPlanner::gather_segment(const Work& work, std::size_t number, std::uint64_t buffer,
                                 StagedTransfers& transfers) const {
  const Segment& segment = work.segments[number];
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  const Range real_lines = real_part(lines, shape_.pad, shape_.height);
  const Range real_pixels = real_part(pixels, shape_.pad, shape_.width);
  const auto use = [&](std::size_t line) { return work.first_use[number][line + shape_.pad - lines.begin]; };
  for (const std::size_t i : order_of(input_, work.node)) {
    const Shard& s = input_.shards[i];
    if (!s.box[0].contains(segment.image)) continue;
    const Range h = intersect(s.box[2], real_lines), w = intersect(s.box[3], real_pixels), blocks = s.box[1];
    if (h.empty() || w.empty()) continue;
    const std::uint64_t bytes = w.size() * spec_.pixel_pitch;
    const auto from = [&](std::size_t block, std::size_t line) {
      return s.address({segment.image, block, line, w.begin, 0});
    };
    const auto to = [&](std::size_t block, std::size_t line) {
      return buffer + block * spec_.plane_pitch + (line + shape_.pad - lines.begin) * spec_.line_pitch +
             (w.begin + shape_.pad - pixels.begin) * spec_.pixel_pitch;
    };
    for (std::size_t line = h.begin, end = line; line < h.end; line = end) {
      if (use(line) == kNever) {
        ++end;
        continue;
      }
      const std::size_t stage = work.stages.stage(use(line));
      while (end < h.end && use(end) != kNever && work.stages.stage(use(end)) == stage) ++end;
      TransferList& list = transfers.at(stage);
      // Whichever needs fewer transfers: all blocks of a line, or all lines of a block.
      if (end - line <= blocks.size()) {
        for (std::size_t l = line; l < end; ++l) {
          list.fetch(s.node, {from(blocks.begin, l), s.pitches[1]}, {to(blocks.begin, l), spec_.plane_pitch},
                     blocks.size(), bytes);
        }
      } else {
        for (std::size_t b = blocks.begin; b < blocks.end; ++b) {
          list.fetch(s.node, {from(b, line), s.pitches[2]}, {to(b, line), spec_.line_pitch}, end - line, bytes);
        }
      }
    }
  }
}

void ConvPlanner::gather_weights(Work& work, StagedTransfers& transfers) {
  const Range blocks = blocks_of(work.channels, layout_.side());
  const std::size_t line_rows = reduction_rows(shape_, layout_.side()) / gated_lines();
  work.weights = memory_.allocate(work.node, blocks.size() * spec_.weight_plane);
  for (std::size_t line = 0; line < gated_lines(); ++line) {
    TransferList& list = transfers.at(work.stages.stage(work.stages.time(0, line)));
    for (const std::size_t i : order_of(weights_, work.node)) {
      const Shard& s = weights_.shards[i];
      const Range rows = intersect(s.box[1], {line * line_rows, (line + 1) * line_rows});
      if (s.box[0] != blocks || rows.empty()) continue;
      list.fetch(s.node, {s.address({blocks.begin, rows.begin, 0}), s.pitches[0]},
                 {work.weights + rows.begin * layout_.pixel_bytes(), spec_.weight_plane}, blocks.size(),
                 rows.size() * layout_.pixel_bytes());
    }
  }
}

/// The tensor's shards, beginning with the node itself and going round, so that nodes do not all ask the same one
/// first.
std::vector<std::size_t> ConvPlanner::order_of(const Tensor& tensor, NodeId self) const {
  constexpr unsigned kCols = Mesh::kMaxSide, kNodes = kCols * kCols;
  const auto distance = [&](const Shard& s) {
    return (s.node.y * kCols + s.node.x + kNodes - (self.y * kCols + self.x)) % kNodes;
  };
  std::vector<std::size_t> order(tensor.shards.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return distance(tensor.shards[a]) < distance(tensor.shards[b]);
  });
  return order;
}

}  // namespace tatami
