// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Pipeline logs of programs whose cycles docs/core.md tells.

#include <algorithm>

#include "sim/engine/mesh_device.hpp"
#include "sim/timeline/recorder.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/tests/timeline/kanata_log.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;
using End = RunStatus::End;

constexpr std::uint64_t kCode = 0x1000, kData = 0x4000;

/// A machine of one node with a log of its pipeline.
struct Bench {
  engine::ModelLibrary library = open_model("small", "check");
  MeshDevice device{library, {.seed = seed()}};
  timeline::Recorder recorder;

  explicit Bench(const timeline::Window& window = {})
      : recorder(device.mesh(), {.kanata = true, .perfetto = false, .window = window, .nodes = {}}) {}

  RunStatus run(unsigned thread = 0) {
    device.start({0, 0}, thread, kCode);
    return device.run(10'000);
  }
  KanataLog log() { return KanataLog(recorder.finish().kanata); }
};

/// Goes through the pairs of the table of latencies twice: the first time brings the code into the cache.
Assembler pairs() {
  Assembler as;
  as.li(a1, kData);
  as.li(s3, 2);
  const Label loop = as.here();
  as.addi(t0, zero, 1);
  as.add(t1, t0, t0);
  as.ld(t2, a1, 0);
  as.addi(t3, t2, 1);
  as.mul(t4, t3, t3);
  as.addi(t5, t4, 2);
  as.div(t6, t5, t3);
  as.addi(s2, t6, 3);
  as.vld(v1, a1);
  as.vadd_i32(v2, v1, v1);
  as.vsub_i32(v3, v2, v2);
  as.vrcp_fp32(v4, v3);
  as.vand(v5, v4, v4);
  as.mma_z(acc0, v5, v5);
  as.mma(acc0, v5, v5);
  as.mrd_fp32(v6, acc0, 0);
  as.vor(v7, v6, v6);
  as.addi(s3, s3, -1);
  as.bne(s3, zero, loop);
  as.addi(s4, zero, 4);
  as.thread_exit(zero);
  return as;
}

/// The second one of the hart's instructions with this text.
LoggedInstruction second(const KanataLog& log, const std::string& text) {
  const auto found = log.find(0, text);
  INFO(text);
  REQUIRE(found.size() == 2);
  return found[1];
}

}  // namespace

TEST_CASE("stages begin in the cycles of the documented latencies", "[timeline][kanata]") {
  Bench bench;
  load(bench.device, {0, 0}, kCode, pairs());
  REQUIRE(bench.run().end == End::Idle);
  const std::uint64_t retired = bench.device.last_run().retired();
  const KanataLog log = bench.log();
  CHECK(log.retired() == retired);

  const auto execute = [&](const std::string& text) { return second(log, text).at("X"); };
  CHECK(execute("add x6") - execute("addi x5") == 1);
  CHECK(execute("addi x28") - execute("ld x7") == 6);
  CHECK(execute("addi x30") - execute("mul x29") == 7);
  CHECK(execute("addi x18") - execute("div x31") == 69);

  // A vector instruction leaves its queue in the cycle before V; a step has no V, and is recorded in that cycle.
  const auto unit = [&](const std::string& text) { return second(log, text).at("V"); };
  CHECK(unit("vadd.i32") - 1 - (execute("vld v1") - 1) == 7);
  CHECK(unit("vsub.i32") - unit("vadd.i32") == 8);
  CHECK(unit("vrcp.fp32") - unit("vsub.i32") == 8);
  CHECK(unit("vand") - unit("vrcp.fp32") == 14);
  const std::uint64_t zero_step = *second(log, "mma.z").end, step = *second(log, "mma acc0").end;
  CHECK(zero_step - unit("vand") == 8);
  CHECK(step - zero_step == 6);
  CHECK(unit("mrd.fp32") - step == 6);
  CHECK(unit("vor") - unit("mrd.fp32") == 5);

  // A branch that was never taken before: the next instruction is three cycles behind.
  const auto branches = log.find(0, "bne");
  REQUIRE(branches.size() == 2);
  CHECK(log.find(0, "addi x5")[1].at("X") - branches[0].at("X") == 3);
  // That window was in the cache: chosen in the branch's stage X, in the buffer two cycles later. The first one was
  // not.
  CHECK(log.find(0, "addi x5")[1].at("F") == branches[0].at("X"));
  CHECK(log.find(0, "addi x5")[1].at("I") == branches[0].at("X") + 2);
  CHECK(log.find(0, "addi x5")[0].at("F") + 2 < log.instructions()[0].at("I"));
  // The second time it is not taken, and what was fetched at its target is flushed. What issued behind either of the
  // two is void in stage X.
  CHECK(log.find(0, "addi x20")[0].at("X") - branches[1].at("X") == 3);
  std::size_t flushed = 0, voided = 0;
  for (const LoggedInstruction& i : log.instructions()) {
    if (!i.flushed) continue;
    voided += i.has("X");
    flushed += i.label.find("addi x5") != std::string::npos;
  }
  CHECK(flushed >= 1);
  CHECK(voided == 2);
}

TEST_CASE("each kind of instruction goes its way, woken by what it waits for", "[timeline][kanata]") {
  Bench bench;
  load(bench.device, {0, 0}, kCode, pairs());
  REQUIRE(bench.run().end == End::Idle);
  const KanataLog log = bench.log();
  const auto ends_in = [&](const std::string& text, const std::string& way) {
    CAPTURE(text, second(log, text).way());
    CHECK(second(log, text).way().ends_with(way));
  };
  ends_in("addi x5", "IXM");  // by a memory pipe
  ends_in("ld x7", "IXM");
  ends_in("mul x29", "IXD");
  ends_in("div x31", "IXD");
  ends_in("vld v1", "IXQ");
  ends_in("vadd.i32", "IXQV");
  ends_in("mma.z", "IXQ");
  ends_in("mrd.fp32", "IXQV");
  for (const LoggedInstruction& i : log.instructions()) {
    CHECK(i.stages.front().first == "F");
    // Scalar instructions are over one cycle behind X: their record comes then.
    if (i.way().ends_with("X") && !i.flushed) CHECK(*i.end == i.at("X") + 1);
  }

  const auto wakes = [&](const std::string& consumer, const std::string& producer) {
    const LoggedInstruction woken = second(log, consumer);
    return std::any_of(woken.producers.begin(), woken.producers.end(), [&](std::uint64_t id) {
      return log.instructions()[id].label.find(producer) != std::string::npos;
    });
  };
  CHECK(wakes("add x6", "addi x5"));
  CHECK(wakes("addi x28", "ld x7"));
  CHECK(wakes("addi x18", "div x31"));
  CHECK(wakes("vsub.i32", "vadd.i32"));
  CHECK(wakes("mma acc0", "mma.z"));
  CHECK(wakes("mrd.fp32", "mma acc0"));
  CHECK_FALSE(wakes("mul x29", "ld x7"));
  CHECK_FALSE(wakes("ld x7", "addi x5"));
  CHECK(second(log, "ld x7").notes.find("memory pipe 0") != std::string::npos);
  CHECK(second(log, "addi x18").notes.find("x18 = 0x") != std::string::npos);
}

TEST_CASE("an instruction that waits executes twice, one that traps in its memory pipe issues twice",
          "[timeline][kanata]") {
  Bench bench;
  Assembler as;  // the second thread posts what the first one waits for, after a while
  const Label other = as.label();
  as.bnez(a0, other);
  as.li(a1, 5);
  as.li(a2, 2);
  as.sem_wait(a1, a2);
  as.li(a3, -8);
  as.ld(a4, a3, 0);
  as.bind(other);
  as.li(t0, 30);
  const Label loop = as.here();
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.li(a1, 5);
  as.li(a2, 2);
  as.sem_post(a1, a2);
  as.thread_exit(zero);
  load(bench.device, {0, 0}, kCode, as);
  bench.device.start({0, 0}, 1, kCode);
  CHECK(bench.run().end == End::Fault);
  const std::uint64_t retired = bench.device.last_run().retired();
  const KanataLog log = bench.log();
  CHECK(log.retired() == retired);
  const auto waits = log.find(0, "sem.wait");
  const auto posts = log.find(1, "sem.post");
  REQUIRE((waits.size() == 1 && posts.size() == 1));
  CHECK(waits[0].way().ends_with("IXWX"));
  CHECK(waits[0].at("W") < posts[0].at("X"));
  // A post is visible one cycle later, the wait is granted then, and issues in the cycle after.
  CHECK(waits[0].at("X") == posts[0].at("X") + 3);
  const auto traps = log.find(0, "ld x14");
  REQUIRE(traps.size() == 1);
  CHECK(traps[0].way().ends_with("IXIX"));
  CHECK(traps[0].notes.find("traps") != std::string::npos);
}

TEST_CASE("a window holds what is fetched in it, as the whole log has it", "[timeline][kanata]") {
  const auto log_of = [](const timeline::Window& window) {
    Bench bench(window);
    load(bench.device, {0, 0}, kCode, pairs());
    REQUIRE(bench.run().end == End::Idle);
    return bench.log();
  };
  const KanataLog whole = log_of({});
  const timeline::Window window{60, 150};
  const KanataLog part = log_of(window);
  std::vector<const LoggedInstruction*> expected;
  for (const LoggedInstruction& i : whole.instructions()) {
    if (window.holds(i.stages.front().second)) expected.push_back(&i);
  }
  REQUIRE_FALSE(expected.empty());
  REQUIRE(expected.size() < whole.instructions().size());
  REQUIRE(part.instructions().size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(part.instructions()[i].label == expected[i]->label);
    CHECK(part.instructions()[i].stages == expected[i]->stages);
    CHECK(part.instructions()[i].end == expected[i]->end);
  }
  CHECK(part.first_cycle() >= window.from);
}

TEST_CASE("a full log ends early, and says when", "[timeline][kanata]") {
  const engine::ModelLibrary library = open_model("small", "check");
  MeshDevice device(library, {.seed = seed()});
  timeline::Recorder recorder(device.mesh(), {.kanata = true, .most_events = 300});
  load(device, {0, 0}, kCode, pairs());
  device.start({0, 0}, 0, kCode);
  REQUIRE(device.run(10'000).end == End::Idle);
  const KanataLog log(recorder.finish().kanata);
  REQUIRE(recorder.full());
  CHECK(*recorder.full() < device.time());
  CHECK(log.retired() > 10);
  CHECK(log.retired() < device.last_run().retired());
  for (const LoggedInstruction& i : log.instructions()) CHECK(*i.end <= *recorder.full() + 2);
}

TEST_CASE("the reader of logs holds them to their rules", "[timeline][kanata]") {
  const std::string begin = "I\t0\t0\t0\nL\t0\t0\tnop\nS\t0\t0\tF\n", good = "Kanata\t0004\nC=\t5\n" + begin;
  CHECK(KanataLog(good + "C\t2\nR\t0\t0\t0\n").instructions()[0].end == 7);
  for (const std::string bad : {"Kanata\t0003\nC=\t5\n", "Kanata\t0004\nC\t5\n"})
    CHECK_THROWS(KanataLog(bad + begin + "C\t1\nR\t0\t0\t0\n"));
  for (const std::string end :
       {"", "C\t0\nR\t0\t0\t0\n", "R\t0\t0\t0\n", "C\t1\nR\t0\t1\t0\n", "C\t1\nR\t1\t0\t0\n", "C\t1\nR\t0\t0\t2\n",
        "C\t1\nR\t0\t0\t0\nS\t0\t0\tX\n", "S\t0\t0\tX\nC\t1\nR\t0\t0\t0\n", "W\t0\t1\t0\nC\t1\nR\t0\t0\t0\n", "X\t0\n",
        "I\t2\t0\t0\n", "C\t1\nR\t0\t0\t0"}) {
    CAPTURE(end);
    CHECK_THROWS(KanataLog(good + end));
  }
}

}  // namespace tatami::test
