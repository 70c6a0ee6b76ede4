// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/conv_planner.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "sim/runtime/error.hpp"
#include "sim/runtime/swizzle.hpp"
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
  if (spec_.gated && config_.semaphores < KernelAbi::kFirstGate + 2) {
    throw InputError("a convolution on several nodes needs a configuration with 5 semaphores");
  }
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
  const std::map<unsigned, Row> by_row = mesh_rows(all);
  for (const auto& [y, row] : by_row) {
    const std::size_t segments = sends_input_ ? row.works.front()->segments.size() : 0;
    for (std::size_t i = 0; i < segments; ++i) send_segment(row, i, traffic);
  }
  if (sends_weights_) send_weights(all, by_row.begin()->second.stages, traffic);

  Launch launch{.op = op, .shape = shape_, .output = output_};
  launch.macs = shape_.batch * shape_.out_height() * shape_.out_width() * shape_.out_channels * shape_.in_channels *
                shape_.kernel_height * shape_.kernel_width;
  launch.bytes_moved = traffic.bytes();
  launch.transfers = traffic.descriptors();
  auto work = all.cbegin();
  for (const NodeId position : partition_.mesh().nodes()) {
    const NodeId node = partition_.mesh().place(position);
    if (work != all.cend() && work->node == node) {
      launch.nodes.push_back(program(node, &*work, &by_row.at(work->row), kernel, traffic));
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

void ConvPlanner::choose_blocks(std::vector<Work>& all) const {
  const std::size_t tap_steps = round_up(shape_.in_channels, config_.matrix_depth) / config_.matrix_depth;
  for (Work& work : all) {
    std::size_t row_tiles = 0;
    for (const Segment& s : work.segments) row_tiles += tiles(s).size();
    work.blocking = choose_blocking(config_, row_tiles, blocks_of(work.channels, layout_.side()).size(),
                                    shape_.kernel_height * shape_.kernel_width * tap_steps, spec_.output);
  }
}

BlockVariant ConvPlanner::variant(const Work& work, const Range& rows, const Range& cols) const {
  const bool last = cols.end * config_.matrix_cols > work.channels.size();
  return {static_cast<unsigned>(rows.size()), static_cast<unsigned>(cols.size()),
          last && spec_.output == DataType::Bf16};
}

std::vector<KernelAbi::Block> ConvPlanner::blocks(const Work& work, const Row& row, const ConvKernel& kernel,
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
        block.gates[line] = static_cast<std::uint8_t>(gates_before(row, read, line));
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
    for (const KernelAbi::Block& block : blocks(*work, *row, kernel, result.entry)) {
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
      SendList send = place_list(memory_, node, list.sends);
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
