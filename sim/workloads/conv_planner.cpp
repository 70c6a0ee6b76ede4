// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/conv_planner.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/runtime/swizzle.hpp"

namespace tatami {
namespace {

constexpr std::size_t kChannelUnit = 4;
constexpr std::uint64_t kFetchBytesPerCycle = 32;  // a guess, for the expected cycles only

template <typename Word>
void append_words(std::vector<std::uint8_t>& bytes, const Word& words) {
  for (const auto word : words) {
    for (std::size_t b = 0; b < sizeof(word); ++b) bytes.push_back(static_cast<std::uint8_t>(word >> (8 * b)));
  }
}

/// Input lines, or pixels, that `out` outputs of a segment need, in padded coordinates.
Range needed(const Range& out, std::size_t stride, std::size_t kernel) {
  return {out.begin * stride, (out.end - 1) * stride + kernel};
}

/// The part of a padded range that is real, in coordinates of the tensor.
Range real_part(const Range& padded, std::size_t pad, std::size_t size) {
  const Range inside = intersect(padded, {pad, pad + size});
  return inside.empty() ? Range{} : Range{inside.begin - pad, inside.end - pad};
}

}  // namespace

ConvPlanner::ConvPlanner(const Partition& partition, MemoryPlan& memory, const ConvShape& shape, const Tensor& input,
                         const Tensor& weights)
    : partition_(partition),
      config_(partition.config()),
      memory_(memory),
      shape_(shape),
      input_(input),
      weights_(weights) {}

Launch ConvPlanner::plan(const std::string& op, const std::string& output_name, DataType output_type) {
  output_ = partition_.place_output(memory_, output_name, shape_, output_type);
  const auto mark = memory_.mark();
  spec_ = {.kernel_height = shape_.kernel_height,
           .kernel_width = shape_.kernel_width,
           .channel_steps = round_up(shape_.in_channels, kChannelUnit) / kChannelUnit,
           .weight_pitch = partition_.weight_pitch(shape_),
           .output_pitch = partition_.output_pitch(shape_, output_type),
           .output = output_type};

  std::vector<Work> all = distribute(output_type);
  gathers_input_ = !find_in_place(all);
  if (gathers_input_) {
    const std::size_t widest =
        needed({0, partition_.segments(shape_, 0)[0].pixels.size()}, shape_.stride, shape_.kernel_width).size();
    spec_.pixel_pitch =
        gather_pitch(spec_.channel_steps * kChannelUnit * 2, 8, config_.simd_bytes / 8, 1, shape_.stride);
    spec_.line_pitch = widest * spec_.pixel_pitch;
  }
  spec_.row_pitch = shape_.stride * spec_.pixel_pitch;
  gathers_weights_ =
      !std::all_of(all.begin(), all.end(), [this](const Work& work) { return weights_in_place(work).has_value(); });

  std::set<BlockVariant> variants;
  for (const Work& work : all) {
    for (const Range& rows : work.blocking.row_groups) {
      for (const Range& cols : work.blocking.col_groups) variants.insert(variant(work, rows, cols));
    }
  }
  const ConvKernel kernel = make_conv_kernel(config_, spec_, variants);

  Launch launch{.op = op, .shape = shape_, .output = output_};
  launch.macs = shape_.batch * shape_.out_height() * shape_.out_width() * shape_.out_channels * shape_.in_channels *
                shape_.kernel_height * shape_.kernel_width;
  for (Work& work : all) {
    TransferList transfers(work.node, KernelAbi::kDataSemaphore);
    if (gathers_input_) gather_input(work, transfers);
    if (gathers_weights_) {
      gather_weights(work, transfers);
    } else {
      work.weights = *weights_in_place(work);
    }
    reserve_overrun(work);
    launch.nodes.push_back(program(work, kernel, transfers));
    launch.bytes_moved += transfers.bytes();
    launch.transfers += transfers.descriptors().size();
    const std::uint64_t fetch_cycles = transfers.bytes() / kFetchBytesPerCycle;
    launch.expected_cycles = std::max<std::uint64_t>(launch.expected_cycles, work.blocking.cycles + fetch_cycles);
  }
  memory_.release(mark);
  return launch;
}

/// The nodes that have outputs to compute.
std::vector<ConvPlanner::Work> ConvPlanner::distribute(DataType output_type) const {
  std::vector<Work> all;
  const std::size_t steps = shape_.kernel_height * shape_.kernel_width * spec_.channel_steps;
  for (const NodeId node : partition_.mesh().nodes()) {
    Work work{node, partition_.segments(shape_, node.y), partition_.channels(shape_, node.x), {}, {}, 0};
    if (work.segments.empty() || work.channels.empty()) continue;
    std::size_t row_tiles = 0;
    for (const Segment& s : work.segments) {
      row_tiles += s.lines.size() * round_up(s.pixels.size(), config_.matrix_rows) / config_.matrix_rows;
    }
    const std::size_t col_tiles = round_up(work.channels.size(), config_.matrix_cols) / config_.matrix_cols;
    work.blocking = choose_blocking(config_, row_tiles, col_tiles, steps, output_type);
    all.push_back(std::move(work));
  }
  return all;
}

/// The address of a segment's first tap in the tensor itself, if the node holds all that the segment needs at the
/// pitches that the other segments have.
std::optional<std::uint64_t> ConvPlanner::input_in_place(const Work& work, const Segment& segment) {
  if (shape_.pad > 0) return std::nullopt;
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  for (const Shard& s : input_.shards) {
    if (s.node != work.node || !s.box[0].contains(segment.image)) continue;
    if (intersect(s.box[1], lines) != lines || intersect(s.box[2], pixels) != pixels) continue;
    if (s.box[3] != Range{0, shape_.in_channels}) continue;
    if (spec_.pixel_pitch == 0) spec_.pixel_pitch = s.pitches[2], spec_.line_pitch = s.pitches[1];
    if (spec_.pixel_pitch != s.pitches[2] || (lines.size() > 1 && spec_.line_pitch != s.pitches[1])) continue;
    return s.address({segment.image, lines.begin, pixels.begin, 0});
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
  for (const Shard& s : weights_.shards) {
    if (s.node == work.node && s.box[0] == Range{0, reduction_rows(shape_)} && s.box[1] == work.channels) return s.base;
  }
  return std::nullopt;
}

void ConvPlanner::gather_input(Work& work, TransferList& transfers) {
  work.origins.clear();
  for (const Segment& segment : work.segments) {
    const std::size_t lines = needed(segment.lines, shape_.stride, shape_.kernel_height).size();
    const std::uint64_t buffer = memory_.allocate(work.node, lines * spec_.line_pitch);
    work.origins.push_back(buffer);
    gather_segment(work, segment, buffer, transfers);
  }
}

/// Zeros above, below, left and right of the image; the image from the nodes that hold it.
void ConvPlanner::gather_segment(const Work& work, const Segment& segment, std::uint64_t buffer,
                                 TransferList& transfers) const {
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  const Range real_lines = real_part(lines, shape_.pad, shape_.height);
  const Range real_pixels = real_part(pixels, shape_.pad, shape_.width);
  const auto at = [&](std::size_t line, std::size_t pixel) {  // padded coordinates
    return buffer + (line - lines.begin) * spec_.line_pitch + (pixel - pixels.begin) * spec_.pixel_pitch;
  };
  if (real_lines.empty() || real_pixels.empty()) {
    transfers.zero({buffer, spec_.line_pitch}, lines.size(), pixels.size() * spec_.pixel_pitch);
    return;
  }
  const Range inner_lines{real_lines.begin + shape_.pad, real_lines.end + shape_.pad};
  const Range inner_pixels{real_pixels.begin + shape_.pad, real_pixels.end + shape_.pad};
  const auto zero = [&](const Range& rows, const Range& columns) {
    if (rows.empty() || columns.empty()) return;
    transfers.zero({at(rows.begin, columns.begin), spec_.line_pitch}, rows.size(), columns.size() * spec_.pixel_pitch);
  };
  zero({lines.begin, inner_lines.begin}, pixels);
  zero({inner_lines.end, lines.end}, pixels);
  zero(inner_lines, {pixels.begin, inner_pixels.begin});
  zero(inner_lines, {inner_pixels.end, pixels.end});

  for (const std::size_t i : order_of(input_, work.node)) {
    const Shard& s = input_.shards[i];
    if (!s.box[0].contains(segment.image)) continue;
    const Range h = intersect(s.box[1], real_lines), w = intersect(s.box[2], real_pixels);
    const std::size_t channel_bytes = round_up(s.box[3].size(), kChannelUnit) * 2;
    for (std::size_t line = h.begin; line < h.end && !w.empty(); ++line) {
      const Rows from{s.address({segment.image, line, w.begin, s.box[3].begin}), s.pitches[2]};
      const Rows to{at(line + shape_.pad, w.begin + shape_.pad) + s.box[3].begin * 2, spec_.pixel_pitch};
      transfers.fetch(s.node, from, to, w.size(), channel_bytes);
    }
  }
}

void ConvPlanner::gather_weights(Work& work, TransferList& transfers) {
  const std::uint64_t pitch = spec_.weight_pitch;
  const std::uint64_t row_bytes = round_up(work.channels.size(), config_.matrix_cols) * 2;
  work.weights = memory_.allocate(work.node, reduction_rows(shape_) * pitch);
  for (const std::size_t i : order_of(weights_, work.node)) {
    const Shard& s = weights_.shards[i];
    if (s.box[1] != work.channels) continue;
    transfers.fetch(s.node, {s.base, pitch}, {work.weights + s.box[0].begin * pitch, pitch}, s.box[0].size(),
                    row_bytes);
  }
}

/// Row tiles that stick out beyond a line read past its last pixel.
void ConvPlanner::reserve_overrun(const Work& work) {
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const Segment& s = work.segments[i];
    const std::size_t lines = needed(s.lines, shape_.stride, shape_.kernel_height).size();
    const Range out{0, round_up(s.pixels.size(), config_.matrix_rows)};
    const std::size_t pixels = needed(out, shape_.stride, shape_.kernel_width).size();
    memory_.touch(work.node, work.origins[i] + (lines - 1) * spec_.line_pitch + pixels * spec_.pixel_pitch);
  }
}

BlockVariant ConvPlanner::variant(const Work& work, const Range& rows, const Range& cols) const {
  const bool last = cols.end * config_.matrix_cols > work.channels.size();
  return {static_cast<unsigned>(rows.size()), static_cast<unsigned>(cols.size()),
          last && spec_.output == DataType::Bf16};
}

std::vector<KernelAbi::Block> ConvPlanner::blocks(const Work& work, const ConvKernel& kernel,
                                                  std::uint64_t code) const {
  struct RowTile {
    std::uint64_t input;
    std::uint64_t output;
  };
  std::vector<RowTile> tiles;
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const Segment& s = work.segments[i];
    const auto shard = std::find_if(output_.shards.begin(), output_.shards.end(), [&](const Shard& candidate) {
      return candidate.node == work.node && candidate.box[0].contains(s.image) && candidate.box[1] == s.lines;
    });
    for (std::size_t p = s.lines.begin; p < s.lines.end; ++p) {
      for (std::size_t q = s.pixels.begin; q < s.pixels.end; q += config_.matrix_rows) {
        tiles.push_back({work.origins[i] + (p - s.lines.begin) * shape_.stride * spec_.line_pitch +
                             (q - s.pixels.begin) * spec_.row_pitch,
                         shard->address({s.image, p, q, work.channels.begin})});
      }
    }
  }
  std::vector<KernelAbi::Block> result;
  for (const Range& rows : work.blocking.row_groups) {
    for (const Range& cols : work.blocking.col_groups) {
      const std::uint64_t column = cols.begin * config_.matrix_cols;
      KernelAbi::Block block;
      block.code = static_cast<std::uint32_t>(code + kernel.routines.at(variant(work, rows, cols)));
      block.weights = static_cast<std::uint32_t>(work.weights + column * 2);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowTile& tile = tiles[rows.begin + i];
        block.input[i] = static_cast<std::uint32_t>(tile.input);
        block.output[i] = static_cast<std::uint32_t>(tile.output + column * element_bytes(spec_.output));
      }
      result.push_back(block);
    }
  }
  return result;
}

NodeProgram ConvPlanner::program(Work& work, const ConvKernel& kernel, TransferList& transfers) {
  NodeProgram result{work.node, {}};
  const auto place = [&](const std::vector<std::uint8_t>& bytes) {
    result.images.push_back({memory_.allocate(work.node, bytes.size()), bytes});
    return result.images.back().address;
  };
  KernelAbi::Parameters parameters;
  std::vector<std::uint8_t> code, descriptors, table;
  append_words(code, kernel.code);
  parameters.code = place(code);
  for (const noc::Descriptor& d : transfers.descriptors()) append_words(descriptors, d.pack());
  parameters.transfers = transfers.descriptors().size();
  parameters.descriptors = descriptors.empty() ? 0 : place(descriptors);
  const std::vector<KernelAbi::Block> rows = blocks(work, kernel, parameters.code);
  for (const KernelAbi::Block& row : rows) {
    append_words(table, std::array{row.code, row.weights});
    append_words(table, row.input);
    append_words(table, row.output);
  }
  parameters.blocks = place(table);
  parameters.blocks_end = parameters.blocks + table.size();
  parameters.helpers = std::min<std::uint64_t>(config_.threads, rows.size()) - 1;
  result.images.push_back({KernelAbi::kEntry, header(kernel, parameters)});
  return result;
}

/// Entry stub, parameters and mask.
std::vector<std::uint8_t> ConvPlanner::header(const ConvKernel& kernel, const KernelAbi::Parameters& p) const {
  std::vector<std::uint8_t> bytes;
  append_words(bytes, kernel.stub);
  bytes.resize(KernelAbi::kParameters);
  append_words(bytes, std::array{p.code, p.descriptors, p.transfers, p.blocks, p.blocks_end, p.helpers});
  bytes.resize(KernelAbi::kMask);
  const std::size_t lanes = config_.simd_bytes / 2, cols = config_.matrix_cols;
  const std::size_t real = (shape_.out_channels - 1) % cols + 1;
  std::vector<std::uint16_t> mask(lanes);
  for (std::size_t i = 0; i < lanes; ++i) mask[i] = i % cols < real ? 0xffff : 0;
  append_words(bytes, mask);
  bytes.resize(KernelAbi::kEnd);
  return bytes;
}

/// The tensor's shards, beginning with the node itself and going round, so that nodes do not all ask the same one
/// first.
std::vector<std::size_t> ConvPlanner::order_of(const Tensor& tensor, NodeId self) const {
  const unsigned nodes = partition_.mesh().size(), cols = partition_.mesh().cols;
  const auto distance = [&](const Shard& s) {
    return (s.node.y * cols + s.node.x + nodes - (self.y * cols + self.x)) % nodes;
  };
  std::vector<std::size_t> order(tensor.shards.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return distance(tensor.shards[a]) < distance(tensor.shards[b]);
  });
  return order;
}

}  // namespace tatami
