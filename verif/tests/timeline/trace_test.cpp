// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Traces of transfers and waits whose order and latencies docs/mesh.md tells.

#include "verif/tests/timeline/trace.hpp"

#include <algorithm>
#include <fstream>

#include "sim/engine/mesh_device.hpp"
#include "sim/timeline/recorder.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;
using End = RunStatus::End;

constexpr std::uint64_t kCode = 0x1000, kList = 0x2000, kData = 0x4000;
constexpr unsigned kHere = 2;  ///< cycles from leaving to arriving, beside one per hop

/// A machine of 2x2 nodes, recorded.
struct Bench {
  engine::ModelLibrary library = open_model("small", "check");
  MeshDevice device{library, {.rows = 2, .cols = 2, .seed = seed()}};
  timeline::Recorder recorder;
  Workspace workspace;

  explicit Bench(const std::vector<NodeId>& nodes = {})
      : recorder(device.mesh(), {.kanata = false, .perfetto = true, .window = {}, .nodes = nodes}) {}

  Trace trace() {
    workspace.write("t.pftrace", recorder.finish().perfetto);
    return Trace(workspace, "t.pftrace");
  }
};

/// The only slice of a name.
Slice only(const std::vector<Slice>& slices, const std::string& name) {
  std::vector<Slice> found;
  std::copy_if(slices.begin(), slices.end(), std::back_inserter(found), [&](const Slice& s) { return s.name == name; });
  INFO(name);
  REQUIRE(found.size() == 1);
  return found[0];
}

bool joined(const Trace& trace, const Slice& from, const Slice& to) {
  const auto arrows = trace.arrows();
  return std::any_of(arrows.begin(), arrows.end(), [&](const auto& arrow) {
    const auto same = [](const Slice& a, const Slice& b) {
      return a.process == b.process && a.track == b.track && a.begin == b.begin && a.name == b.name;
    };
    return same(arrow.first, from) && same(arrow.second, to);
  });
}

}  // namespace

TEST_CASE("a put's arrow ends where and when it arrives, and the wait that its post ends", "[timeline][perfetto]") {
  Bench bench;
  start_transfer(bench.device, {0, 0}, kList,
                 {.dst = remote({1, 1}, kData),
                  .src = kData,
                  .row_bytes = 320,
                  .rows = 1,
                  .kind = noc::Kind::Put,
                  .post = true,
                  .sem = 5},
                 kCode);
  Assembler as;
  as.li(a1, 5);
  as.li(a2, 1);
  as.sem_wait(a1, a2);
  as.thread_exit(zero);
  load(bench.device, {1, 1}, kCode, as);
  bench.device.start({1, 1}, 1, kCode);
  REQUIRE(bench.device.run(10'000).end == End::Idle);
  const Trace trace = bench.trace();
  const std::string from = "node y 0, x 0", to = "node y 1, x 1";
  const Slice put = only(trace.on(from, "transfers"), "put to 1x1");
  const Slice arrival = only(trace.on(to, "arrivals from 0x0"), "put of 0x0");
  CHECK(put.arguments["packets"] == 5);
  CHECK(put.arguments["bytes"] == 320);
  CHECK(put.arguments["address"] == "0x4000");
  CHECK(put.arguments["thread"] == 0);
  CHECK(put.arguments["descriptor"] == "0x2000");
  CHECK(put.cycles() == 5);
  CHECK(arrival.arguments["packets"] == 5);
  CHECK(arrival.arguments["bytes"] == 320);
  CHECK(arrival.begin == put.begin + 2 + kHere);
  CHECK(arrival.end == put.end + 2 + kHere);
  CHECK(joined(trace, put, arrival));

  const Slice post = only(trace.on(to, "posts"), "semaphore 5 + 1 by the mesh");
  CHECK(post.instant);
  CHECK(post.begin > arrival.end);
  CHECK(joined(trace, arrival, post));
  const auto thread = trace.on(to, "thread 1");
  const Slice wait = only(thread, "waits until semaphore 5 holds 1");
  CHECK(wait.end == post.begin + 2);  // the post is visible one cycle later, and the thread runs in the cycle after
  const auto runs = std::find_if(thread.begin(), thread.end(),
                                 [&](const Slice& s) { return s.name == "running" && s.begin == wait.end; });
  REQUIRE(runs != thread.end());
  CHECK(joined(trace, post, *runs));
  CHECK(trace.on(from, "posts").empty());
}

TEST_CASE("a get leads to its answer and that to its arrival", "[timeline][perfetto]") {
  Bench bench;
  start_transfer(bench.device, {0, 0}, kList,
                 {.dst = kData,
                  .src = remote({0, 1}, kData),
                  .row_bytes = 64,
                  .rows = 2,
                  .dst_pitch = 64,
                  .src_pitch = 128,
                  .kind = noc::Kind::Get},
                 kCode);
  REQUIRE(bench.device.run(10'000).end == End::Idle);
  const Trace trace = bench.trace();
  const std::string here = "node y 0, x 0", there = "node y 0, x 1";
  const Slice get = only(trace.on(here, "transfers"), "get from 0x1");
  const Slice asked = only(trace.on(there, "arrivals from 0x0"), "get of 0x0");
  const Slice answer = only(trace.on(there, "answers to gets"), "answer to 0x0");
  const Slice arrival = only(trace.on(here, "answers from 0x1"), "answer of 0x1");
  CHECK(get.cycles() == 1);
  CHECK(asked.begin == get.begin + 1 + kHere);
  CHECK(answer.begin > asked.begin);
  CHECK(answer.arguments["bytes"] == 128);
  CHECK(arrival.arguments["packets"] == 2);
  CHECK(arrival.end == answer.end + 1 + kHere);
  CHECK(joined(trace, get, asked));
  CHECK(joined(trace, asked, answer));
  CHECK(joined(trace, answer, arrival));
  CHECK(trace.arrows().size() == 3);
}

TEST_CASE("a put to a group has an arrow to every member", "[timeline][perfetto]") {
  Bench bench;
  const std::vector<NodeId> all{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  const auto group = bench.device.define_groups({all})[0];
  REQUIRE(group);
  start_transfer(
      bench.device, {1, 0}, kList,
      {.dst = noc::group_address(0, *group, kData), .src = kData, .row_bytes = 128, .rows = 1, .kind = noc::Kind::Put},
      kCode);
  REQUIRE(bench.device.run(10'000).end == End::Idle);
  const Trace trace = bench.trace();
  const Slice put = only(trace.on("node y 1, x 0", "transfers"), fmt::format("put to group {}", *group));
  CHECK(trace.arrows().size() == all.size());
  for (const NodeId node : all) {
    const Slice arrival =
        only(trace.on(fmt::format("node y {}, x {}", node.y, node.x), "arrivals from 1x0"), "put of 1x0");
    CHECK(arrival.arguments["bytes"] == 128);
    CHECK(joined(trace, put, arrival));
  }
}

TEST_CASE("a node that is not shown has no track, and no arrow ends at it", "[timeline][perfetto]") {
  Bench bench({{0, 0}});
  start_transfer(bench.device, {0, 0}, kList,
                 {.dst = remote({0, 1}, kData), .src = kData, .row_bytes = 64, .rows = 1, .kind = noc::Kind::Put},
                 kCode);
  REQUIRE(bench.device.run(10'000).end == End::Idle);
  const Trace trace = bench.trace();
  CHECK(trace.tracks().size() == 1);
  only(trace.on("node y 0, x 0", "transfers"), "put to 0x1");
  CHECK(trace.arrows().empty());
}

TEST_CASE("the recorder refuses nodes and models that it cannot listen to", "[timeline]") {
  const auto check = open_model("small", "check"), fast = open_model("small");
  MeshDevice device(check, {.rows = 2, .cols = 2, .dead_nodes = {{1, 1}}}), plain(fast, {});
  using timeline::Recorder;
  CHECK_THROWS_AS(Recorder(device.mesh(), {.perfetto = true, .nodes = {{2, 0}}}), std::out_of_range);
  CHECK_THROWS_AS(Recorder(device.mesh(), {.perfetto = true, .nodes = {{1, 1}}}), std::out_of_range);
  CHECK_THROWS_AS(Recorder(plain.mesh(), {.perfetto = true}), std::logic_error);
}

TEST_CASE("the reader of traces holds them to schema and rules", "[timeline][perfetto]") {
  const Workspace workspace;
  const auto read = [&](const std::string& bytes) {
    workspace.write("t", bytes);
    return Trace(workspace, "t");
  };
  timeline::Perfetto good({});
  const auto track = good.track(good.process(1, "p"), "t", 0);
  const auto slice = good.begin(track, 3, "s");
  good.end(slice, 5);
  CHECK(read(good.bytes(9)).slices().at(0).cycles() == 2);
  CHECK_THROWS(read(good.bytes(9) + "\x0a\x03\xf8\x3f\x01"));  // a packet with field 1023
  CHECK_THROWS(read(good.bytes(9).substr(1)));
  timeline::Perfetto crossing({});
  const auto other = crossing.track(crossing.process(1, "p"), "t", 0);
  crossing.begin(other, 3, "s");
  CHECK(read(crossing.bytes(9)).slices().at(0).end == 9);
  CHECK_THROWS(
      read(crossing.bytes(3) + std::string("\x0a\x09\x40\x03\x50\x01\x5a\x04\x48\x02\x58\x02", 12)));  // a lone end
}

}  // namespace tatami::test
