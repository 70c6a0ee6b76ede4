// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the nodes of a convolution send to each other, and for what their threads wait (docs/operators.md).
#include <algorithm>
#include <limits>

#include "sim/runtime/error.hpp"
#include "sim/workloads/conv_planner.hpp"

namespace tatami {
namespace {

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

}  // namespace

std::vector<NodeId> ConvPlanner::Row::nodes() const {
  std::vector<NodeId> result;
  for (const Work* work : works) result.push_back(work->node);
  return result;
}

/// Lines of the filter before which a thread may wait for data: all, if there are gates for them and one for the input.
std::size_t ConvPlanner::gated_lines() const {
  const std::size_t gates = config_.semaphores - KernelAbi::kFirstGate;
  return shape_.kernel_height < std::min(gates, KernelAbi::kMaxGatedLines + 1) ? shape_.kernel_height : 1;
}

unsigned ConvPlanner::weights_gate(std::size_t line) const {
  return KernelAbi::kFirstGate + static_cast<unsigned>(line);
}

/// Behind those of the weights.
unsigned ConvPlanner::input_gate(std::size_t stage) const {
  return KernelAbi::kFirstGate + static_cast<unsigned>((sends_weights_ ? gated_lines() : 0) + stage);
}

/// The rows of the mesh, by their numbers.
std::map<unsigned, ConvPlanner::Row> ConvPlanner::mesh_rows(const std::vector<Work>& all) const {
  std::map<unsigned, Row> result;
  for (const Work& work : all) {
    const auto [row, added] = result.try_emplace(
        work.row, Row{{}, {}, {config_.threads, gated_lines(), config_.semaphores - input_gate(0)}, {}});
    row->second.works.push_back(&work);
  }
  for (auto& [y, row] : result) {
    find_first_uses(row);
    choose_gates(row);
  }
  return result;
}

/// The output lines of a node's row tiles.
std::vector<ConvPlanner::TileLines> ConvPlanner::tile_lines(const Work& work) const {
  std::vector<TileLines> result;
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    for (const Range& tile : tiles(work.segments[i])) {
      // The last tile may stick out beyond the lines; what it reads there counts for nothing.
      const std::size_t end = std::min((tile.end - 1) / line_pixels_ + 1, work.segments[i].lines.size());
      result.push_back({i, {tile.begin / line_pixels_, end}});
    }
  }
  return result;
}

/// When the blocks come to each input line.
void ConvPlanner::find_first_uses(Row& row) const {
  const Work& work = *row.works.front();
  for (const Segment& s : work.segments) {
    row.first_use.emplace_back(input_lines(s).padded.size(), kNever);
  }
  const std::vector<TileLines> read = tile_lines(work);
  std::size_t block = 0;
  for (const Range& rows : work.blocking.row_groups) {
    // The first block of the group comes first.
    for (std::size_t line = 0; line < shape_.kernel_height; ++line) {
      const std::size_t time = row.stages.time(block, std::min(line, gated_lines() - 1));
      for (std::size_t i = rows.begin; i < rows.end; ++i) {
        for (std::size_t p = read[i].lines.begin; p < read[i].lines.end; ++p) {
          std::size_t& first = row.first_use[read[i].segment][p * shape_.stride + line];
          first = std::min(first, time);
        }
      }
    }
    block += work.blocking.col_groups.size();
  }
  // Zeros above and below an image come with its first and its last line.
  for (std::size_t i = 0; i < work.segments.size(); ++i) {
    std::vector<std::size_t>& first = row.first_use[i];
    const Window lines = input_lines(work.segments[i]);
    if (lines.real.empty()) continue;
    const std::size_t top = lines.place(lines.real.begin), bottom = lines.place(lines.real.end - 1);
    first[top] = *std::min_element(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(top) + 1);
    first[bottom] = *std::min_element(first.begin() + static_cast<std::ptrdiff_t>(bottom), first.end());
  }
}

/// The gates of a row's nodes in the order of need.
void ConvPlanner::choose_gates(Row& row) const {
  row.stages.add(0);
  for (const std::vector<std::size_t>& lines : row.first_use) {
    for (const std::size_t time : lines) {
      if (time != kNever) row.stages.add(time);
    }
  }
  for (std::size_t stage = 0; sends_input_ && stage < row.stages.count(); ++stage) {
    row.gates.push_back({row.stages.first_time(stage), input_gate(stage)});
  }
  for (std::size_t line = 0; sends_weights_ && line < gated_lines(); ++line) {
    row.gates.push_back({row.stages.time(0, line), weights_gate(line)});
  }
  std::ranges::stable_sort(row.gates, {}, &Gate::time);
}

/// How many gates a thread passes before a line of the filter reads these row tiles, behind those of earlier lines.
std::size_t ConvPlanner::gates_before(const Row& row, const std::vector<TileLines>& read, std::size_t line) const {
  std::size_t count = 0;
  const auto pass = [&](unsigned semaphore) {
    const auto gate = std::ranges::find(row.gates, semaphore, &Gate::semaphore);
    count = std::max(count, static_cast<std::size_t>(gate - row.gates.begin()) + 1);
  };
  if (sends_weights_) pass(weights_gate(line));
  if (!sends_input_) return count;
  const Range lines = gated_lines() == 1 ? Range{0, shape_.kernel_height} : Range{line, line + 1};
  for (const TileLines& tile : read) {
    for (std::size_t p = tile.lines.begin; p < tile.lines.end; ++p) {
      for (std::size_t r = lines.begin; r < lines.end; ++r) {
        pass(input_gate(row.stages.stage(row.first_use[tile.segment][p * shape_.stride + r])));
      }
    }
  }
  return count;
}

/// What a mesh row needs of the input.
void ConvPlanner::send_segment(const Row& row, std::size_t number, ConvTraffic& traffic) const {
  const Segment& segment = row.works.front()->segments[number];
  if (input_lines(segment).real.empty() || input_pixels(segment).real.empty()) {
    const noc::Descriptor zeros{.dst = row.works.front()->origins[number],
                                .row_bytes = static_cast<std::uint32_t>(spec_.plane_pitch),
                                .rows = static_cast<std::uint32_t>(layout_.blocks(shape_.in_channels)),
                                .dst_pitch = static_cast<std::int32_t>(spec_.plane_pitch),
                                .kind = noc::Kind::Zero};
    for (const NodeId node : row.nodes()) send({node}, node, zeros, {row.stages.first_time(0), input_gate(0)}, traffic);
    return;
  }
  for (const Shard& shard : input_.shards) {
    if (shard.box[0].contains(segment.image)) send_shard(row, number, shard, traffic);
  }
}

/// What a segment needs of a shard: runs of lines that belong to a stage, block by block, with the zeros around them.
void ConvPlanner::send_shard(const Row& row, std::size_t number, const Shard& shard, ConvTraffic& traffic) const {
  const Segment& segment = row.works.front()->segments[number];
  const Window lines = input_lines(segment), pixels = input_pixels(segment);
  const Range h = intersect(shard.box[2], lines.real), w = intersect(shard.box[3], pixels.real);
  if (h.empty() || w.empty()) return;

  const std::size_t left = pixels.before(w), right = pixels.behind(w);
  const auto pad_bytes = [this](std::size_t pixels_of_zeros) {
    const std::uint64_t bytes = pixels_of_zeros * spec_.pixel_pitch;
    if (bytes > std::numeric_limits<std::uint16_t>::max()) {
      throw InputError("the padding is wider than a transfer can add");
    }
    return static_cast<std::uint16_t>(bytes);
  };
  noc::Descriptor box{.row_bytes = static_cast<std::uint32_t>((left + w.size() + right) * spec_.pixel_pitch),
                      .dst_pitch = static_cast<std::int32_t>(spec_.line_pitch),
                      .src_pitch = static_cast<std::int32_t>(shard.pitches[2]),
                      .kind = noc::Kind::Put,
                      .pad_left = pad_bytes(left),
                      .pad_right = pad_bytes(right)};

  const auto use = [&](std::size_t line) { return row.first_use[number][lines.place(line)]; };
  std::size_t end = h.begin;
  for (std::size_t first = end; first < h.end; first = end) {
    end = first + 1;
    if (use(first) == kNever) continue;
    const std::size_t stage = row.stages.stage(use(first));
    while (end < h.end && use(end) != kNever && row.stages.stage(use(end)) == stage) ++end;
    box.pad_top = static_cast<std::uint16_t>(lines.before({first, end}));
    box.pad_bottom = static_cast<std::uint16_t>(lines.behind({first, end}));
    box.rows = static_cast<std::uint32_t>(box.pad_top + (end - first) + box.pad_bottom);
    for (std::size_t block = shard.box[1].begin; block < shard.box[1].end; ++block) {
      box.dst = row.works.front()->origins[number] + block * spec_.plane_pitch +
                (lines.place(first) - box.pad_top) * spec_.line_pitch +
                (pixels.place(w.begin) - left) * spec_.pixel_pitch;
      box.src = shard.address({segment.image, block, first, w.begin, 0});
      send(row.nodes(), shard.node, box, {row.stages.first_time(stage), input_gate(stage)}, traffic);
    }
  }
}

/// To nodes of a row or a column: one of them sends to all. Others send to the nearest of many, which sends it on.
void ConvPlanner::send(const std::vector<NodeId>& nodes, NodeId source, const noc::Descriptor& box, const Gate& gate,
                       ConvTraffic& traffic) const {
  const NodeId nearest = *std::ranges::min_element(nodes, {}, [source](NodeId node) { return distance(node, source); });
  const bool relays = nearest != source && nodes.size() >= Send::kCastFrom;
  const ConvTraffic::Part part{gate.time, ArrivalStages::urgent(config_.threads, gate.time), gate.semaphore,
                               send_from(relays ? nearest : source, box, nodes)};
  if (relays) {
    traffic.relay(source, nearest, part);
  } else {
    traffic.send(source, part);
  }
}

/// What the columns of the mesh need of the weights, line of the filter by line.
void ConvPlanner::send_weights(const std::vector<Work>& all, const ArrivalStages& stages, ConvTraffic& traffic) const {
  std::map<unsigned, std::vector<const Work*>> columns;
  for (const Work& work : all) columns[work.col].push_back(&work);
  const std::size_t line_rows = reduction_rows(shape_, layout_.side()) / gated_lines();
  for (const auto& [x, works] : columns) {
    const Range blocks = blocks_of(works.front()->channels, layout_.side());
    std::vector<NodeId> nodes;
    for (const Work* work : works) nodes.push_back(work->node);
    for (const Shard& shard : weights_.shards) {
      const Range cols = intersect(shard.box[0], blocks);
      for (std::size_t line = 0; !cols.empty() && line < gated_lines(); ++line) {
        const Range rows = intersect(shard.box[1], {line * line_rows, (line + 1) * line_rows});
        if (rows.empty()) continue;
        const noc::Descriptor box{.dst = works.front()->weights + (cols.begin - blocks.begin) * spec_.weight_plane +
                                         rows.begin * layout_.pixel_bytes(),
                                  .src = shard.address({cols.begin, rows.begin, 0}),
                                  .row_bytes = static_cast<std::uint32_t>(rows.size() * layout_.pixel_bytes()),
                                  .rows = static_cast<std::uint32_t>(cols.size()),
                                  .dst_pitch = static_cast<std::int32_t>(spec_.weight_plane),
                                  .src_pitch = static_cast<std::int32_t>(shard.pitches[0]),
                                  .kind = noc::Kind::Put};
        send(nodes, shard.node, box, {stages.time(0, line), weights_gate(line)}, traffic);
      }
    }
  }
}

}  // namespace tatami
