// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the nodes of a convolution fetch before they compute.
#include <algorithm>
#include <numeric>

#include "sim/workloads/conv_planner.hpp"
#include "sim/workloads/window.hpp"

namespace tatami {

void ConvPlanner::gather_input(Work& work, TransferList& transfers) {
  work.origins.clear();
  for (const Segment& segment : work.segments) {
    const std::size_t blocks = layout_.blocks(shape_.in_channels);
    const std::uint64_t buffer = memory_.allocate(work.node, blocks * spec_.plane_pitch);
    work.origins.push_back(buffer);
    if (shape_.pad > 0) zero_around(segment, buffer, transfers);
    gather_segment(work, segment, buffer, transfers);
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

/// The image's part of a segment's buffer, from the nodes that hold it.
void ConvPlanner::gather_segment(const Work& work, const Segment& segment, std::uint64_t buffer,
                                 TransferList& transfers) const {
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  const Range real_lines = real_part(lines, shape_.pad, shape_.height);
  const Range real_pixels = real_part(pixels, shape_.pad, shape_.width);
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
    // Whichever needs fewer transfers: all blocks of a line, or all lines of a block.
    if (h.size() <= blocks.size()) {
      for (std::size_t line = h.begin; line < h.end; ++line) {
        transfers.fetch(s.node, {from(blocks.begin, line), s.pitches[1]}, {to(blocks.begin, line), spec_.plane_pitch},
                        blocks.size(), bytes);
      }
    } else {
      for (std::size_t b = blocks.begin; b < blocks.end; ++b) {
        transfers.fetch(s.node, {from(b, h.begin), s.pitches[2]}, {to(b, h.begin), spec_.line_pitch}, h.size(), bytes);
      }
    }
  }
}

void ConvPlanner::gather_weights(Work& work, TransferList& transfers) {
  const Range blocks = blocks_of(work.channels, layout_.side());
  work.weights = memory_.allocate(work.node, blocks.size() * spec_.weight_plane);
  for (const std::size_t i : order_of(weights_, work.node)) {
    const Shard& s = weights_.shards[i];
    if (s.box[0] != blocks) continue;
    transfers.fetch(s.node, {s.base, s.pitches[0]},
                    {work.weights + s.box[1].begin * layout_.pixel_bytes(), spec_.weight_plane}, blocks.size(),
                    s.box[1].size() * layout_.pixel_bytes());
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
