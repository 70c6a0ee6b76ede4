// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/conv_planner.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/runtime/swizzle.hpp"
#include "sim/workloads/window.hpp"
#include "sim/workloads/words.hpp"

namespace tatami {
namespace {

// Guesses, for the expected cycles only.
constexpr std::uint64_t kBytesPerCycle = 48, kFirstArrival = 200;

}  // namespace

ConvPlanner::ConvPlanner(const Partition& partition, MemoryPlan& memory, const ConvShape& shape, const Tensor& input,
                         const Tensor& weights, Transposed transposed)
    : partition_(partition),
      config_(partition.config()),
      memory_(memory),
      shape_(shape),
      input_(input),
      weights_(weights),
      transposed_(transposed),
      layout_(config_, element_bytes(input.type)) {}

Launch ConvPlanner::plan(const std::string& op, const std::string& output_name, DataType output_type) {
  spec_ = {.kernel_height = shape_.kernel_height,
           .kernel_width = shape_.kernel_width,
           .channels = shape_.in_channels,
           .operands = input_.type,
           .left_transposed = transposed_.left,
           .right_transposed = transposed_.right,
           .pixel_pitch = layout_.pixel_bytes(),
           .row_stride = shape_.stride * layout_.pixel_bytes(),
           .output = output_type};
  std::vector<Work> all = distribute();
  sends_input_ = !find_in_place(all);
  choose_geometry(all);
  choose_blocks(all);
  spec_.output_plane = output_plane(all, output_type);
  output_ = partition_.place_output(memory_, output_name, shape_, output_type, line_pixels_, spec_.output_plane);
  const auto mark = memory_.mark();

  sends_weights_ =
      !std::all_of(all.begin(), all.end(), [this](const Work& work) { return weights_in_place(work).has_value(); });
  spec_.gated = sends_input_ || sends_weights_;
  const std::uint64_t weight_bytes = reduction_rows(shape_, layout_.side()) * layout_.pixel_bytes();
  spec_.weight_plane =
      sends_weights_ ? plane_pitch(weight_bytes, config_.sram_banks) : weights_.shards.front().pitches[0];
  place_buffers(all);

  std::set<BlockVariant> variants;
  for (const Work& work : all) {
    for (const Range& rows : work.blocking.row_groups) {
      for (const Range& cols : work.blocking.col_groups) variants.insert(variant(work, rows, cols));
    }
  }
  const ConvKernel kernel = make_conv_kernel(config_, spec_, variants);

  ConvTraffic traffic;
  const std::map<unsigned, Row> rows = this->rows(all);
  if (sends_input_) {
    for (const auto& [y, row] : rows) send_input(row, traffic);
  }
  if (sends_weights_) send_weights(all, traffic);

  Launch launch{.op = op, .shape = shape_, .output = output_};
  launch.macs = shape_.batch * shape_.out_height() * shape_.out_width() * shape_.out_channels * shape_.in_channels *
                shape_.kernel_height * shape_.kernel_width;
  launch.bytes_moved = traffic.bytes();
  launch.transfers = traffic.descriptors();
  auto work = all.cbegin();
  for (const NodeId position : partition_.mesh().nodes()) {
    const NodeId node = partition_.mesh().place(position);
    if (work != all.cend() && work->node == node) {
      launch.nodes.push_back(program(node, &*work, &rows.at(work->row), kernel, traffic));
      const std::uint64_t arrival =
          spec_.gated ? kFirstArrival + traffic.urgent_bytes(node) / kBytesPerCycle : std::uint64_t{0};
      launch.expected_cycles = std::max<std::uint64_t>(launch.expected_cycles, work->blocking.cycles + arrival);
      ++work;
    } else if (traffic.sends(node)) {
      launch.nodes.push_back(program(node, nullptr, nullptr, kernel, traffic));
    }
  }
  // The farthest from the host are started first: start packets do not meet what nodes that run already send.
  std::reverse(launch.nodes.begin(), launch.nodes.end());
  memory_.release(mark);
  return launch;
}

/// The nodes that have outputs to compute.
std::vector<ConvPlanner::Work> ConvPlanner::distribute() const {
  std::vector<Work> all;
  for (const NodeId node : partition_.mesh().nodes()) {
    Work work{.node = partition_.mesh().place(node),
              .row = node.y,
              .col = node.x,
              .segments = partition_.segments(shape_, node.y),
              .channels = partition_.channels(shape_, node.x),
              .blocking = {},
              .origins = {}};
    if (!work.segments.empty() && !work.channels.empty()) all.push_back(std::move(work));
  }
  return all;
}

/// Row tiles by lines or through them, whichever are fewer, and the pitches of the input's buffers: all have those that
/// the largest one needs. Where row tiles run through lines, the zeros before a line also close the line before it, as
/// pixels between lines are computed, too; elsewhere lines begin on a line of SRAM if that costs little.
void ConvPlanner::choose_geometry(const std::vector<Work>& all) {
  constexpr std::uint64_t kSramLine = 64, kMostPadding = 8;  // of a line's bytes, one in so many
  std::size_t lines = 0, pixels = 0;
  for (const Work& work : all) {
    for (const Segment& s : work.segments) {
      lines = std::max(lines, needed(s.lines, shape_.stride, shape_.kernel_height).size());
      pixels = std::max(pixels, needed(s.pixels, shape_.stride, shape_.kernel_width).size());
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
  shares_zeros_ = through_lines_ && shared > 0;
  const std::uint64_t line_bytes = (shares_zeros_ ? line_pixels : pixels) * spec_.pixel_pitch;
  const std::uint64_t aligned = round_up(line_bytes, kSramLine);
  spec_.line_pitch = !through_lines_ && (aligned - line_bytes) * kMostPadding <= line_bytes ? aligned : line_bytes;
  if (through_lines_) line_pixels_ = spec_.line_pitch / spec_.pixel_pitch;
  spec_.plane_pitch =
      plane_pitch(lines * spec_.line_pitch + (shares_zeros_ ? shared : 0) * spec_.pixel_pitch, config_.sram_banks);
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

void ConvPlanner::choose_blocks(std::vector<Work>& all) const {
  const std::size_t tap_steps = round_up(shape_.in_channels, config_.matrix_depth) / config_.matrix_depth;
  for (Work& work : all) {
    std::size_t row_tiles = 0;
    for (const Segment& s : work.segments) row_tiles += tiles(s).size();
    work.blocking = choose_blocking(config_, row_tiles, blocks_of(work.channels, layout_.side()).size(),
                                    shape_.kernel_height * shape_.kernel_width * tap_steps, spec_.output);
  }
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
  const Range lines = needed(segment.lines, shape_.stride, shape_.kernel_height);
  const Range pixels = needed(segment.pixels, shape_.stride, shape_.kernel_width);
  const Range real_lines = real_part(lines, shape_.pad, shape_.height);
  const Range real_pixels = real_part(pixels, shape_.pad, shape_.width);
  for (const Shard& s : input_.shards) {
    if (s.node != work.node || !s.box[0].contains(segment.image)) continue;
    if (intersect(s.box[2], real_lines) != real_lines || intersect(s.box[3], real_pixels) != real_pixels) continue;
    if (s.box[1] != Range{0, layout_.blocks(shape_.in_channels)}) continue;
    if (s.pitches[3] != spec_.pixel_pitch) continue;
    const std::uint64_t border = shape_.pad * (s.pitches[2] + s.pitches[3]);
    if (s.before < border || s.after < border) continue;
    if (spec_.plane_pitch == 0) spec_.line_pitch = s.pitches[2], spec_.plane_pitch = s.pitches[1];
    if ((lines.size() > 1 && spec_.line_pitch != s.pitches[2]) || spec_.plane_pitch != s.pitches[1]) continue;
    const auto steps = [this](std::size_t first, std::size_t box) {
      return static_cast<std::int64_t>(first) - static_cast<std::int64_t>(shape_.pad + box);
    };
    return s.base + static_cast<std::uint64_t>(steps(lines.begin, s.box[2].begin)) * s.pitches[2] +
           static_cast<std::uint64_t>(steps(pixels.begin, s.box[3].begin)) * s.pitches[3];
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

/// Where a row tile's input begins, relative to its segment's.
std::uint64_t ConvPlanner::input_offset(const Range& tile) const {
  if (transposed_.left) return tile.begin / layout_.side() * input_.shards.front().pitches[1];
  if (through_lines_) return tile.begin * spec_.row_stride;
  return tile.begin / line_pixels_ * shape_.stride * spec_.line_pitch + tile.begin % line_pixels_ * spec_.row_stride;
}

BlockVariant ConvPlanner::variant(const Work& work, const Range& rows, const Range& cols) const {
  const bool last = cols.end * config_.matrix_cols > work.channels.size();
  return {static_cast<unsigned>(rows.size()), static_cast<unsigned>(cols.size()),
          last && spec_.output == DataType::Bf16};
}

std::vector<KernelAbi::Block> ConvPlanner::blocks(const Work& work, const Row* row, const ConvKernel& kernel,
                                                  std::uint64_t code) const {
  struct RowTile {
    std::uint64_t input;
    std::uint64_t output;
  };
  std::vector<RowTile> row_tiles;
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    const Segment& s = work.segments[i];
    const auto shard = std::find_if(output_.shards.begin(), output_.shards.end(), [&](const Shard& candidate) {
      return candidate.node == work.node && candidate.box[0].contains(s.image) && candidate.box[2] == s.lines;
    });
    for (const Range& tile : tiles(s)) {
      row_tiles.push_back({work.origins[i] + input_offset(tile), shard->base + tile.begin * shard->pitches[3]});
    }
  }
  const std::vector<TileLines> lines = tile_lines(work);
  std::vector<KernelAbi::Block> result;
  for (const Range& rows : work.blocking.row_groups) {
    const std::vector<TileLines> read(lines.begin() + static_cast<std::ptrdiff_t>(rows.begin),
                                      lines.begin() + static_cast<std::ptrdiff_t>(rows.end));
    for (const Range& cols : work.blocking.col_groups) {
      KernelAbi::Block block;
      block.code = static_cast<std::uint32_t>(code + kernel.routines.at(variant(work, rows, cols)));
      const std::uint64_t column_tile = transposed_.right ? layout_.side() * layout_.pixel_bytes() : spec_.weight_plane;
      block.weights = static_cast<std::uint32_t>(work.weights + cols.begin * column_tile);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowTile& tile = row_tiles[rows.begin + i];
        block.input[i] = static_cast<std::uint32_t>(tile.input);
        block.output[i] = static_cast<std::uint32_t>(tile.output + cols.begin * spec_.output_plane);
      }
      for (std::size_t line = 0; spec_.gated && line < gated_lines(); ++line) {
        block.gates[line] = static_cast<std::uint8_t>(gates_before(*row, read, line));
      }
      result.push_back(block);
    }
  }
  return result;
}

/// The program of a node that computes `work` or, without it, only sends.
NodeProgram ConvPlanner::program(NodeId node, const Work* work, const Row* row, const ConvKernel& kernel,
                                 const ConvTraffic& traffic) {
  NodeProgram result{node, {}, 0};
  const auto place = [&](const std::vector<std::uint8_t>& bytes) {
    result.images.push_back({memory_.allocate(node, bytes.size()), bytes});
    return result.images.back().address;
  };
  result.entry = place(to_bytes(kernel.code));

  KernelAbi::Parameters parameters;
  std::vector<std::uint8_t> table, sends, gates;
  if (work != nullptr) {
    for (const KernelAbi::Block& block : blocks(*work, row, kernel, result.entry)) {
      append_words(table, std::array{block.code, block.weights});
      append_words(table, block.input);
      append_words(table, block.output);
      append_words(table, block.gates);
      table.resize(round_up(table.size(), KernelAbi::kBlockBytes));
    }
  }
  parameters.blocks = place(table);
  parameters.blocks_end = parameters.blocks + table.size();

  const ConvTraffic::Lists lists = traffic.lists(node);
  for (const std::vector<ConvTraffic::List>* part : {&lists.first, &lists.further}) {
    parameters.further_sends = sends.size();
    for (const ConvTraffic::List& list : *part) {
      SendList send{.sends = list.sends};
      send.address = memory_.allocate(node, send.most_descriptors() * SendList::kDescriptorBytes);
      send.length_address = memory_.allocate(node, sizeof(std::uint32_t));
      append_words(sends, std::array{static_cast<std::uint32_t>(send.address),
                                     static_cast<std::uint32_t>(send.length_address), list.semaphore, list.posts});
      result.lists.push_back(std::move(send));
    }
  }
  parameters.sends = place(sends);
  parameters.further_sends += parameters.sends;
  parameters.sends_end = parameters.sends + sends.size();

  for (std::size_t g = 0; row != nullptr && g < row->gates.size(); ++g) {
    append_words(gates, std::array{row->gates[g].semaphore, traffic.posts(node, row->gates[g].semaphore)});
    ++parameters.gate_count;
    if (row->gates[g].time == 0) ++parameters.first_gates;
  }
  parameters.gates = place(gates);
  result.images.push_back({KernelAbi::kParameters, header(parameters)});
  return result;
}

/// Parameters and mask.
std::vector<std::uint8_t> ConvPlanner::header(const KernelAbi::Parameters& p) const {
  std::vector<std::uint8_t> bytes;
  append_words(bytes, std::array{p.blocks, p.blocks_end, p.sends, p.further_sends, p.sends_end, p.gates, p.gate_count,
                                 p.first_gates});
  bytes.resize(KernelAbi::kMask);
  append_words(bytes, column_mask(config_, shape_.out_channels));
  bytes.resize(KernelAbi::kEnd);
  return bytes;
}

}  // namespace tatami
