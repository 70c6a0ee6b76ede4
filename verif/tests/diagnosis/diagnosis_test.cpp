// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Programs with wrong results in known ways: what is said about them must be what they did. And what triggers see.

#include <fmt/format.h>

#include "verif/tests/diagnosis/cause_of.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr std::uint64_t kPlace = 0x4000;

Failure wrong_word(NodeId node) { return {Trigger::Kind::Mismatch, "test", node, {kPlace, 4}}; }

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
  const auto packet = moment({Trigger::Kind::Packet, 0, {{0, 1}}});
  const auto pc = moment({Trigger::Kind::Pc, 4, {}});
  const auto trap = moment({Trigger::Kind::Trap, 0, {}});
  REQUIRE((packet && pc && trap));
  CHECK(packet->cycle < pc->cycle);
  CHECK(pc->cycle + 4 < trap->cycle);  // two rounds of two instructions lie between
  CHECK(trap->what == "thread 0 of node (y 0, x 1) traps at pc 0xc");
  CHECK(pc->node == NodeId{0, 1});
  CHECK_FALSE(moment({Trigger::Kind::Pc, 0x40, {}}));
  CHECK_FALSE(moment({Trigger::Kind::Packet, 0, {{0, 0}}}));
  // Of the nodes that were chosen, and no others.
  CHECK_FALSE(moment({Trigger::Kind::Pc, 4, {{0, 0}}}));
  CHECK_FALSE(moment({Trigger::Kind::Trap, 0, {{0, 0}}}));
  CHECK(moment({Trigger::Kind::Trap, 0, {{0, 0}, {0, 1}}})->cycle == trap->cycle);
}

}  // namespace tatami::test
