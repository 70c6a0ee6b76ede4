// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The collective operations of the runner, from outside.

#include <nlohmann/json.hpp>

#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {

TEST_CASE("collective operations say what they did to a person and to a machine", "[run][collectives]") {
  const Workspace workspace;
  for (const std::string op : {"allreduce", "reduce-scatter", "allgather", "broadcast", "alltoall"}) {
    const Result result = workspace.tatami("run " + op + " --backend golden --mesh 3x3 --dead 1x1 --count 50 --json -");
    CAPTURE(op, result.err);
    REQUIRE(result.code == 0);
    CHECK(contains(result.err, "PASS: all"));
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json["workload"] == op);
    const auto& launch = json["launches"][0];
    CHECK(launch["shape"] == nlohmann::json{{"count", 50}});
    CHECK(launch["status"] == "pass");
    // Rings need a rectangle; the others take all live nodes.
    const bool rings = op != "broadcast" && op != "alltoall";
    CHECK(launch["communication"]["nodes"] == (rings ? 6 : 8));
    CHECK(launch["communication"]["least_cycles"] > 0);
    CHECK(launch["communication"]["share_of_bound"].is_null());  // no timing
  }
}

TEST_CASE("on the RTL a collective operation has cycles, a bandwidth and a share of its bound", "[run][collectives]") {
  const Workspace workspace;
  const Result result = workspace.tatami("run allreduce --config small --mesh 1x2 --bytes 2048 --format bf16 --json -");
  REQUIRE(result.code == 0);
  const auto launch = nlohmann::json::parse(result.out)["launches"][0];
  CHECK(launch["shape"]["count"] == 1024);
  CHECK(launch["bytes_moved"] == 2 * 2048);
  const double cycles = launch["cycles"].get<double>();
  CHECK(launch["communication"]["least_cycles"] == 32);
  CHECK(launch["communication"]["share_of_bound"].get<double>() == Approx(32 / cycles));
  CHECK(launch["communication"]["bytes_per_node_and_cycle"].get<double>() == Approx(2048 / cycles));
  CHECK(launch["transfers"] == 16);  // four slices, two rings' rounds, two nodes
}

TEST_CASE("bad options of collective operations are one sentence and exit code 2", "[bad][collectives]") {
  refuses("run allreduce --count 0", "--count");
  refuses("run allreduce --count 4 --bytes 16", "give one of them");
  refuses("run allreduce --bytes 6", "--bytes 6 is no multiple of 4");
  refuses("run allreduce --format fp16", "--format is fp32 or bf16");
  refuses("run allreduce --root 0x0", "--root");
  refuses("run broadcast --root 2x0", "node 2x0 of --root is not in a 2x2 mesh");
  refuses("run broadcast --root 0x0,0x1", "--root is one node");
  refuses("run broadcast --mesh 2x2 --dead 1x0 --root 1x0", "node 1x0 of --root is dead");
  refuses("run broadcast --count 1000000", "the vectors do not fit: a node needs");
  refuses("run alltoall --mesh 4x4 --count 100000 --json %/r.json", "bytes of SRAM for this alltoall and has 1310720");
}

}  // namespace tatami::test
