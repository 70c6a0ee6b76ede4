// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/matmul_program.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include "sim/workloads/words.hpp"

namespace tatami {
namespace {

using Abi = MatmulAbi;

/// Appends a call, whatever its arguments, as a row of the list.
template <typename Call>
void append_call(std::vector<std::uint8_t>& calls, const Call& call) {
  static_assert(sizeof(Call) <= Abi::kCallBytes && sizeof(Call) % sizeof(std::uint32_t) == 0);
  std::array<std::uint32_t, Abi::kCallBytes / sizeof(std::uint32_t)> words{};
  std::memcpy(words.data(), &call, sizeof(Call));
  append_words(calls, words);
}

// How far casts run ahead of the panel that is added: so many panels, and so many bytes for a node.
constexpr std::size_t kPanelsAhead = 3, kBytesAhead = 16384;

std::uint32_t word(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace

bool MatmulWork::leaves_blocks(std::size_t panels_count) const {
  for (const auto& sweep : visits) {
    for (const auto& thread : sweep) {
      for (const Visit& visit : thread) {
        if (visit.panels.end < panels_count) return true;
      }
    }
  }
  return false;
}

MatmulProgrammer::MatmulProgrammer(const Config& config, MemoryPlan& memory, const MatmulKernelSpec& spec,
                                   const Panels& panels, PanelTraffic& traffic, std::size_t channels)
    : config_(config), memory_(memory), spec_(spec), panels_(panels), traffic_(traffic), channels_(channels) {}

std::size_t MatmulProgrammer::channels_of(std::size_t panel) const {
  const Range blocks = panels_.blocks(panel);
  return std::min(blocks.end * config_.matrix_cols, channels_) - blocks.begin * config_.matrix_cols;
}

void MatmulProgrammer::make_kernel(const std::vector<MatmulWork>& works) {
  std::set<VisitVariant> variants;
  for (const MatmulWork& work : works) {
    for (const MatmulWork::Block& block : work.blocks) {
      variants.insert({block.variant, channels_of(0)});
      variants.insert({block.variant, channels_of(panels_.count() - 1)});
    }
  }
  kernel_ = make_matmul_kernel(config_, spec_, variants);
}

NodeProgram MatmulProgrammer::program(const MatmulWork& work, std::size_t out_channels) {
  NodeProgram program{.node = work.node};
  program.entry = code_ = place(program, to_bytes(kernel_.code));
  std::vector<std::uint32_t> arrivals;
  for (std::size_t p = 0; p < panels_.count(); ++p) {
    arrivals.push_back(word(Abi::kFirstPanel + panels_.semaphore(p)));
    arrivals.push_back(traffic_.posts(work.node, p));
  }
  arrivals_ = place(program, to_bytes(arrivals));
  std::vector<std::uint64_t> header(Abi::kMask / sizeof(std::uint64_t));
  for (unsigned t = 0; t < config_.threads; ++t) {
    header[Abi::kCalls / sizeof(std::uint64_t) + t] = place(program, calls(work, t, program));
  }
  header[Abi::kArrivals / sizeof(std::uint64_t)] = arrivals_;
  Bytes bytes = to_bytes(header);
  append_words(bytes, column_mask(config_, out_channels));
  program.images.push_back({0, std::move(bytes)});
  return program;
}

/// The calls of a thread. Thread 0 also sends panels, and frees their slots when a sweep has ended; the last sweep's
/// semaphores are cleared by all threads.
MatmulProgrammer::Bytes MatmulProgrammer::calls(const MatmulWork& work, unsigned thread, NodeProgram& program) {
  Bytes calls;
  for (std::size_t s = 0; s < panels_.sweeps(); ++s) {
    if (thread == 0) send_panels(work, s, program, calls);
    if (!work.computes()) continue;
    if (thread == 0 && s == 0) append_call(calls, Abi::Plain{word(code_ + kernel_.start_threads)});
    for (const Visit& v : work.visits[s][thread]) visit(work, v, program, calls);
    send_before(panels_.count(), program, calls);
    const Range panels = panels_.sweep(s);
    if (s + 1 == panels_.sweeps()) {
      append_call(calls, Abi::Plain{word(code_ + kernel_.meet)});
      const Range share = split(panels.size(), 1, config_.threads, thread);
      append_call(calls, clear(kernel_.clear, s, {panels.begin + share.begin, panels.begin + share.end}));
    } else if (thread == 0) {
      append_call(calls, clear(kernel_.release, s, panels));
      send(traffic_.stage(work.node, s + 1).frees, Abi::credit(s), 0, program, calls);
    } else {
      append_call(calls, Abi::Finish{word(code_ + kernel_.finish), Abi::done(s)});
    }
  }
  append_call(calls, Abi::Plain{word(code_ + kernel_.exit)});
  return calls;
}

/// Sends what the end of a sweep makes room for. At the beginning that is all that the rings hold: were it cast at once
/// by everyone, the first panels would arrive together with the last. So a node casts a panel of its own when thread 0
/// has added those that come long before it.
void MatmulProgrammer::send_panels(const MatmulWork& work, std::size_t sweep, NodeProgram& program, Bytes& calls) {
  const std::size_t tiles = round_up(work.channels.size(), config_.matrix_cols) / config_.matrix_cols;
  const std::uint64_t bytes = work.input.panel_bytes + tiles * work.weights.panel_bytes;
  const std::size_t ahead = std::max(kPanelsAhead, kBytesAhead / bytes);
  const PanelTraffic::Stage& stage = traffic_.stage(work.node, sweep);
  std::vector<Send> now;
  for (const auto& [panel, part] : stage.sends) {
    const bool waits = part.cast && sweep == 0 && panel >= ahead;
    (waits ? due_[panel - ahead + 1] : now).push_back(part);
  }
  send(now, Abi::credit(sweep), stage.receivers, program, calls);
}

/// Sends what is due before a panel is added.
void MatmulProgrammer::send_before(std::size_t panel, NodeProgram& program, Bytes& calls) {
  while (!due_.empty() && due_.begin()->first <= panel) {
    send(due_.begin()->second, Abi::credit(0), 0, program, calls);
    due_.erase(due_.begin());
  }
}

/// A visit is a call for each run of its panels; the sums stay in the accumulators between them.
void MatmulProgrammer::visit(const MatmulWork& work, const Visit& visit, NodeProgram& program, Bytes& calls) {
  const MatmulWork::Block& block = work.blocks[visit.block];
  const std::uint64_t input_tile = config_.matrix_rows * spec_.pixel_pitch;
  for (const Range& run : runs(work, visit.panels)) {
    const MatmulKernel::Visit& routine = kernel_.visits.at({block.variant, channels_of(run.begin)});
    const bool first = run.begin == visit.panels.begin, last = run.end == visit.panels.end;
    const std::uint64_t begin = !first ? routine.resume : run.begin == 0 ? routine.fresh : routine.reload;
    const std::uint64_t end = !last ? routine.next : run.end == panels_.count() ? routine.finish : routine.partial;
    const std::uint64_t plane = work.weights.plane(run.begin);
    send_before(run.begin, program, calls);
    append_call(calls, Abi::Visit{
                           word(code_ + begin),
                           word(code_ + end),
                           word(work.input.address(run.begin) + block.rows.begin * input_tile),
                           word(work.weights.address(run.begin) + block.cols.begin * plane),
                           word(plane),
                           static_cast<std::uint16_t>(run.begin),
                           static_cast<std::uint16_t>(run.end),
                           word(work.partial + tile_offset(block, DataType::Fp32, spec_.partial_plane)),
                           word(work.output + tile_offset(block, spec_.output, spec_.output_plane)),
                       });
  }
}

/// From a node's first output tile to a block's.
std::uint64_t MatmulProgrammer::tile_offset(const MatmulWork::Block& block, DataType type, std::uint64_t plane) const {
  const std::uint64_t row = config_.matrix_cols * element_bytes(type);
  return block.rows.begin * config_.matrix_rows * row + block.cols.begin * plane;
}

/// Panels cut where their operands do not follow each other in SRAM, where something is to be sent, and before a
/// shorter last one.
std::vector<Range> MatmulProgrammer::runs(const MatmulWork& work, const Range& panels) const {
  std::vector<Range> result;
  for (std::size_t p = panels.begin; p < panels.end; ++p) {
    const bool follows = p > panels.begin && channels_of(p) == channels_of(p - 1) && work.input.follows(p) &&
                         work.weights.follows(p) && !due_.contains(p);
    if (follows) {
      result.back().end = p + 1;
    } else {
      result.push_back({p, p + 1});
    }
  }
  return result;
}

/// A call that sends. Its list and the list's length are written when the machine's groups are known.
void MatmulProgrammer::send(const std::vector<Send>& sends, unsigned semaphore, unsigned credits, NodeProgram& program,
                            Bytes& calls) {
  if (sends.empty()) return;
  SendList list = place_list(memory_, program.node, sends);
  append_call(calls,
              Abi::Send{word(code_ + kernel_.send), word(list.address), word(list.length_address), semaphore, credits});
  program.lists.push_back(std::move(list));
}

MatmulAbi::Clear MatmulProgrammer::clear(std::uint64_t routine, std::size_t sweep, const Range& panels) const {
  return {word(code_ + routine), Abi::done(sweep), word(arrivals_ + panels.begin * sizeof(Abi::Arrival)),
          word(arrivals_ + panels.end * sizeof(Abi::Arrival))};
}

std::uint64_t MatmulProgrammer::place(NodeProgram& program, Bytes bytes) {
  const std::uint64_t address = memory_.allocate(program.node, bytes.size());
  program.images.push_back({address, std::move(bytes)});
  return address;
}

}  // namespace tatami
