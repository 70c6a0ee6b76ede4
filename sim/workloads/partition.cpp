// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/partition.hpp"

#include <algorithm>

#include "sim/runtime/blocked_layout.hpp"
#include "sim/runtime/swizzle.hpp"

namespace tatami {
namespace {

/// Runs of `lines`, counted over all images, that stay in one image.
std::vector<Segment> by_image(const Range& lines, std::size_t lines_per_image, const Range& pixels) {
  std::vector<Segment> result;
  for (std::size_t line = lines.begin; line < lines.end;) {
    const std::size_t image = line / lines_per_image, first = line % lines_per_image;
    const std::size_t count = std::min(lines.end - line, lines_per_image - first);
    if (!pixels.empty()) result.push_back({image, {first, first + count}, pixels});
    line += count;
  }
  return result;
}

/// Lines over the mesh rows, or the pixels of the only line in whole units.
std::vector<Segment> over_rows(std::size_t images, std::size_t lines, std::size_t pixels, std::size_t unit,
                               unsigned mesh_rows, unsigned y) {
  if (images * lines > 1) return by_image(split(images * lines, 1, mesh_rows, y), lines, {0, pixels});
  return by_image({0, 1}, 1, split(pixels, unit, mesh_rows, y));
}

}  // namespace

std::vector<Segment> Partition::segments(const ConvShape& shape, unsigned y) const {
  return over_rows(shape.batch, shape.out_height(), shape.out_width(), config_.matrix_rows, mesh_.rows, y);
}

Range Partition::channels(const ConvShape& shape, unsigned x) const {
  return split(shape.out_channels, config_.matrix_cols, mesh_.cols, x);
}

Tensor Partition::place_input(MemoryPlan& memory, const std::string& name, const ConvShape& shape,
                              DataType type) const {
  const BlockedLayout layout(config_, element_bytes(type));
  const std::size_t blocks = layout.blocks(shape.in_channels), side = layout.side();
  const std::size_t border = mesh_.size() == 1 ? shape.pad : 0;
  const auto segments_of = [&](unsigned y) {
    return over_rows(shape.batch, shape.height, shape.width, config_.matrix_rows, mesh_.rows, y);
  };
  // All lines have the pitch of the longest, those of the first mesh row.
  const std::uint64_t line = (segments_of(0).front().pixels.size() + border) * layout.pixel_bytes();
  const std::uint64_t around = border * line + border * layout.pixel_bytes();
  Tensor tensor{name, {shape.batch, blocks, shape.height, shape.width, side}, type, {}};
  for (const NodeId node : mesh_.nodes()) {
    const Range own = split(blocks, 1, mesh_.cols, node.x);
    if (own.empty()) continue;
    for (const Segment& s : segments_of(node.y)) {
      const std::uint64_t plane = plane_pitch(s.lines.size() * line + 2 * around, config_.sram_banks);
      const std::uint64_t base = memory.allocate(mesh_.place(node), own.size() * plane) + around;
      tensor.shards.push_back({mesh_.place(node),
                               {{s.image, s.image + 1}, own, s.lines, s.pixels, {0, side}},
                               base,
                               {own.size() * plane, plane, line, layout.pixel_bytes(), element_bytes(tensor.type)},
                               around,
                               plane - around - s.lines.size() * line});
    }
  }
  return tensor;
}

Tensor Partition::place_weights(MemoryPlan& memory, const std::string& name, const ConvShape& shape,
                                DataType type) const {
  const BlockedLayout layout(config_, element_bytes(type));
  const std::size_t side = layout.side(), all_rows = reduction_rows(shape, side);
  Tensor tensor{name, {layout.blocks(shape.out_channels), all_rows, side}, type, {}};
  for (const NodeId node : mesh_.nodes()) {
    const Range rows = split(all_rows, side, mesh_.rows, node.y);
    const Range blocks = blocks_of(channels(shape, node.x), side);
    if (rows.empty() || blocks.empty()) continue;
    const std::uint64_t plane = plane_pitch(rows.size() * layout.pixel_bytes(), config_.sram_banks);
    tensor.shards.push_back({mesh_.place(node),
                             {blocks, rows, {0, side}},
                             memory.allocate(mesh_.place(node), blocks.size() * plane),
                             {plane, layout.pixel_bytes(), element_bytes(tensor.type)}});
  }
  return tensor;
}

Tensor Partition::place_output(MemoryPlan& memory, const std::string& name, const ConvShape& shape, DataType type,
                               std::size_t line_pixels, std::uint64_t plane) const {
  const BlockedLayout layout(config_, element_bytes(type));
  const std::size_t side = layout.side();
  Tensor tensor{
      name, {shape.batch, layout.blocks(shape.out_channels), shape.out_height(), shape.out_width(), side}, type, {}};
  for (const NodeId node : mesh_.nodes()) {
    const Range blocks = blocks_of(channels(shape, node.x), side);
    if (blocks.empty()) continue;
    for (const Segment& s : segments(shape, node.y)) {
      tensor.shards.push_back({mesh_.place(node),
                               {{s.image, s.image + 1}, blocks, s.lines, s.pixels, {0, side}},
                               memory.allocate(mesh_.place(node), blocks.size() * plane),
                               {blocks.size() * plane, plane, line_pixels * layout.pixel_bytes(), layout.pixel_bytes(),
                                element_bytes(type)}});
    }
  }
  return tensor;
}

std::size_t reduction_rows(const ConvShape& shape, std::size_t side) {
  return shape.kernel_height * shape.kernel_width * round_up(shape.in_channels, side);
}

Range blocks_of(const Range& channels, std::size_t side) {
  return channels.empty() ? Range{} : Range{channels.begin / side, (channels.end + side - 1) / side};
}

Tensor flatten_pixels(const Tensor& tensor) {
  const std::size_t height = tensor.shape[2], width = tensor.shape[3];
  Tensor flat{tensor.name, {1, tensor.shape[1], 1, tensor.shape[0] * height * width, tensor.shape[4]}, tensor.type, {}};
  for (const Shard& s : tensor.shards) {
    for (std::size_t n = s.box[0].begin; n < s.box[0].end; ++n) {
      const bool one_run = s.box[3].size() == width && s.pitches[2] == width * s.pitches[3];
      const std::size_t lines_per_run = one_run ? s.box[2].size() : 1;
      for (std::size_t h = s.box[2].begin; h < s.box[2].end; h += lines_per_run) {
        const std::size_t first = (n * height + h) * width + s.box[3].begin;
        const std::size_t count = one_run ? lines_per_run * width : s.box[3].size();
        const std::uint64_t base = s.address({n, s.box[1].begin, h, s.box[3].begin, 0});
        flat.shards.push_back({s.node,
                               {{0, 1}, s.box[1], {0, 1}, {first, first + count}, s.box[4]},
                               base,
                               {s.pitches[0], s.pitches[1], count * s.pitches[3], s.pitches[3], s.pitches[4]}});
      }
    }
  }
  return flat;
}

}  // namespace tatami
