// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/collective_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/runtime/error.hpp"
#include "sim/workloads/partition.hpp"

namespace tatami {
namespace {

constexpr std::uint64_t kWordBytes = 8;      // granularity of transfers
constexpr std::uint64_t kStartCycles = 300;  // a guess, for the expected cycles only

/// Bytes of SRAM that a program's images take, from 0 to the last one's end.
std::uint64_t end_of(const NodeProgram& program) {
  std::uint64_t end = 0;
  for (const Image& image : program.images) end = std::max<std::uint64_t>(end, image.address + image.bytes.size());
  for (const SendList& list : program.lists) end = std::max(end, list.end());
  return end;
}

}  // namespace

CollectivePlan plan_collective(const Config& config, const routing::Grid& grid, const Collective& c) {
  CollectivePlan plan;
  plan.members = members(c.op, grid);
  plan.least_cycles = least_cycles(c, plan.members, grid);
  plan.expected_cycles = kStartCycles + 2 * plan.least_cycles;

  const std::uint64_t begin = StepAbi::kEnd, bytes = round_up(c.count * element_bytes(c.type), kLineBytes);
  std::uint64_t end = begin + bytes;
  const auto check = [&](std::uint64_t needed) {
    if (needed <= config.sram_bytes()) return;
    throw InputError(fmt::format("the vectors do not fit: a node needs {} bytes of SRAM for this {} and has {}", needed,
                                 name_of(c.op), config.sram_bytes()));
  };
  plan.input = plan.output = begin;
  std::vector<StepProgram> programs;
  if (uses_rings(c.op)) {
    const std::size_t lines = bytes / kLineBytes;
    const RingBuffers buffers{begin, begin + bytes, begin + 2 * bytes};
    end = buffers.from_column + split(lines, 1, plan.members.cols, 0).size() * kLineBytes;
    check(end);
    programs = plan_rings(config, plan.members, c.op, lines, buffers);
  } else if (c.op == CollectiveOp::Broadcast) {
    check(end);
    // Around faults a group of all nodes is hardly ever found.
    const bool cast = plan.members.size() > 1 && grid.dead_links().empty() && grid.live_nodes() == grid.size();
    programs = (cast ? plan_cast : plan_tree)(config, plan.members, c.root, {begin, bytes});
  } else {
    const std::uint64_t block = round_up(c.count * element_bytes(c.type), kWordBytes);
    plan.block_bytes = block > kLineBytes ? bytes : block;
    plan.output = begin + round_up(plan.members.size() * plan.block_bytes, kLineBytes);
    end = plan.output + plan.members.size() * plan.block_bytes;
    check(end);
    programs = plan_exchange(config, plan.members, block, plan.block_bytes, plan.input, plan.output);
  }
  const std::vector<std::uint32_t> code = step_kernel(config, c.type);
  for (const StepProgram& program : programs) {
    plan.programs.push_back(program.finish(code, end));
    check(end_of(plan.programs.back()));
    plan.bytes_moved += program.bytes_moved();
    plan.transfers += program.transfers();
  }
  return plan;
}

}  // namespace tatami
