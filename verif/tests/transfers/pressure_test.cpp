// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Everybody wants everything from everybody at once, while programs use the SRAM: endpoints cannot deadlock, and
// nothing is lost, duplicated or overtaken, whichever nodes are dead.

#include <numeric>

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;

constexpr unsigned kSecondProgram = 0x400, kPutLists = 0x1000, kGetLists = 0x4000, kSource = 0x7000;
constexpr unsigned kPutInbox = 0x8000, kGetInbox = 0xB000, kSlot = 256;
constexpr unsigned kVersions = 3, kBlock = 200;  // a block is put three times to the same place; the last one stays
constexpr unsigned kPutSem = 1, kGetSem = 2, kPostSem = 3;

std::vector<std::uint8_t> block_of(unsigned node, unsigned version) {
  return random_bytes(1000 * seed() + 8 * node + version, kBlock);
}

/// One thread of a node puts blocks to all others and posts to them, the other one gets blocks from all; both keep
/// loading and storing while they wait.
void start_node(MeshDevice& device, unsigned n, bool polls) {
  const auto& live = device.mesh().live();
  const NodeId self = device.mesh().id(n);
  unsigned put_list = kPutLists, get_list = kGetLists;
  const auto append = [&](unsigned& list, const noc::Descriptor& d) { load(device, self, list, d), list += 64; };
  for (unsigned v = 0; v < kVersions; ++v) device.write(self, kSource + kSlot * v, block_of(n, v));
  // Starting with the next one, so that at first each node has one sender; with node 0, so that all have the same.
  for (const bool same : {false, true}) {
    for (std::size_t i = 0; i < live.size(); ++i) {
      const auto own = static_cast<std::size_t>(std::ranges::find(live, n) - live.begin());
      const unsigned to = live[(i + (same ? 0 : own)) % live.size()];
      const NodeId other = device.mesh().id(to);
      if (same) {
        append(get_list, {.dst = kGetInbox + kSlot * to,
                          .src = remote(other, kSource),
                          .row_bytes = kBlock,
                          .rows = 1,
                          .kind = noc::Kind::Get,
                          .post = true,
                          .sem = kGetSem});
        append(put_list, {.dst = remote(other, 0), .post = true, .sem = kPostSem});
        continue;
      }
      for (unsigned v = 0; v < kVersions; ++v)
        append(put_list, {.dst = remote(other, kPutInbox + kSlot * n),
                          .src = kSource + kSlot * v,
                          .row_bytes = kBlock,
                          .rows = 1,
                          .post = true,
                          .sem = kPutSem});
    }
  }
  const auto program = [&](unsigned list, unsigned end, const std::vector<std::pair<unsigned, std::size_t>>& waits) {
    Assembler as;
    as.li(a1, list);
    as.li(a2, (end - list) / 64);
    as.xfer(a1, a2);
    for (const auto& [semaphore, count] : waits) {
      as.li(s0, semaphore);
      as.li(s1, static_cast<std::int64_t>(count));
      as.li(s2, kSource);
      as.li(s3, kSource + 0x800 + 64 * (semaphore == kGetSem));
      if (polls) {
        const Label poll = as.here();
        for (int i = 0; i < 4; ++i) as.vld(VReg(1 + i), s2, 64 * i);
        as.vst(v1, s3, 0);
        as.sem_read(t0, s0);
        as.bltu(t0, s1, poll);
      }
      as.sem_wait(s0, s1);
    }
    as.thread_exit(zero);
    return as;
  };
  load(device, self, 0, program(kPutLists, put_list, {{kPutSem, kVersions * live.size()}, {kPostSem, live.size()}}));
  load(device, self, kSecondProgram, program(kGetLists, get_list, {{kGetSem, live.size()}}));
  device.start(self, 0, 0);
  device.start(self, 1, kSecondProgram);
}

void run_all_to_all(const engine::ModelLibrary& library, const engine::MeshOptions& options, bool polls) {
  for (const NodeId dead : options.dead_nodes) UNSCOPED_INFO("dead: (y " << dead.y << ", x " << dead.x << ")");
  MeshDevice device(library, options);
  const auto& live = device.mesh().live();
  for (const unsigned n : live) start_node(device, n, polls);
  const RunStatus status = device.run(500'000);
  for (const ThreadStatus& thread : status.threads) UNSCOPED_INFO(describe(thread));
  for (const std::string& error : status.errors) UNSCOPED_INFO(error);
  REQUIRE(status.end == RunStatus::End::Idle);
  for (const unsigned n : live) {
    for (const unsigned from : live) {
      INFO("from node " << from << " at node " << n);
      std::vector<std::uint8_t> put(kBlock), got(kBlock);
      device.read(device.mesh().id(n), kPutInbox + kSlot * from, put);
      device.read(device.mesh().id(n), kGetInbox + kSlot * from, got);
      REQUIRE(put == block_of(from, kVersions - 1));
      REQUIRE(got == block_of(from, 0));
    }
    // Every post was taken, and none is left: each came once.
    device.start(device.mesh().id(n), 0, 0x40 * 0xF);
    Assembler as;
    as.li(t1, 0);
    for (const unsigned semaphore : {kPutSem, kGetSem, kPostSem}) {
      as.li(a1, semaphore);
      as.sem_read(t0, a1);
      as.add(t1, t1, t0);
    }
    as.thread_exit(t1);
    load(device, device.mesh().id(n), 0x40 * 0xF, as);
  }
  REQUIRE(device.run(10'000).end == RunStatus::End::Idle);
  for (const unsigned n : live) CHECK(device.mesh().node(n).thread(0).value == 0);
}

TEST_CASE("endpoints do not deadlock when everybody puts, gets and posts at once", "[transfers][pressure]") {
  const auto library = open_model("small");
  run_all_to_all(library, {.rows = 2, .cols = 2, .seed = seed()}, true);
  run_all_to_all(library, {.rows = 3, .cols = 3, .seed = seed()}, true);
  run_all_to_all(library, {.rows = 3, .cols = 4, .seed = seed(), .dead_nodes = {{1, 1}, {0, 3}}}, true);
}

TEST_CASE("all to all over random sets of dead nodes: each block once, in order, unchanged", "[transfers][pressure]") {
  const auto library = open_model("small");
  std::mt19937_64 random(seed());
  const auto with_dead = [&](unsigned rows, unsigned cols, unsigned dead) {
    for (;;) {  // sets that cut the mesh in two are not possible
      std::vector<unsigned> all(rows * cols);
      std::iota(all.begin(), all.end(), 0U);
      std::ranges::shuffle(all, random);
      engine::MeshOptions options{.rows = rows, .cols = cols, .seed = random()};
      for (unsigned i = 0; i < dead; ++i) options.dead_nodes.push_back({all[i] / cols, all[i] % cols});
      try {
        return run_all_to_all(library, options, false);
      } catch (const std::invalid_argument&) {
      }
    }
  };
  for (const unsigned dead : {1, 2, 3, 4, 5}) with_dead(4, 4, dead);
  for (const unsigned dead : {1, 3, 6}) with_dead(6, 6, dead);
}

}  // namespace
}  // namespace tatami::test
