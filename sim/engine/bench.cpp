// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/bench.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <limits>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/engine/mesh_device.hpp"

namespace tatami::engine {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

constexpr unsigned kBatch = 64;  // cycles between two looks at the clock
constexpr unsigned kRepeats = 3;
constexpr unsigned kDieRows = 18, kDieCols = 20;
constexpr NodeId kDieDead[] = {{2, 5}, {4, 14}, {7, 9}, {10, 2}, {13, 17}, {16, 11}};

/// An endless matrix kernel: loads two operands, takes a step, counts.
std::vector<std::uint32_t> compute_loop() {
  using namespace reg;
  Assembler as;
  as.li(a1, 0x1000);
  const Label loop = as.here();
  as.vld(v0, a1, 0);
  as.vld(v1, a1, 64);
  as.mma(acc0, v0, v1);
  as.addi(a2, a2, 1);
  as.vld(v2, a1, 128);
  as.vld(v3, a1, 192);
  as.mma(acc1, v2, v3);
  as.j(loop);
  return as.finish();
}

/// Loads the kernel into a node and starts all of its threads.
void make_busy(MeshDevice& device, NodeId node) {
  const auto program = compute_loop();
  device.write(node, 0, {reinterpret_cast<const std::uint8_t*>(program.data()), program.size() * sizeof(program[0])});
  for (unsigned t = 0; t < device.mesh().info().threads; ++t) device.start(node, t, 0);
}

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double run_cycles(MeshDevice& device, std::uint64_t cycles) {
  const auto begin = Clock::now();
  device.run(cycles);
  return seconds_since(begin);
}

void make_all_busy(MeshDevice& device) {
  for (const unsigned n : device.mesh().live()) make_busy(device, device.mesh().id(n));
}

/// Runs until every thread of the machine has begun: the host starts them one after the other.
void warm_up(MeshDevice& device) {
  const auto all_run = [&] {
    const std::vector<NodeCounters>& nodes = device.last_run().nodes;
    return std::ranges::all_of(device.mesh().live(), [&](unsigned n) { return nodes[n].core_cycles == kBatch; });
  };
  do device.run(kBatch);
  while (!all_run());
  device.run(4 * kBatch);
}

json measure_busy(const ModelLibrary& library, double seconds) {
  MeshDevice device(library, {.rows = 2, .cols = 2});
  make_all_busy(device);
  warm_up(device);
  std::uint64_t node_cycles = 0, retired = 0, steps = 0, cycles = 0;
  const auto begin = Clock::now();
  while (seconds_since(begin) < seconds) {
    device.run(kBatch);
    node_cycles += device.last_run().node_cycles();
    retired += device.last_run().retired();
    steps += device.last_run().matrix_steps();
    cycles += kBatch;
  }
  const double wall = seconds_since(begin);
  return {{"mesh", "2x2"},
          {"cycles", cycles},
          {"seconds", wall},
          {"node_cycles_per_second", static_cast<double>(node_cycles) / wall},
          {"instructions_per_node_cycle", static_cast<double>(retired) / static_cast<double>(node_cycles)},
          {"matrix_steps_per_node_cycle", static_cast<double>(steps) / static_cast<double>(node_cycles)}};
}

json measure_sparse(const ModelLibrary& library, const BenchOptions& options) {
  MeshDevice one(library, {.rows = 1, .cols = 1});
  MeshDevice many(library, {.rows = 8, .cols = 8});
  make_busy(one, {0, 0});
  make_busy(many, {5, 3});
  warm_up(one);
  many.run(4 * kBatch);  // until it runs
  std::uint64_t cycles = options.sparse_cycles;
  if (cycles == 0) {
    const double batch = run_cycles(one, 16 * kBatch);
    cycles =
        std::max<std::uint64_t>(kBatch, static_cast<std::uint64_t>(options.seconds / kRepeats / batch * 16 * kBatch));
  }
  double best_one = std::numeric_limits<double>::max();
  double best_many = best_one;
  std::uint64_t evaluated = 0;
  for (unsigned i = 0; i < kRepeats; ++i) {
    best_one = std::min(best_one, run_cycles(one, cycles));
    best_many = std::min(best_many, run_cycles(many, cycles));
    evaluated = many.last_run().node_cycles();
  }
  return {{"cycles", cycles},
          {"seconds_1x1", best_one},
          {"seconds_8x8_with_1_busy", best_many},
          {"node_cycles_evaluated_8x8", evaluated},
          {"ratio", best_many / best_one}};
}

/// Mesh cycles per second, the best of some repeats.
double speed(MeshDevice& device, double seconds, std::uint64_t batch) {
  double best = 0;
  for (unsigned i = 0; i < kRepeats; ++i) {
    std::uint64_t cycles = 0;
    const auto begin = Clock::now();
    while (seconds_since(begin) < seconds / kRepeats) {
      device.run(batch);
      cycles += batch;
    }
    best = std::max(best, static_cast<double>(cycles) / seconds_since(begin));
  }
  return best;
}

double resident_megabytes() {
  std::ifstream status("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  status >> total >> resident;
  return static_cast<double>(resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))) / 1e6;
}

/// A whole die: all nodes busy on one and on several host threads, against one node alone; one node busy, against the
/// same alone.
json measure_die(const ModelLibrary& library, const BenchOptions& options) {
  const double before = resident_megabytes();
  MeshOptions die{.rows = kDieRows, .cols = kDieCols};
  die.dead_nodes.assign(std::begin(kDieDead), std::end(kDieDead));
  MeshDevice one(library, {.rows = 1, .cols = 1});
  make_all_busy(one);
  warm_up(one);
  json result = {{"mesh", "die"}, {"live_nodes", kDieRows * kDieCols - std::size(kDieDead)}};
  {
    MeshDevice sparse(library, die);
    make_busy(sparse, {9, 10});
    sparse.run(4 * kBatch);  // until it runs
    const double alone = speed(one, options.seconds, kBatch), among = speed(sparse, options.seconds, kBatch);
    result["one_busy_slower_than_1x1"] = alone / among;
    result["cycles_per_second_1x1"] = alone;
  }
  double first = 0;
  for (unsigned threads = 1; threads <= options.threads; threads *= 2) {
    die.threads = threads;
    MeshDevice busy(library, die);
    make_all_busy(busy);
    warm_up(busy);
    result["resident_megabytes"] = resident_megabytes() - before;
    const double alone = speed(one, options.seconds, kBatch), all = speed(busy, options.seconds, kBatch);
    if (threads == 1) first = all;
    result[fmt::format("threads_{}", threads)] = {
        {"cycles_per_second", all},
        {"of_single_node_speed", all * static_cast<double>(busy.mesh().live().size()) / (alone * threads)},
        {"faster_than_one_thread", all / first}};
  }
  return result;
}

}  // namespace

json bench_engine(const ModelLibrary& library, const BenchOptions& options) {
  return {{"bench", "engine"},
          {"config", library.info().config},
          {"flavour", library.info().flavour},
          {"busy", measure_busy(library, options.seconds)},
          {"sparse", measure_sparse(library, options)},
          {"die", measure_die(library, options)}};
}

}  // namespace tatami::engine
