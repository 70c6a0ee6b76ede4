// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// All-reduce on a rectangle: reduce-scatter along the rows, then along the columns, then all-gather back. Each ring
/// uses every link between neighbours once per direction; the way back from the last node to the first takes the other
/// direction.

#include "sim/collectives/collective_plan.hpp"
#include "sim/runtime/error.hpp"

namespace tatami {
namespace {

/// Independent slices of each thread: while it adds one, another one is on its way.
constexpr unsigned kSlicesPerThread = 2;

/// A ring as one of its nodes sees it. Position p + 1 is the node behind position p.
struct Ring {
  unsigned size;
  unsigned position;
  NodeId successor;
  unsigned first_semaphore;  ///< slice i uses the i-th from there
  Range lines;               ///< of the vector; position p keeps part p of them
  std::uint64_t staging;     ///< where partial sums arrive
};

class RingPlanner {
 public:
  RingPlanner(const Config& config, const RingBuffers& buffers, StepProgram& program)
      : config_(config), buffers_(buffers), program_(program), slices_(kSlicesPerThread * config.threads) {}

  /// The part that begins behind the owner comes round once and is complete where it is kept.
  void reduce_scatter(const Ring& ring) {
    for (unsigned round = 0; round < ring.size; ++round) {
      const unsigned part = (2 * ring.size - 1 - round + ring.position) % ring.size;  // position - 1 - round
      for_slices(ring, part, [&](unsigned thread, unsigned slice, const Range& lines) {
        Step step;
        if (round > 0) {
          step = receive(ring, slice);
          step.target = static_cast<std::uint32_t>(in_vector(lines));
          step.source = static_cast<std::uint32_t>(in_staging(ring, lines));
          step.registers = static_cast<std::uint32_t>(lines.size() * kLineBytes / config_.simd_bytes);
        }
        program_.step(thread, step);
        if (round + 1 < ring.size) send(ring, thread, slice, lines, in_staging(ring, lines));
      });
    }
  }

  /// Every part goes round from where it is kept.
  void all_gather(const Ring& ring) {
    for (unsigned round = 0; round < ring.size; ++round) {
      const unsigned part = (ring.size - round + ring.position) % ring.size;
      for_slices(ring, part, [&](unsigned thread, unsigned slice, const Range& lines) {
        program_.step(thread, round > 0 ? receive(ring, slice) : Step{});
        if (round + 1 < ring.size) send(ring, thread, slice, lines, in_vector(lines));
      });
    }
  }

  /// Between phases that cut the vector differently: all threads must have come so far.
  void meet() {
    for (unsigned thread = 0; thread < config_.threads; ++thread) program_.step(thread, {.barrier = 1});
  }

 private:
  template <typename Visit>
  void for_slices(const Ring& ring, unsigned part, const Visit& visit) const {
    const Range whole = split(ring.lines.size(), 1, ring.size, part);
    for (unsigned slice = 0; slice < slices_; ++slice) {
      const Range own = split(whole.size(), 1, slices_, slice);
      const std::size_t first = ring.lines.begin + whole.begin;
      visit(slice / kSlicesPerThread, slice, Range{first + own.begin, first + own.end});
    }
  }

  static Step receive(const Ring& ring, unsigned slice) {
    return {.semaphore = ring.first_semaphore + slice, .posts = 1};
  }

  void send(const Ring& ring, unsigned thread, unsigned slice, const Range& lines, std::uint64_t to) {
    program_.put(thread, {in_vector(lines), lines.size() * kLineBytes}, ring.successor, to,
                 ring.first_semaphore + slice);
  }

  std::uint64_t in_vector(const Range& lines) const { return buffers_.vector + lines.begin * kLineBytes; }
  static std::uint64_t in_staging(const Ring& ring, const Range& lines) {
    return ring.staging + (lines.begin - ring.lines.begin) * kLineBytes;
  }

  const Config& config_;
  const RingBuffers& buffers_;
  StepProgram& program_;
  unsigned slices_;
};

}  // namespace

std::vector<StepProgram> plan_rings(const Config& config, const Mesh& members, CollectiveOp op, std::size_t lines,
                                    const RingBuffers& buffers) {
  const unsigned slices = kSlicesPerThread * config.threads;
  if (config.semaphores < 2 * slices) throw InputError("the rings of a collective need 4 semaphores per thread");
  std::vector<StepProgram> programs;
  for (const NodeId node : members.nodes()) {
    const NodeId east = members.place({node.y, (node.x + 1) % members.cols});
    const NodeId south = members.place({(node.y + 1) % members.rows, node.x});
    const Ring row{members.cols, node.x, east, 0, {0, lines}, buffers.from_row};
    const Range kept = split(lines, 1, members.cols, node.x);
    const Ring column{members.rows, node.y, south, slices, kept, buffers.from_column};
    StepProgram program(members.place(node), config.threads);
    RingPlanner planner(config, buffers, program);
    if (op != CollectiveOp::AllGather) {
      planner.reduce_scatter(row);
      planner.meet();
      planner.reduce_scatter(column);
    }
    if (op != CollectiveOp::ReduceScatter) {
      planner.all_gather(column);
      planner.meet();
      planner.all_gather(row);
    }
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace tatami
