// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/engine/mesh_device.hpp"

#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/tests/engine/traffic.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;
using End = RunStatus::End;
using State = ThreadStatus::State;

Assembler endless() {
  Assembler as;
  as.j(as.here());
  return as;
}

Assembler wait_for(std::int64_t semaphore, std::int64_t count) {
  Assembler as;
  as.li(a1, semaphore);
  as.li(a2, count);
  as.sem_wait(a1, a2);
  as.thread_exit(zero);
  return as;
}

TEST_CASE("data that goes through the mesh lands where the back door puts it", "[engine]") {
  const auto library = open_model("small");
  MeshDevice by_mesh(library, {.rows = 2, .cols = 3, .seed = seed()});
  MeshDevice by_door(library, {.rows = 2, .cols = 3, .seed = seed() + 1});
  for (unsigned n = 0; n < 6; ++n) {
    const NodeId id{n / 3, n % 3};
    for (const Segment& segment : traffic(id, 2, 3, seed(), 0)) {
      by_mesh.load(id, segment.address, segment.bytes);
      by_door.write(id, segment.address, segment.bytes);
    }
    by_mesh.load(id, 65536 - 24, random_bytes(n, 19));  // the last word is filled up with zeros
    by_door.write(id, 65536 - 24, random_bytes(n, 19));
  }
  const RunStatus status = by_mesh.run(10'000);
  REQUIRE(status.end == End::Idle);
  CHECK(by_mesh.last_run().host_packets > 100);
  CHECK(by_mesh.last_run().retired() == 0);
  CHECK(by_door.run(10).cycles == 0);
  for (unsigned n = 0; n < 6; ++n) {
    CHECK(first_difference(memory(by_mesh, {n / 3, n % 3}, 65536), memory(by_door, {n / 3, n % 3}, 65536)) == "");
  }
  CHECK_THROWS_AS(by_mesh.load({0, 0}, 4, random_bytes(1, 8)), std::invalid_argument);
  CHECK_THROWS_AS(by_mesh.load({0, 0}, 65536 - 8, random_bytes(1, 9)), std::out_of_range);
}

TEST_CASE("sleeping nodes are not evaluated, and one busy node wakes nobody", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 4, .cols = 4, .seed = seed()});
  load(device, {2, 1}, 0, endless());
  device.start({2, 1}, 0, 0);
  device.run(50);  // the start packet has arrived
  const RunStatus status = device.run(400);
  CHECK(status.end == End::CycleLimit);
  REQUIRE(status.threads.size() == 1);
  CHECK(status.threads[0].state == State::Running);
  for (unsigned n = 0; n < 16; ++n) {
    const std::uint64_t want = n == device.mesh().index({2, 1}) ? 400 : 0;
    CHECK(device.last_run().nodes[n].evaluated == want);
  }
  MeshDevice awake(library, {.rows = 2, .cols = 2, .seed = seed(), .sleep = false});
  load(awake, {0, 1}, 0, endless());
  awake.start({0, 1}, 0, 0);
  const RunStatus rested = awake.run(100);
  CHECK(rested.end == End::CycleLimit);
  CHECK(awake.last_run().node_cycles() == 400);
}

TEST_CASE("registers that no program has written hold values of the seed", "[engine]") {
  const auto library = open_model("small");
  const auto unwritten = [&](std::uint64_t seed) {
    MeshDevice device(library, {.seed = seed});
    Assembler as;
    as.li(a0, 0x400);
    as.vst(v7, a0);
    as.thread_exit(zero);
    load(device, {0, 0}, 0, as);
    device.start({0, 0}, 0, 0);
    REQUIRE(device.run(1000).end == End::Idle);
    return word(device, {0, 0}, 0x400);
  };
  CHECK(unwritten(seed()) == unwritten(seed()));
  CHECK(unwritten(seed()) != unwritten(seed() + 1));
}

/// Loads four words that lie `stride` bytes apart, `count` times; docs/memory.md says in which columns they lie.
Assembler strided_loads(std::int64_t stride, std::int64_t count) {
  Assembler as;
  as.li(a1, 0x4018);
  as.li(a2, stride);
  as.li(a3, count);
  const auto loop = as.here();
  as.vld_w(v1, a1, a2);
  as.addi(a3, a3, -1);
  as.bne(a3, zero, loop);
  as.thread_exit(zero);
  return as;
}

TEST_CASE("words in one column hold their port back, and every instruction issues once", "[engine]") {
  const auto library = open_model("small");
  const auto run = [&](std::int64_t stride, std::int64_t count) {
    MeshDevice device(library, {.seed = seed()});
    load(device, {0, 0}, 0, strided_loads(stride, count));
    device.start({0, 0}, 0, 0);
    REQUIRE(device.run(10'000).end == End::Idle);
    return device.last_run().nodes[0];
  };
  // A stride of seven words stays in a column, where a port is served a word per cycle; eight columns take four at
  // once.
  const auto more = run(56, 30) - run(56, 10);
  CHECK(more.held[0] == 20 * 3);
  CHECK((run(8, 30) - run(8, 10)).held[0] == 0);
  for (unsigned port = 1; port < engine::kSramPorts; ++port) CHECK(more.held[port] == 0);
  CHECK(more.threads[0].issued == 20 * 3);
  CHECK(more.threads[1].issued == 0);
  const auto whole = run(56, 30);
  CHECK(whole.threads[0].issued == whole.retired);
}

TEST_CASE("a semaphore that nobody posts is a hang with the threads that wait", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 2, .cols = 2, .seed = seed()});
  load(device, {1, 0}, 0, wait_for(9, 3));
  device.start({1, 0}, 1, 0);
  RunStatus status = device.run(10'000);
  REQUIRE(status.end == End::Hang);
  CHECK(status.cycles < 1000);
  REQUIRE(status.threads.size() == 1);
  const ThreadStatus thread = status.threads[0];
  CHECK(thread.node == NodeId{1, 0});
  CHECK(thread.thread == 1);
  CHECK(thread.state == State::WaitSemaphore);
  CHECK(thread.value == (9 | 3 << 16));
  CHECK(describe(thread).find("node (y 1, x 0) thread 1") != std::string::npos);
  CHECK(describe(thread).find("waits until semaphore 9 holds 3, now 0") != std::string::npos);
  // The hang is over when the semaphore is posted.
  device.mesh().host().send_control({1, 0}, noc::kCtrlSemBase + 8 * 9, 3);
  status = device.run(10'000);
  CHECK(status.end == End::Idle);
  CHECK(status.threads.empty());
}

TEST_CASE("the cycle limit ends a run, and the next run goes on from there", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.seed = seed()});
  Assembler as;
  as.li(t0, 300);
  const Label loop = as.here();
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.li(t1, 77);
  as.thread_exit(t1);
  load(device, {0, 0}, 0, as);
  device.start({0, 0}, 0, 0);
  RunStatus status = device.run(123);
  CHECK(status.end == End::CycleLimit);
  CHECK(status.cycles == 123);
  CHECK(device.time() == 123);
  status = device.run(100'000);
  CHECK(status.end == End::Idle);
  CHECK(device.mesh().node(0).thread(0).value == 77);
}

TEST_CASE("a trap without a handler ends the run with cause, pc and value", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
  Assembler as;
  as.li(a1, 0x100000);
  as.ld(a2, a1, 0);
  as.thread_exit(zero);
  load(device, {0, 1}, 0x40, as);
  load(device, {0, 0}, 0, endless());
  device.start({0, 1}, 0, 0x40);
  device.start({0, 0}, 0, 0);
  const RunStatus status = device.run(10'000);
  REQUIRE(status.end == End::Fault);
  REQUIRE(status.threads.size() == 2);
  const ThreadStatus faulted = status.threads[1];
  CHECK(faulted.state == State::Faulted);
  CHECK(faulted.cause == 5);
  CHECK(faulted.pc == 0x44);
  CHECK(faulted.value == 0x100000);
}

TEST_CASE("the scrubber keeps no node awake, and finds the same in the same cycles without sleep", "[engine]") {
  const auto library = open_model("small");
  constexpr unsigned kFirst = 0x2000, kErrors = 448, kRounds = 12;
  engine::MemoryErrors found[2];
  std::vector<std::uint8_t> contents[2];
  std::uint64_t evaluated[2] = {};
  for (const bool sleep : {true, false}) {
    MeshDevice device(library, {.seed = seed(), .sleep = sleep});
    // Scrubs while it looks at the time whenever it is woken.
    Assembler as;
    as.li(t0, 1);
    as.csrrw(zero, isa::csr::tscrub, t0);
    as.li(a3, 0x1000);
    const Label again = as.here();
    as.li(a1, 3);
    as.sem_wait(a1, t0);
    as.csrr(t1, isa::csr::mcycle);
    as.csrr(t2, isa::csr::tfixed);
    as.sd(t1, a3, 0);
    as.sd(t2, a3, 8);
    as.addi(a3, a3, 16);
    as.li(t3, 20);
    const Label loop = as.here();
    as.addi(t3, t3, -1);
    as.bnez(t3, loop);
    as.j(again);
    load(device, {0, 0}, 0, as);
    for (unsigned i = 0; i < kErrors; ++i) device.flip({0, 0}, kFirst + 72 * i, {.data = 1}, 0);
    device.start({0, 0}, 0, 0);
    for (unsigned i = 0; i < kRounds * 1000; ++i) {
      if (i % 1000 == 999) device.mesh().host().send_control({0, 0}, noc::kCtrlSemBase + 8 * 3, 1);
      device.mesh().step();
    }
    found[sleep] = device.mesh().node(0).memory_errors();
    contents[sleep] = memory(device, {0, 0}, 0x2000);
    evaluated[sleep] = device.mesh().counters().nodes[0].evaluated;
  }
  CHECK(evaluated[false] == kRounds * 1000);
  CHECK(evaluated[true] < evaluated[false] / 2);
  CHECK(found[true].fixed > 10);
  CHECK(found[true].fixed < kErrors);
  CHECK(found[true].fixed == found[false].fixed);
  CHECK(found[true].fixed_at.address == found[false].fixed_at.address);
  CHECK(first_difference(contents[true], contents[false]) == "");
}

TEST_CASE("what lies outside the machine throws", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
  std::array<std::uint8_t, 8> bytes{};
  CHECK_THROWS_AS(device.write({0, 0}, 65536 - 4, bytes), std::out_of_range);
  CHECK_THROWS_AS(device.read({1, 0}, 0, bytes), std::out_of_range);
  CHECK_THROWS_AS(device.start({0, 0}, 2, 0), std::out_of_range);
  CHECK_THROWS_AS(device.flip({0, 0}, 4, {.data = 1}, 0), std::invalid_argument);
  CHECK_THROWS_AS(device.flip({0, 0}, 65536, {.data = 1}, 0), std::out_of_range);
  CHECK_THROWS_AS(MeshDevice(library, {.rows = 0, .cols = 1}), std::invalid_argument);
  CHECK_THROWS_AS(MeshDevice(library, {.rows = 1, .cols = 33}), std::invalid_argument);
}

TEST_CASE("a missing model names the command that makes it", "[engine]") {
  const Config config = load_config("sim/configs/small.json");
  try {
    const engine::ModelLibrary library(config, "fast", "build/no-such-folder");
    FAIL("opened a model that does not exist");
  } catch (const engine::ModelError& error) {
    CHECK(std::string(error.what()).find("make build/no-such-folder/small-fast.so") != std::string::npos);
  }
}

TEST_CASE("the counters of a run agree with the program", "[engine]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
  Assembler as;
  as.li(a1, 0x1000);
  as.li(a2, 1);
  as.xfer(a1, a2);
  as.mma_z(acc0, v0, v1);
  as.mma(acc0, v0, v1);
  as.mma(acc1, v0, v1);
  as.thread_exit(zero);
  load(device, {0, 0}, 0, as);
  load(device, {0, 0}, 0x1000,
       noc::Descriptor{
           .dst = remote({0, 1}, 0x2000), .src = 0x2000, .row_bytes = 640, .rows = 1, .kind = noc::Kind::Put});
  device.start({0, 0}, 0, 0);
  REQUIRE(device.run(10'000).end == End::Idle);
  const engine::Counters& run = device.last_run();
  CHECK(run.retired() == as.finish().size());
  CHECK(run.matrix_steps() == 3);
  CHECK(run.packets(0) == 10);
  CHECK(run.packets(1) == 0);
  CHECK(run.nodes[0].packets[kEast][0] == 10);
  CHECK(run.host_packets == 1);
}

}  // namespace
}  // namespace tatami::test
