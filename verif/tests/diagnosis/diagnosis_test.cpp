// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Programs that fail in known ways: what is said about them must be what they did.

#include <fmt/format.h>

#include "sim/diagnosis/cause.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using diagnosis::Cause;
using diagnosis::Failure;
using diagnosis::Trigger;
using engine::MeshDevice;

constexpr std::uint64_t kPlace = 0x4000;
constexpr std::uint64_t kLimit = 10'000;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The cause of a failure on a mesh, and what the programs do that `again` loads and starts.
Cause cause_of(unsigned rows, unsigned cols, const Failure& failure, const std::function<void(MeshDevice&)>& begin) {
  const auto library = open_model("small", "check");
  MeshDevice device(library, {.rows = rows, .cols = cols, .seed = seed()});
  return diagnosis::find_cause(device, failure, [&](Device&) {
    begin(device);
    return device.run(kLimit);
  });
}

Failure wrong_word(NodeId node) { return {Trigger::Kind::Mismatch, "test", node, {kPlace, 4}}; }

/// Waits until a semaphore of its own holds 2.
Assembler wait_for_two(std::int64_t semaphore) {
  Assembler as;
  as.li(a1, semaphore);
  as.li(a2, 2);
  as.sem_wait(a1, a2);
  as.thread_exit(zero);
  return as;
}

}  // namespace

TEST_CASE("of several stores the last one to a byte is named, with what its thread did before", "[diagnosis]") {
  // Thread 0 stores to the place twice, then beside it many times, and retires much more after that.
  Assembler as;
  as.li(a1, kPlace);
  as.li(a2, 1);
  as.sd(a2, a1);
  as.li(a2, 2);
  const std::uint64_t culprit = 4 * as.finish().size();
  as.sw(a2, a1, 0);
  for (int i = 1; i < 60; ++i) as.sw(a2, a1, 4 * i);
  for (int i = 0; i < 100; ++i) as.addi(a2, a2, 1);
  as.thread_exit(zero);
  const auto begin = [&](MeshDevice& device) {
    load(device, {0, 0}, 0, as);
    device.start({0, 0}, 0, 0);
  };
  const Cause cause = cause_of(1, 1, wrong_word({0, 0}), begin);
  CAPTURE(cause.text);
  CHECK(contains(cause.text, fmt::format("by thread 0, kernel test, at pc {:#x}: sw x12, 0(x11)", culprit)));
  CHECK(contains(cause.text, "the element lies at 0x4000 of node (y 0, x 0)"));
  // The store is the last line, and the program's first instruction, fewer than 32 before it, the first.
  CHECK(cause.text.ends_with("sw x12, 0(x11)\n"));
  CHECK(contains(cause.text, "(cycle, pc):\n"));
  CHECK(contains(cause.text, fmt::format("the last {} instructions", culprit / 4 + 1)));
  CHECK(cause.moment.node == NodeId{0, 0});

  // The first store alone is the last one when the second is left out: in an earlier cycle.
  Assembler one;
  one.li(a1, kPlace);
  one.li(a2, 1);
  one.sd(a2, a1);
  one.thread_exit(zero);
  const Cause before = cause_of(1, 1, wrong_word({0, 0}), [&](MeshDevice& device) {
    load(device, {0, 0}, 0, one);
    device.start({0, 0}, 0, 0);
  });
  CHECK(contains(before.text, "sd x12, 0(x11)"));
  CHECK(before.moment.cycle < cause.moment.cycle);
}

TEST_CASE("no more than the last 32 instructions are shown", "[diagnosis]") {
  Assembler as;
  as.li(a1, kPlace);
  for (int i = 0; i < 70; ++i) as.addi(a2, a2, 1);
  as.sd(a2, a1);
  as.thread_exit(zero);
  const Cause cause = cause_of(1, 1, wrong_word({0, 0}), [&](MeshDevice& device) {
    load(device, {0, 0}, 0, as);
    device.start({0, 0}, 0, 0);
  });
  CAPTURE(cause.text);
  CHECK(contains(cause.text, "the last 32 instructions"));
  CHECK(std::count(cause.text.begin(), cause.text.end(), '\n') == 2 + 32);
}

TEST_CASE("vector work that retires behind later scalar instructions is shown in program order", "[diagnosis]") {
  // Steps of one accumulator, its read-out and a store; scalar instructions overtake all of it.
  Assembler as;
  as.li(a1, kPlace);
  for (int i = 0; i < 6; ++i) as.mma(acc0, v0, v8);
  as.mrd_fp32(v16, acc0, 0);
  const std::uint64_t culprit = 4 * as.finish().size();
  as.vst(v16, a1, 0);
  for (int i = 0; i < 40; ++i) as.addi(a2, a2, 1);
  as.thread_exit(zero);
  const Cause cause = cause_of(1, 1, wrong_word({0, 0}), [&](MeshDevice& device) {
    load(device, {0, 0}, 0, as);
    device.start({0, 0}, 0, 0);
  });
  CAPTURE(cause.text);
  CHECK(contains(cause.text, fmt::format("by thread 0, kernel test, at pc {:#x}: vst v16", culprit)));
  CHECK(contains(cause.text, fmt::format("the last {} instructions", culprit / 4 + 1)));
  CHECK_FALSE(contains(cause.text, "addi x12, x12, 1"));
}

TEST_CASE("what comes over the mesh is traced to its sender", "[diagnosis]") {
  // Node (0, 2) puts 64 bytes around the place of node (0, 0); the host had written there before.
  noc::Descriptor put{};
  put.src = 0x2000;
  put.dst = remote({0, 0}, kPlace - 32);
  put.row_bytes = 64;
  put.rows = 1;
  const Cause cause = cause_of(1, 3, wrong_word({0, 0}), [&](MeshDevice& device) {
    device.write({0, 0}, kPlace, random_bytes(1, 8));
    start_transfer(device, {0, 2}, 0x100, put);
  });
  CHECK(contains(cause.text, "by a packet of node (y 0, x 2)"));

  const auto by_host = [&](MeshDevice& device) { device.load({0, 0}, kPlace, random_bytes(1, 8)); };
  CHECK(contains(cause_of(1, 1, wrong_word({0, 0}), by_host).text, "by a packet of the host"));
  const auto by_door = [&](MeshDevice& device) { device.write({0, 0}, kPlace, random_bytes(1, 8)); };
  CHECK(contains(cause_of(1, 1, wrong_word({0, 0}), by_door).text, "by the host, before the run"));
  CHECK(contains(cause_of(1, 1, wrong_word({0, 0}), [](MeshDevice&) {}).text, "nothing ever wrote it"));
}

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

TEST_CASE("triggers come in the first cycle in which they hold", "[diagnosis]") {
  // A loop passes pc 4 three times; then an illegal instruction traps.
  Assembler as;
  as.li(a1, 3);
  const Label loop = as.here();
  as.addi(a1, a1, -1);
  as.bnez(a1, loop);
  as.ebreak();
  const auto library = open_model("small");
  const auto moment = [&](const Trigger& trigger) {
    MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
    const diagnosis::TriggerWatch watch(device.mesh(), trigger);
    load(device, {0, 1}, 0, as);
    device.start({0, 1}, 0, 0);
    CHECK(device.run(kLimit).end == RunStatus::End::Fault);
    return watch.moment();
  };
  const auto packet = moment({Trigger::Kind::Packet, 0, {0, 1}});
  const auto pc = moment({Trigger::Kind::Pc, 4, {}});
  const auto trap = moment({Trigger::Kind::Trap, 0, {}});
  REQUIRE((packet && pc && trap));
  CHECK(packet->cycle < pc->cycle);
  CHECK(pc->cycle + 4 < trap->cycle);  // two rounds of two instructions lie between
  CHECK(trap->what == "thread 0 of node (y 0, x 1) traps at pc 0xc");
  CHECK(pc->node == NodeId{0, 1});
  CHECK_FALSE(moment({Trigger::Kind::Pc, 0x40, {}}));
  CHECK_FALSE(moment({Trigger::Kind::Packet, 0, {0, 0}}));
}

}  // namespace tatami::test
