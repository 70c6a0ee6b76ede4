// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Timelines of whole runs against the counters of the same runs.

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "sim/runtime/files.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"
#include "verif/tests/timeline/kanata_log.hpp"
#include "verif/tests/timeline/trace.hpp"

namespace tatami::test {
namespace {

using Json = nlohmann::json;

const std::string kRun = "run matmul --config small --m 40 --n 48 --k 32 --mesh 2x2 ";

Json run(const Workspace& workspace, const std::string& arguments) {
  const Result result = workspace.tatami(arguments + " --json %/r.json");
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  return Json::parse(read_file(workspace.path("r.json")))["launches"][0];
}

std::string process(unsigned y, unsigned x) { return fmt::format("node y {}, x {}", y, x); }

bool starts(const std::string& name, const std::string& what) { return name.starts_with(what); }

}  // namespace

TEST_CASE("timelines change no cycle, and hold what the counters count", "[timeline]") {
  const Workspace workspace;
  const Json plain = run(workspace, kRun);
  const Json launch = run(workspace, kRun + "--kanata %/k.log --perfetto %/t.pftrace");
  CHECK(launch["cycles"] == plain["cycles"]);
  CHECK(launch["nodes"] == plain["nodes"]);
  const KanataLog log(read_file(workspace.path("k.log")));
  const Trace trace(workspace, "t.pftrace");
  CHECK(log.retired() == launch["instructions"]);
  const Json& nodes = launch["nodes"];
  for (unsigned y = 0; y < 2; ++y) {
    for (unsigned x = 0; x < 2; ++x) {
      INFO(process(y, x));
      std::uint64_t retired = 0, steps = 0;
      for (const LoggedInstruction& i : log.instructions()) retired += i.hart / 4 == 32 * y + x && !i.flushed;
      CHECK(retired == nodes["instructions"][y][x]);
      for (const Slice& slice : trace.on(process(y, x), "matrix unit")) {
        CHECK(slice.arguments["count"] == slice.cycles());
        steps += slice.cycles();
      }
      CHECK(steps == nodes["matrix_steps"][y][x]);
      for (std::size_t t = 0; t < nodes["threads"].size(); ++t) {
        INFO("thread " << t);
        std::map<std::string, std::uint64_t> cycles;
        std::uint64_t waits = 0;
        for (const Slice& slice : trace.on(process(y, x), fmt::format("thread {}", t))) {
          if (slice.depth == 1) cycles[slice.name] += slice.cycles();
          if (starts(slice.name, "waits")) waits += slice.cycles();
        }
        for (const std::string cause : {"issue", "fetch", "control", "register", "order", "queue", "pipe"}) {
          INFO(cause);
          CHECK(cycles[cause] == nodes["threads"][t][cause][y][x]);
          cycles.erase(cause);
        }
        CHECK(cycles.empty());
        CHECK(waits >= nodes["threads"][t]["wait"][y][x]);  // the counter stands still while the core sleeps
      }
    }
  }
  // The share of steps: each counter's values, over 64 cycles each until the next one, add up to the steps.
  double share = 0;
  for (const Count& count : trace.counts()) {
    CHECK((count.value >= 0 && count.value <= 100));
    if (count.track == "matrix unit busy") share += count.value * 64 / 100;
  }
  CHECK(share == Approx(launch["matrix_steps"].get<double>()));
}

TEST_CASE("every transfer of a run has arrows to what it leads to, with the same packets", "[timeline][perfetto]") {
  const Workspace workspace;
  const auto check = [&](const std::string& arguments) {
    const Json launch = run(workspace, arguments + " --perfetto %/t.pftrace");
    const Trace trace(workspace, "t.pftrace");
    std::map<std::pair<std::string, std::uint64_t>, unsigned> from, to;
    for (const auto& [out, in] : trace.arrows()) {
      if (starts(out.name, "put") || starts(out.name, "post to") || starts(out.name, "get from") ||
          starts(out.name, "answer to")) {
        if (in.instant) continue;
        INFO(out.process << ": " << out.name << " in cycle " << out.begin);
        CHECK(in.begin > out.begin);
        CHECK(in.end > out.end);
        CHECK(in.arguments["packets"] == out.arguments["packets"]);
        CHECK(in.arguments["bytes"] == out.arguments["bytes"]);
        ++from[{out.process + out.track, out.begin}];
        ++to[{in.process + in.track, in.begin}];
      }
    }
    std::uint64_t bytes = 0, simd = 0;
    unsigned transfers = 0;
    for (const Slice& slice : trace.slices()) {
      INFO(slice.process << ": " << slice.name << " in cycle " << slice.begin);
      if (slice.track == "SIMD unit") simd += slice.cycles();
      if (slice.track == "transfers" || slice.track == "answers to gets") {
        ++transfers;
        const auto arrows = from[{slice.process + slice.track, slice.begin}];
        if (slice.name.find("group") == std::string::npos) {
          CHECK(arrows == 1);
        } else {
          CHECK(arrows >= 1);
        }
      }
      if (starts(slice.track, "arrivals") || starts(slice.track, "answers from")) {
        CHECK(to[{slice.process + slice.track, slice.begin}] == 1);
        if (!starts(slice.name, "get")) bytes += slice.arguments["bytes"].get<std::uint64_t>();
      }
    }
    CHECK(transfers >= launch["transfers"]);
    CHECK(bytes == launch["bytes_moved"]);
    CHECK(simd == launch["simd_instructions"]);
    return simd;
  };
  check(kRun);
  CHECK(check("run allreduce --config small --mesh 2x3 --count 256") > 0);
  check("run alltoall --config small --mesh 2x2");
}

TEST_CASE("a window and nodes choose what the files show", "[timeline]") {
  const Workspace workspace;
  run(workspace,
      kRun + "--kanata %/k.log --perfetto %/t.pftrace --timeline-from 100 --timeline-to 200 --timeline-nodes 0x1");
  const Trace trace(workspace, "t.pftrace");
  REQUIRE(trace.tracks().size() == 1);
  CHECK(trace.tracks().contains(process(0, 1)));
  REQUIRE_FALSE(trace.slices().empty());
  for (const Slice& slice : trace.slices()) CHECK((slice.begin >= 100 && slice.end <= 200));
  for (const Count& count : trace.counts()) CHECK((count.cycle >= 100 && count.cycle < 200));
  const KanataLog log(read_file(workspace.path("k.log")));
  REQUIRE_FALSE(log.instructions().empty());
  for (const LoggedInstruction& i : log.instructions()) {
    CHECK(i.hart / 4 == 1);
    CHECK((i.stages[0].second >= 100 && i.stages[0].second < 200));
  }
}

TEST_CASE("programs and failed runs have timelines too", "[timeline]") {
  const Workspace workspace;
  CHECK(workspace.tatami("exec build/programs/hello.elf --config small --kanata %/k.log --perfetto %/t.pftrace").code ==
        0);
  CHECK(KanataLog(read_file(workspace.path("k.log"))).retired() > 50);
  CHECK_NOTHROW(Trace(workspace, "t.pftrace"));
  CHECK(workspace.tatami(kRun + "--max-cycles 150 --kanata %/limit.log --lockstep").code == 3);
  CHECK(KanataLog(read_file(workspace.path("limit.log"))).retired() > 50);
}

TEST_CASE("timelines that cannot be are refused", "[timeline]") {
  refuses(kRun + "--backend golden --kanata %/k.log", "the golden machine has no timelines");
  refuses(kRun + "--kanata %/k.log --threads 2", "need --threads 1");
  refuses(kRun + "--perfetto %/t --trace %/w.fst", "--trace excludes");
  refuses(kRun + "--perfetto %/t --timeline-from 5 --timeline-to 5", "--timeline-from must be below --timeline-to");
  refuses(kRun + "--timeline-from 5", "need --kanata or --perfetto");
  refuses(kRun + "--timeline-nodes 0x0", "need --kanata or --perfetto");
  refuses(kRun + "--perfetto %/t --timeline-nodes 2x0", "--timeline-nodes");
  refuses("run matmul --mesh 2x3 --dead 0x1 --config small --m 8 --n 8 --k 8 --perfetto %/t --timeline-nodes 0x1",
          "node 0x1 is dead");
  refuses(kRun + "--perfetto %/t --kanata %/t", "need a file each");
  refuses(kRun + "--perfetto -", "are files");
  refuses(kRun + "--kanata %/k.log --perfetto %/no/such/t", "cannot write");
  refuses(kRun + "--kanata %/k.log --timeline-from -1", "--timeline-from");
}

}  // namespace tatami::test
