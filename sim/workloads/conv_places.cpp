// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// How the tensors of a convolution lie in the nodes, and which output pixels make a row tile.
#include <algorithm>
#include <utility>

#include "sim/runtime/swizzle.hpp"
#include "sim/workloads/conv_planner.hpp"

namespace tatami {

Window ConvPlanner::input_lines(const Segment& segment) const {
  return Window::of(segment.lines, shape_.stride, shape_.kernel_height, shape_.pad, shape_.height);
}

Window ConvPlanner::input_pixels(const Segment& segment) const {
  return Window::of(segment.pixels, shape_.stride, shape_.kernel_width, shape_.pad, shape_.width);
}

/// Row tiles by lines or through them, whichever are fewer, and the pitches of the input's buffers: all have those that
/// the largest one needs. Where row tiles run through lines, the zeros before a line also close the line before it, as
/// pixels between lines are computed, too; elsewhere lines begin on a line of SRAM if that costs little.
void ConvPlanner::choose_geometry(const std::vector<Work>& all) {
  constexpr std::uint64_t kSramLine = 64, kMostPadding = 8;  // of a line's bytes, one in so many
  std::size_t lines = 0, pixels = 0;
  for (const Work& work : all) {
    for (const Segment& s : work.segments) {
      lines = std::max(lines, input_lines(s).padded.size());
      pixels = std::max(pixels, input_pixels(s).padded.size());
    }
  }
  const std::size_t shared = pixels == shape_.width + 2 * shape_.pad ? shape_.pad : 0;
  const std::size_t line_pixels =
      sends_input_ ? pixels - shared : static_cast<std::size_t>(spec_.line_pitch / spec_.pixel_pitch);

  line_pixels_ = round_up(shape_.out_width(), config_.matrix_rows);
  if (shape_.stride == 1 && shape_.out_height() > 1) {
    const std::size_t by_lines = count_tiles(all), by_lines_pixels = std::exchange(line_pixels_, line_pixels);
    through_lines_ = true;
    through_lines_ = count_tiles(all) < by_lines;
    if (!through_lines_) line_pixels_ = by_lines_pixels;
  }
  if (!sends_input_) return;
  const std::uint64_t line_bytes = (through_lines_ ? line_pixels : pixels) * spec_.pixel_pitch;
  const std::uint64_t aligned = round_up(line_bytes, kSramLine);
  spec_.line_pitch = !through_lines_ && (aligned - line_bytes) * kMostPadding <= line_bytes ? aligned : line_bytes;
  spec_.plane_pitch =
      plane_pitch(lines * spec_.line_pitch + (through_lines_ ? shared : 0) * spec_.pixel_pitch, config_.sram_banks);
}

std::size_t ConvPlanner::count_tiles(const std::vector<Work>& all) const {
  std::size_t sum = 0;
  for (const Work& work : all) {
    for (const Segment& s : work.segments) sum += tiles(s).size();
  }
  return sum;
}

/// The row tiles of a segment.
ConvPlanner::Tiles ConvPlanner::tiles(const Segment& segment) const {
  Tiles result;
  const std::size_t rows = config_.matrix_rows, width = segment.pixels.size();
  const auto cut = [&](std::size_t begin, std::size_t end) {
    for (std::size_t q = begin; q < end; q += rows) result.push_back({q, std::min(q + rows, end)});
  };
  if (through_lines_) {
    cut(0, (segment.lines.size() - 1) * line_pixels_ + width);
  } else {
    for (std::size_t p = 0; p < segment.lines.size(); ++p) cut(p * line_pixels_, p * line_pixels_ + width);
  }
  return result;
}

/// Where a row tile's input begins, relative to its segment's.
std::uint64_t ConvPlanner::input_offset(const Range& tile) const {
  if (transposed_.left) return tile.begin / layout_.side() * input_.shards.front().pitches[1];
  if (through_lines_) return tile.begin * spec_.row_stride;
  return tile.begin / line_pixels_ * shape_.stride * spec_.line_pitch + tile.begin % line_pixels_ * spec_.row_stride;
}

/// Bytes of a block of output channels: the largest segment's, to the end of its last row tile.
std::uint64_t ConvPlanner::output_plane(const std::vector<Work>& all, DataType type) const {
  std::size_t pixels = 0;
  for (const Work& work : all) {
    for (const Segment& s : work.segments) {
      pixels = std::max(pixels, round_up(tiles(s).back().begin + config_.matrix_rows, config_.matrix_rows));
    }
  }
  return plane_pitch(pixels * BlockedLayout(config_, element_bytes(type)).pixel_bytes(), config_.sram_banks);
}

/// The address of a segment's first tap in the tensor itself, if the node holds all that the segment needs at the
/// pitches that the other segments have.
std::optional<std::uint64_t> ConvPlanner::input_in_place(const Work& work, const Segment& segment) {
  if (transposed_.left) {
    const Shard& all = input_.shards.front();
    spec_.line_pitch = all.pitches[2];
    spec_.plane_pitch = layout_.side() * layout_.pixel_bytes();
    return all.base;
  }
  const Window lines = input_lines(segment), pixels = input_pixels(segment);
  for (const Shard& s : input_.shards) {
    if (s.node != work.node || !s.box[0].contains(segment.image)) continue;
    if (intersect(s.box[2], lines.real) != lines.real || intersect(s.box[3], pixels.real) != pixels.real) continue;
    if (s.box[1] != Range{0, layout_.blocks(shape_.in_channels)}) continue;
    if (s.pitches[3] != spec_.pixel_pitch) continue;
    const std::uint64_t border = shape_.pad * (s.pitches[2] + s.pitches[3]);
    if (s.before < border || s.after < border) continue;
    if (spec_.plane_pitch == 0) spec_.line_pitch = s.pitches[2], spec_.plane_pitch = s.pitches[1];
    if ((lines.padded.size() > 1 && spec_.line_pitch != s.pitches[2]) || spec_.plane_pitch != s.pitches[1]) continue;
    const auto steps = [this](std::size_t first, std::size_t box) {
      return static_cast<std::int64_t>(first) - static_cast<std::int64_t>(shape_.pad + box);
    };
    return s.base + static_cast<std::uint64_t>(steps(lines.padded.begin, s.box[2].begin)) * s.pitches[2] +
           static_cast<std::uint64_t>(steps(pixels.padded.begin, s.box[3].begin)) * s.pitches[3];
  }
  return std::nullopt;
}

/// Fills every segment's origin when all can read in place.
bool ConvPlanner::find_in_place(std::vector<Work>& all) {
  for (Work& work : all) {
    for (const Segment& segment : work.segments) {
      const auto origin = input_in_place(work, segment);
      if (!origin) return false;
      work.origins.push_back(*origin);
    }
  }
  return true;
}

std::optional<std::uint64_t> ConvPlanner::weights_in_place(const Work& work) const {
  if (transposed_.right) return weights_.shards.front().base;
  const Range rows{0, reduction_rows(shape_, layout_.side())}, blocks = blocks_of(work.channels, layout_.side());
  for (const Shard& s : weights_.shards) {
    if (s.node == work.node && s.box[0] == blocks && s.box[1] == rows) return s.base;
  }
  return std::nullopt;
}

/// Buffers lie at the same address on every node, so that one transfer can go to several.
void ConvPlanner::place_buffers(std::vector<Work>& all) {
  if (sends_input_) {
    std::size_t segments = 0;
    for (const Work& work : all) segments = std::max(segments, work.segments.size());
    const std::uint64_t bytes = layout_.blocks(shape_.in_channels) * spec_.plane_pitch;
    const std::uint64_t buffers = memory_.allocate_everywhere(segments * bytes);
    for (Work& work : all) {
      work.origins.clear();
      for (std::size_t i = 0; i < work.segments.size(); ++i) work.origins.push_back(buffers + i * bytes);
    }
  }
  std::size_t columns = 0;
  for (const Work& work : all) columns = std::max(columns, blocks_of(work.channels, layout_.side()).size());
  const std::uint64_t weights = sends_weights_ ? memory_.allocate_everywhere(columns * spec_.weight_plane) : 0;
  for (Work& work : all) {
    work.weights = sends_weights_ ? weights : *weights_in_place(work);
    reserve_overrun(work);
  }
}

/// Row tiles that stick out beyond their last pixel read past it.
void ConvPlanner::reserve_overrun(const Work& work) {
  const std::uint64_t last_plane = (layout_.blocks(shape_.in_channels) - 1) * spec_.plane_pitch;
  const std::uint64_t last_tap =
      (shape_.kernel_height - 1) * spec_.line_pitch + (shape_.kernel_width - 1) * spec_.pixel_pitch;
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const Range tile = tiles(work.segments[i]).back();
    memory_.touch(work.node, work.origins[i] + last_plane + last_tap + input_offset(tile) +
                                 config_.matrix_rows * spec_.row_stride);
  }
}

}  // namespace tatami
