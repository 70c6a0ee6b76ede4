// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Programs that stop before their end, or never come to it: what is said about them must be what they did.

#include <fmt/format.h>

#include <utility>

#include "verif/tests/diagnosis/cause_of.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

/// Waits until a semaphore of its own holds 2.
Assembler wait_for_two(std::int64_t semaphore) {
  Assembler as;
  as.li(a1, semaphore);
  as.li(a2, 2);
  as.sem_wait(a1, a2);
  as.thread_exit(zero);
  return as;
}

/// Something at the far end of a link that gives back a place which nobody took.
class Generous : public engine::EdgePort {
 public:
  void cycle(bool, const std::uint32_t*, std::uint8_t) override { output_.credit = 1; }
  bool idle() const override { return false; }
};

}  // namespace

TEST_CASE("a fault shows what its thread did", "[diagnosis]") {
  Assembler as;
  as.li(a1, 5);
  as.ebreak();
  const Failure fault{Trigger::Kind::Fault, "test", {}, {}};
  const Cause cause = cause_of(1, 2, fault, [&](MeshDevice& device) {
    load(device, {0, 1}, 0, as);
    device.start({0, 1}, 1, 0);
  });
  CAPTURE(cause.text);
  CHECK(cause.moment.node == NodeId{0, 1});
  CHECK(contains(cause.moment.what, "node (y 0, x 1) thread 1 at pc 0x4"));
  CHECK(contains(cause.text, "0x0  addi x11, x0, 5"));
}

TEST_CASE("a hang shows who waits for whom, and the circle", "[diagnosis]") {
  // Each of the first two nodes posts once to the other, and then waits for two; the third waits for nobody it knows;
  // the fourth posts once to itself by a transfer and twice by its thread, and waits for four.
  const auto post_and_wait = [](NodeId other, unsigned own) {
    Assembler as;
    as.li(a1, 0x100);
    as.li(a2, 1);
    as.xfer(a1, a2);
    as.li(a1, 7);
    as.li(a2, own);
    as.sem_post(a1, a2);
    as.addi(a2, a2, 2);
    as.sem_wait(a1, a2);
    as.thread_exit(zero);
    noc::Descriptor post{};
    post.src = 0x2000;
    post.dst = remote(other, 0x3000);
    post.row_bytes = 8;
    post.rows = 1;
    post.post = true;
    post.sem = 7;
    return std::pair{as, post};
  };
  const Failure hang{Trigger::Kind::Hang, "test", {}, {}};
  const Cause cause = cause_of(1, 4, hang, [&](MeshDevice& device) {
    for (const unsigned x : {0U, 1U, 3U}) {
      const auto [as, post] = x == 3 ? post_and_wait({0, x}, 2) : post_and_wait({0, 1 - x}, 0);
      load(device, {0, x}, 0, as);
      load(device, {0, x}, 0x100, post);
      device.start({0, x}, 0, 0);
    }
    load(device, {0, 2}, 0, wait_for_two(9));
    device.start({0, 2}, 0, 0);
  });
  CAPTURE(cause.text);
  const auto waits = [&](const std::string& what) {
    return contains(cause.text, "thread 0 waits until " + what + "\n");
  };
  CHECK(waits("semaphore 7 holds 2, now 1; posted to it: node (y 0, x 1) 1"));
  CHECK(waits("semaphore 9 holds 2, now 0; nothing was posted to it"));
  CHECK(waits("semaphore 7 holds 4, now 3; posted to it: node (y 0, x 3) 3"));
  CHECK(contains(cause.text, "circle: node (y 0, x 0) -> node (y 0, x 1) -> node (y 0, x 0)\n"));
  CHECK(cause.text.find("circle") == cause.text.rfind("circle"));
}

TEST_CASE("what a cast posts is told of its sender, at its members only", "[diagnosis]") {
  // Node (0, 0) casts twice to itself, (0, 1) and (0, 3), past (0, 2), which asks for the same semaphore; all wait
  // for 3.
  const Failure hang{Trigger::Kind::Hang, "test", {}, {}};
  const Cause cause = cause_of(1, 4, hang, [&](MeshDevice& device) {
    const auto groups = device.define_groups({{{0, 0}, {0, 1}, {0, 3}}});
    REQUIRE(groups.at(0));
    noc::Descriptor cast{};
    cast.src = 0x2000;
    cast.dst = noc::group_address(0, *groups.at(0), 0x3000);
    cast.row_bytes = 256;
    cast.rows = 1;
    cast.post = true;
    cast.sem = 7;
    for (unsigned x = 0; x < 4; ++x) {
      Assembler as;
      as.li(a1, 0x100);
      as.li(a2, 1);
      for (int i = 0; x == 0 && i < 2; ++i) as.xfer(a1, a2);
      as.li(a1, 7);
      as.li(a2, 3);
      as.sem_wait(a1, a2);
      as.thread_exit(zero);
      load(device, {0, x}, 0, as);
      load(device, {0, x}, 0x100, cast);
      device.start({0, x}, 0, 0);
    }
  });
  CAPTURE(cause.text);
  for (const unsigned x : {0U, 1U, 3U}) {
    CHECK(contains(cause.text, fmt::format("node (y 0, x {}) thread 0 waits until semaphore 7 holds 3, now 2; "
                                           "posted to it: node (y 0, x 0) 2\n",
                                           x)));
  }
  CHECK(contains(cause.text, "node (y 0, x 2) thread 0 waits until semaphore 7 holds 3, now 0; nothing was posted"));
  CHECK_FALSE(contains(cause.text, "circle"));
}

TEST_CASE("an assertion that fails is of the node in which it fails", "[diagnosis]") {
  const Failure fault{Trigger::Kind::Fault, "test", {}, {}};
  Generous port;
  const Cause cause = cause_of(2, 2, fault,
                               [&](MeshDevice& device) {
                                 device.mesh().attach({1, 1}, kEast, port);
                               },
                               {{0, 0}});
  CAPTURE(cause.text);
  CHECK(cause.moment.node == NodeId{1, 1});
  CHECK(contains(cause.text, "why: an assertion of the RTL failed in node (y 1, x 1), in cycle "));
}

TEST_CASE("what nobody can tell the node of has none", "[diagnosis]") {
  const auto node_of = [](Trigger::Kind kind) {
    return cause_of(2, 2, {kind, "test", {}, {}}, [](MeshDevice&) {}, {{0, 0}}).moment.node;
  };
  CHECK(node_of(Trigger::Kind::Fault) == std::nullopt);
  CHECK(node_of(Trigger::Kind::Hang) == std::nullopt);
  CHECK(node_of(Trigger::Kind::Limit) == std::nullopt);
}

TEST_CASE("a limit shows the thread that runs in circles, and who waits", "[diagnosis]") {
  // A thread of the first node waits for ever; one of the second runs in circles.
  Assembler as;
  as.li(a1, 7);
  const Label loop = as.here();
  as.addi(a1, a1, 1);
  as.bnez(a1, loop);
  const Failure limit{Trigger::Kind::Limit, "test", {}, {}};
  const Cause cause = cause_of(1, 2, limit, [&](MeshDevice& device) {
    load(device, {0, 0}, 0, wait_for_two(9));
    device.start({0, 0}, 0, 0);
    load(device, {0, 1}, 0, as);
    device.start({0, 1}, 1, 0);
  });
  CAPTURE(cause.text);
  CHECK(cause.moment.cycle == kLimit - 1);
  CHECK(cause.moment.node == NodeId{0, 1});
  CHECK(contains(cause.moment.what, "node (y 0, x 1) thread 1 at pc"));
  CHECK(contains(
      cause.text,
      fmt::format("why: still running in cycle {}; the last instruction or packet was in cycle 99", kLimit - 1)));
  CHECK(contains(cause.text, "the last 32 instructions of node (y 0, x 1) thread 1 (cycle, pc):\n"));
  CHECK(contains(cause.text, "0x4  addi x11, x11, 1\n"));
  CHECK(
      contains(cause.text, "who waits for whom:\n    node (y 0, x 0) thread 0 waits until semaphore 9 holds 2, now 0"));
}

TEST_CASE("threads that wait at a barrier, or for the transfer queue, are said to", "[diagnosis]") {
  // Both nodes' first threads are at a barrier; the second of one node waits elsewhere, that of the other never began.
  Assembler as;
  as.li(a1, 0b11);
  as.thread_barrier(a1);
  as.thread_exit(zero);
  const Failure hang{Trigger::Kind::Hang, "test", {}, {}};
  const std::string text = cause_of(1, 2, hang, [&](MeshDevice& device) {
                             for (const unsigned x : {0U, 1U}) {
                               load(device, {0, x}, 0, as);
                               device.start({0, x}, 0, 0);
                             }
                             load(device, {0, 0}, 0x100, wait_for_two(9));
                             device.start({0, 0}, 1, 0x100);
                           }).text;
  CAPTURE(text);
  const std::string sentence = "thread 0 waits at a barrier for the threads 0 and 1; missing: 1";
  CHECK(contains(text, "    node (y 0, x 0) " + sentence + "\n"));
  CHECK(contains(text, "    node (y 0, x 1) " + sentence + "; parked: 1\n"));
  CHECK(contains(text, "    node (y 0, x 0) thread 1 waits until semaphore 9 holds 2, now 0"));

  // A place in the queue comes in the end: the limit comes before.
  Assembler sends;
  sends.li(a1, 0x100);
  sends.li(a2, 1);
  const Label again = sends.here();
  sends.xfer(a1, a2);
  sends.j(again);
  noc::Descriptor put{};
  put.src = 0x2000;
  put.dst = remote({0, 1}, 0x4000);
  put.row_bytes = 4096;
  put.rows = 1;
  const std::string queue = cause_of(1, 2, {Trigger::Kind::Limit, "test", {}, {}}, [&](MeshDevice& device) {
                              load(device, {0, 0}, 0, sends);
                              load(device, {0, 0}, 0x100, put);
                              device.start({0, 0}, 0, 0);
                            }).text;
  CAPTURE(queue);
  CHECK(contains(queue, "    node (y 0, x 0) thread 0 waits for a place in the transfer queue\n"));
}

}  // namespace tatami::test
