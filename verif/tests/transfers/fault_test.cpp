// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Faults and bad input: each is reported with who, where and what, and the rest of the machine goes on.

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;
using End = RunStatus::End;

constexpr unsigned kRows = 2, kCols = 3;
constexpr unsigned kList = 0x1000, kSource = 0x2000, kInbox = 0x3000;
constexpr NodeId kCulprit{1, 1}, kOther{0, 2};

/// On node kCulprit a thread queues one descriptor and exits a while later.
void start_transfer(MeshDevice& device, const noc::Descriptor& descriptor) {
  load(device, kCulprit, kList, descriptor);
  Assembler as;
  as.li(a1, kList);
  as.li(a2, 1);
  as.xfer(a1, a2);
  as.li(t0, 100);
  const Label wait = as.here();
  as.addi(t0, t0, -1);
  as.bnez(t0, wait);
  as.thread_exit(zero);
  load(device, kCulprit, 0, as);
  device.start(kCulprit, 0, 0);
}

/// Every node, the faulty one too, sends a block to the next one by its second thread, and waits for one.
void check_the_others(MeshDevice& device) {
  constexpr unsigned kProgram = 0x800, kSecondList = 0x1100;
  for (unsigned n = 0; n < kRows * kCols; ++n) {
    const unsigned to = (n + 1) % (kRows * kCols);
    device.write(device.mesh().id(n), kSource, random_bytes(n, 640));
    load(device, device.mesh().id(n), kSecondList,
         {.dst = remote(device.mesh().id(to), kInbox),
          .src = kSource,
          .row_bytes = 640,
          .rows = 1,
          .post = true,
          .sem = 5});
    Assembler as;
    as.li(a1, kSecondList);
    as.li(a2, 1);
    as.xfer(a1, a2);
    as.li(a1, 5);
    as.sem_wait(a1, a2);
    as.thread_exit(zero);
    load(device, device.mesh().id(n), kProgram, as);
    device.start(device.mesh().id(n), 1, kProgram);
  }
  RunStatus status = device.run(10'000);
  for (const ThreadStatus& thread : status.threads) CHECK(thread.thread == 0);  // nobody waits in vain
  for (unsigned n = 0; n < kRows * kCols; ++n) {
    std::vector<std::uint8_t> block(640);
    device.read(device.mesh().id((n + 1) % (kRows * kCols)), kInbox, block);
    CHECK(block == random_bytes(n, 640));
  }
}

/// Runs until the fault, and returns the one sentence about it.
std::string error_of(MeshDevice& device) {
  const RunStatus status = device.run(10'000);
  CHECK(status.end == End::Fault);
  REQUIRE(status.errors.size() == 1);
  return status.errors[0];
}

TEST_CASE("a malformed packet is named with its source and what it asked for", "[engine][fault]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  device.mesh().host().send_control(kOther, 0x1FF8, 1);
  CHECK(error_of(device) ==
        "Node (y 0, x 2) dropped a malformed packet from the host: a write to control register 0x1ff8.");
  check_the_others(device);
}

TEST_CASE("a semaphore that overflows is named with its number and who posted", "[engine][fault]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  SECTION("by the host") {
    device.mesh().host().send_control(kOther, noc::kCtrlSemBase + noc::kCtrlStride * 7, 65535);
    CHECK(device.run(1000).end == End::Idle);
    device.mesh().host().send_control(kOther, noc::kCtrlSemBase + noc::kCtrlStride * 7, 1);
    CHECK(error_of(device) == "Node (y 0, x 2) counted semaphore 7 beyond 65535 with a post of the host.");
  }
  SECTION("by another node") {
    device.mesh().host().send_control(kOther, noc::kCtrlSemBase + noc::kCtrlStride * 9, 65535);
    CHECK(device.run(1000).end == End::Idle);
    start_transfer(device, {.dst = remote(kOther, 0), .post = true, .sem = 9});
    CHECK(error_of(device) == "Node (y 0, x 2) counted semaphore 9 beyond 65535 with a post of node (y 1, x 1).");
  }
  SECTION("by its own program") {
    Assembler as;
    as.li(a1, 3);
    as.li(a2, 40000);
    as.sem_post(a1, a2);
    as.sem_post(a1, a2);
    as.thread_exit(zero);
    load(device, kCulprit, 0, as);
    device.start(kCulprit, 0, 0);
    CHECK(error_of(device) == "Node (y 1, x 1) counted semaphore 3 beyond 65535 with a post of node (y 1, x 1).");
  }
  check_the_others(device);
}

TEST_CASE("a descriptor out of range stops the thread that queued it, with the descriptor's address",
          "[engine][fault]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  noc::Descriptor d{.dst = remote(kOther, 65536 - 64), .src = kSource, .row_bytes = 72, .rows = 1};
  SECTION("at the destination") {}
  SECTION("at the source") { d = {.dst = kInbox, .src = 65536, .row_bytes = 8, .rows = 1}; }
  SECTION("of a get") {
    d = {.dst = kInbox, .src = remote(kOther, 65536), .row_bytes = 8, .rows = 1, .kind = noc::Kind::Get};
  }
  SECTION("by more padding than box") {
    d = {.dst = kInbox, .src = kSource, .row_bytes = 8, .rows = 1, .pad_left = 16};
  }
  start_transfer(device, d);
  const RunStatus status = device.run(10'000);
  CHECK(status.end == End::Fault);
  CHECK(status.errors.empty());
  REQUIRE(status.threads.size() == 1);
  CHECK(status.threads[0].node == kCulprit);
  CHECK(status.threads[0].thread == 0);
  CHECK(status.threads[0].state == ThreadStatus::State::Faulted);
  CHECK(describe(status.threads[0]).find("a store or transfer at 0x1000, outside local SRAM or not possible") !=
        std::string::npos);
  check_the_others(device);
}

TEST_CASE("a get of rows that do not exist is reported by the node of the data, with who asked", "[engine][fault]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  const std::array<std::uint32_t, 4> table{0, 64, 65536, 128};
  device.write(kOther, 0x4000, bytes_of(table));
  device.write(kOther, kSource, random_bytes(9, 192));
  device.write(kCulprit, kInbox, random_bytes(10, 256));
  start_transfer(device, {.dst = kInbox,
                          .src = remote(kOther, kSource),
                          .row_bytes = 64,
                          .rows = 4,
                          .dst_pitch = 64,
                          .kind = noc::Kind::Get,
                          .gather = true,
                          .index = 0x4000});
  CHECK(error_of(device) == "Node (y 0, x 2) could not carry out all of a get of node (y 1, x 1).");
  device.run(1000);
  const auto source = random_bytes(9, 192);
  std::vector<std::uint8_t> want(256), have(256);
  std::copy_n(source.begin(), 128, want.begin());
  std::copy_n(source.begin() + 128, 64, want.begin() + 192);
  device.read(kCulprit, kInbox, have);
  CHECK(have == want);
  check_the_others(device);
}

}  // namespace
}  // namespace tatami::test
