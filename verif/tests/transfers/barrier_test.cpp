// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Barriers over sets of nodes: nobody leaves a round before everybody has arrived in it.

#include "sim/kernels/barrier.hpp"

#include <algorithm>
#include <set>

#include "sim/engine/mesh_device.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr unsigned kDelays = 0x2000, kTimes = 0x3000;
constexpr BarrierPlace kPlace{.arrive = 60, .release = 61, .lists = 0x1000};
constexpr golden::CoreConfig kSmall{
    .threads = 2, .simd_bytes = 32, .matrix_rows = 4, .matrix_cols = 4, .sram_bytes = 65536};

std::vector<NodeId> grid(unsigned rows, unsigned cols, const std::function<bool(NodeId)>& takes_part) {
  std::vector<NodeId> nodes;
  for (unsigned y = 0; y < rows; ++y) {
    for (unsigned x = 0; x < cols; ++x) {
      if (takes_part({y, x})) nodes.push_back({y, x});
    }
  }
  return nodes;
}

bool everybody(NodeId) { return true; }

/// Runs `rounds` rounds with random delays of up to `most_delay` loops before each, and returns the cycles from the
/// first release to the last of all. Checks that in each round the last arrival is before the first release.
std::uint64_t run_rounds(Device& device, const std::vector<NodeId>& nodes, unsigned rounds, std::uint64_t most_delay) {
  const Barrier barrier(nodes, kPlace);
  std::mt19937_64 random(seed());
  for (const NodeId node : nodes) {
    std::vector<std::uint64_t> delays(rounds, 1);
    for (auto& delay : delays) delay += most_delay == 0 ? 0 : random() % most_delay;
    device.write(node, kDelays, bytes_of(delays));
    std::uint64_t at = kPlace.lists;
    for (const noc::Descriptor& d : barrier.lists(node)) load(device, node, at, d), at += 64;
    Assembler as;
    as.li(s0, kDelays);
    as.li(s1, kTimes);
    as.li(s2, rounds);
    const Label round = as.here();
    as.ld(t0, s0, 0);
    const Label wait = as.here();
    as.addi(t0, t0, -1);
    as.bnez(t0, wait);
    as.csrr(t1, isa::csr::mcycle);
    barrier.emit(as, node);
    as.csrr(t2, isa::csr::mcycle);
    as.sd(t1, s1, 0);
    as.sd(t2, s1, 8);
    as.addi(s0, s0, 8);
    as.addi(s1, s1, 16);
    as.addi(s2, s2, -1);
    as.bnez(s2, round);
    as.li(a1, kPlace.arrive);
    as.sem_read(t0, a1);
    as.li(a1, kPlace.release);
    as.sem_read(t1, a1);
    as.add(t0, t0, t1);
    as.thread_exit(t0);
    load(device, node, 0, as);
    device.start(node, 0, 0);
  }
  const RunStatus status = device.run(1'000'000);
  for (const ThreadStatus& thread : status.threads) UNSCOPED_INFO(describe(thread));
  REQUIRE(status.end == RunStatus::End::Idle);
  std::uint64_t first_release = 0, last_release = 0;
  for (unsigned r = 0; r < rounds; ++r) {
    std::uint64_t last_arrival = 0, release = ~std::uint64_t{0};
    for (const NodeId node : nodes) {
      last_arrival = std::max(last_arrival, word(device, node, kTimes + 16 * r));
      release = std::min(release, word(device, node, kTimes + 16 * r + 8));
      last_release = std::max(last_release, word(device, node, kTimes + 16 * r + 8));
    }
    INFO("round " << r);
    REQUIRE(last_arrival <= release);
    if (r == 0) first_release = release;
  }
  return last_release - first_release;
}

TEST_CASE("a barrier's tree holds each node once, with at most four below it", "[transfers][barrier]") {
  const auto [rows, cols] = GENERATE(std::pair{1U, 1U}, std::pair{1U, 7U}, std::pair{4U, 4U}, std::pair{18U, 20U});
  const auto nodes = grid(rows, cols, [](NodeId n) { return (n.y + n.x) % 5 != 1; });
  const Barrier barrier(nodes, kPlace);
  unsigned roots = 0, edges = 0;
  for (const NodeId node : nodes) {
    roots += barrier.above(node) ? 0 : 1;
    REQUIRE(barrier.below(node).size() <= Barrier::kFanOut);
    for (const NodeId below : barrier.below(node)) {
      REQUIRE(barrier.above(below) == node);
      ++edges;
    }
    unsigned level = 1;
    for (auto up = barrier.above(node); up; up = barrier.above(*up)) ++level;  // ends: the tree has no circle
    REQUIRE(level <= barrier.depth());
  }
  CHECK(roots == 1);
  CHECK(edges == nodes.size() - 1);
  CHECK(barrier.depth() <= 6);
  const std::vector<NodeId> twice{{0, 0}, {0, 1}, {0, 0}}, none;
  CHECK_THROWS_AS(Barrier(twice, kPlace), std::invalid_argument);
  CHECK_THROWS_AS(Barrier(none, kPlace), std::invalid_argument);
  CHECK_THROWS_AS(barrier.below({31, 31}), std::out_of_range);
}

TEST_CASE("nobody leaves before everybody has arrived, on the golden machine in any schedule", "[transfers][barrier]") {
  for (std::uint64_t schedule = 0; schedule < 4; ++schedule) {
    golden::Machine machine(kSmall, 4, 4, schedule == 0 ? 0 : seed() + schedule);
    run_rounds(machine, grid(4, 4, [&](NodeId n) { return schedule < 2 || (n.y * 4 + n.x) % 3 != 1; }), 6, 20);
  }
}

TEST_CASE("nobody leaves before everybody has arrived, with delays, back to back, and over sets with holes",
          "[transfers][barrier]") {
  const auto library = open_model("small");
  for (const std::uint64_t most_delay : {0, 40, 400}) {
    engine::MeshDevice whole(library, {.rows = 4, .cols = 4, .seed = seed()});
    run_rounds(whole, grid(4, 4, everybody), 20, most_delay);
    engine::MeshDevice checkered(library, {.rows = 4, .cols = 5, .seed = seed()});
    run_rounds(checkered, grid(4, 5, [](NodeId n) { return (n.y + n.x) % 2 == 0 && n.x != 2; }), 20, most_delay);
    engine::MeshDevice holes(library, {.rows = 4, .cols = 4, .seed = seed(), .dead_nodes = {{1, 1}, {2, 3}}});
    run_rounds(holes, grid(4, 4, [](NodeId n) { return n != NodeId{1, 1} && n != NodeId{2, 3}; }), 20, most_delay);
  }
}

TEST_CASE("what a barrier costs", "[transfers][barrier]") {
  const auto library = open_model("small");
  constexpr unsigned kRounds = 5;
  const auto cost = [&](unsigned rows, unsigned cols, const std::function<bool(NodeId)>& takes_part) {
    engine::MeshDevice device(library, {.rows = rows, .cols = cols, .seed = seed()});
    return run_rounds(device, grid(rows, cols, takes_part), kRounds, 0) / (kRounds - 1);
  };
  const std::uint64_t of_4 = cost(2, 2, everybody), of_16 = cost(4, 4, everybody);
  // As on a die: 354 nodes of 360. Six let the posts through, and take no part.
  const std::set<std::pair<unsigned, unsigned>> dead{{2, 5}, {4, 14}, {7, 9}, {10, 2}, {13, 17}, {16, 11}};
  const std::uint64_t of_354 = cost(18, 20, [&](NodeId n) { return !dead.contains({n.y, n.x}); });
  std::printf("barrier: %lu cycles on 2x2, %lu on 4x4, %lu over 354 nodes of 18x20\n", of_4, of_16, of_354);
  CHECK(of_4 <= 100);
  CHECK(of_16 <= 200);
  CHECK(of_354 <= 500);
}

}  // namespace
}  // namespace tatami::test
