// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/partition.hpp"

#include <algorithm>

#include "sim/runtime/swizzle.hpp"

namespace tatami {
namespace {

constexpr std::size_t kChannelUnit = 4;  // a matrix step's depth, and the granularity of transfers
constexpr std::size_t kPaddedLanes = 8;  // innermost rows of resident tensors are padded to it

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

std::size_t Partition::widest_channels(const ConvShape& shape) const {
  return round_up(round_up(channels(shape, 0).size(), config_.matrix_cols), kPaddedLanes);
}

std::uint64_t Partition::weight_pitch(const ConvShape& shape) const {
  const unsigned words = config_.simd_bytes / 4 / 8;
  return gather_pitch(widest_channels(shape) * 2, kPaddedLanes * 2, 4, words);
}

std::uint64_t Partition::output_pitch(const ConvShape& shape, DataType type) const {
  const std::uint64_t bytes = widest_channels(shape) * element_bytes(type);
  const std::uint64_t unit = kPaddedLanes * element_bytes(type);
  // What the next layer reads in place, or what is stored: the first counts more.
  if (type == DataType::Bf16) return gather_pitch(bytes, unit, config_.simd_bytes / 8, 1);
  return gather_pitch(bytes, unit, 2, config_.simd_bytes / 2 / 8);
}

Tensor Partition::place_input(MemoryPlan& memory, const std::string& name, const ConvShape& shape) const {
  Tensor tensor{name, {shape.batch, shape.height, shape.width, shape.in_channels}, DataType::Bf16, {}};
  for (const NodeId node : mesh_.nodes()) {
    const Range channels = split(shape.in_channels, kChannelUnit, mesh_.cols, node.x);
    if (channels.empty()) continue;
    const std::uint64_t pixel_pitch =
        gather_pitch(channels.size() * 2, kPaddedLanes * 2, config_.simd_bytes / 8, 1, shape.stride);
    for (const Segment& s :
         over_rows(shape.batch, shape.height, shape.width, config_.matrix_rows, mesh_.rows, node.y)) {
      const std::uint64_t line_pitch = s.pixels.size() * pixel_pitch;
      const std::uint64_t base = memory.allocate(node, s.lines.size() * line_pitch);
      tensor.shards.push_back({node,
                               {{s.image, s.image + 1}, s.lines, s.pixels, channels},
                               base,
                               {s.lines.size() * line_pitch, line_pitch, pixel_pitch, 2}});
    }
  }
  return tensor;
}

Tensor Partition::place_weights(MemoryPlan& memory, const std::string& name, const ConvShape& shape) const {
  Tensor tensor{name, {reduction_rows(shape), shape.out_channels}, DataType::Bf16, {}};
  const std::uint64_t pitch = weight_pitch(shape);
  for (const NodeId node : mesh_.nodes()) {
    const Range rows = split(reduction_rows(shape), kChannelUnit, mesh_.rows, node.y);
    const Range columns = channels(shape, node.x);
    if (rows.empty() || columns.empty()) continue;
    tensor.shards.push_back({node, {rows, columns}, memory.allocate(node, rows.size() * pitch), {pitch, 2}});
  }
  return tensor;
}

Tensor Partition::place_output(MemoryPlan& memory, const std::string& name, const ConvShape& shape,
                               DataType type) const {
  Tensor tensor{name, {shape.batch, shape.out_height(), shape.out_width(), shape.out_channels}, type, {}};
  const std::uint64_t pixel_pitch = output_pitch(shape, type);
  for (const NodeId node : mesh_.nodes()) {
    const Range columns = channels(shape, node.x);
    if (columns.empty()) continue;
    for (const Segment& s : segments(shape, node.y)) {
      // A row tile is stored whole, so that a line ends on a tile's edge.
      const std::uint64_t line_pitch = round_up(s.pixels.size(), config_.matrix_rows) * pixel_pitch;
      const std::uint64_t base = memory.allocate(node, s.lines.size() * line_pitch);
      tensor.shards.push_back({node,
                               {{s.image, s.image + 1}, s.lines, s.pixels, columns},
                               base,
                               {s.lines.size() * line_pitch, line_pitch, pixel_pitch, element_bytes(type)}});
    }
  }
  return tensor;
}

std::size_t reduction_rows(const ConvShape& shape) {
  return shape.kernel_height * shape.kernel_width * round_up(shape.in_channels, kChannelUnit);
}

Tensor flatten_pixels(const Tensor& tensor) {
  const std::size_t height = tensor.shape[1], width = tensor.shape[2], channels = tensor.shape[3];
  Tensor flat{tensor.name, {1, 1, tensor.shape[0] * height * width, channels}, tensor.type, {}};
  for (const Shard& s : tensor.shards) {
    for (std::size_t n = s.box[0].begin; n < s.box[0].end; ++n) {
      const bool one_run = s.box[2].size() == width && s.pitches[1] == width * s.pitches[2];
      const std::size_t lines_per_run = one_run ? s.box[1].size() : 1;
      for (std::size_t h = s.box[1].begin; h < s.box[1].end; h += lines_per_run) {
        const std::size_t first = (n * height + h) * width + s.box[2].begin;
        const std::size_t count = one_run ? lines_per_run * width : s.box[2].size();
        const std::uint64_t base = s.address({n, h, s.box[2].begin, s.box[3].begin});
        flat.shards.push_back({s.node,
                               {{0, 1}, {0, 1}, {first, first + count}, s.box[3]},
                               base,
                               {count * s.pitches[2], count * s.pitches[2], s.pitches[2], s.pitches[3]}});
      }
    }
  }
  return flat;
}

}  // namespace tatami
