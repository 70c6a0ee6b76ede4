// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Figures per node, thread, port and link in a result.

#include "verif/tests/report/results.hpp"

using namespace tatami::test;

TEST_CASE("figures of nodes, threads and links add up to those of the machine", "[report]") {
  const Workspace workspace;
  const Json json = result_of(workspace, kRun + "--mesh 3x3 --dead 2x1", "r.json");
  const Json& launch = json["launches"][0];
  const Json& nodes = launch["nodes"];
  const auto cycles = launch["cycles"].get<std::uint64_t>();
  CHECK(nodes["rows"] == 3);
  CHECK(nodes["cols"] == 3);
  CHECK(total(nodes["instructions"]) == launch["instructions"]);
  CHECK(total(nodes["matrix_steps"]) == launch["matrix_steps"]);
  CHECK(total(nodes["cycles_awake"]) == launch["node_cycles_awake"]);

  std::uint64_t steps = 0, simd = 0;
  for (const Json& thread : nodes["threads"]) {
    steps += total(thread["step"]);
    simd += total(thread["simd"]);
  }
  REQUIRE(nodes["threads"].size() == json["configuration"]["threads"]);
  CHECK(steps == launch["matrix_steps"]);
  CHECK(simd == launch["simd_instructions"]);
  for (const auto& [cause, count] : launch["thread_cycles"].items()) {
    std::uint64_t sum = 0;
    for (const Json& thread : nodes["threads"]) sum += total(thread[cause]);
    INFO(cause);
    CHECK(sum == count);
  }

  // A node's packets leave it by a link; beside them the host sends at most a start per thread.
  std::uint64_t packets = 0;
  for_matrices(nodes["packets"], [&](const Json& matrix) { packets += total(matrix); });
  CHECK(packets > 0);
  CHECK(packets < launch["packets"]);
  CHECK(launch["packets"] <= packets + 9 * nodes["threads"].size());
  for (const unsigned x : {0, 1, 2}) CHECK(nodes["packets"]["requests"]["north"][0][x] == 0);

  // The dead node has no figure, every other one has all.
  for_matrices(nodes, [&](const Json& matrix) {
    REQUIRE(elements(matrix).size() == 8);
    CHECK(matrix[2][1].is_null());
  });
  for (const std::uint64_t awake : elements(nodes["cycles_awake"])) CHECK(awake <= cycles);
  for (unsigned y = 0; y < 3; ++y) {
    for (unsigned x = 0; x < 3; ++x) {
      if (y == 2 && x == 1) continue;
      CHECK(nodes["core_cycles"][y][x] <= nodes["cycles_awake"][y][x]);
      for (const Json& thread : nodes["threads"]) {
        // A thread that runs or waits has one cause in each cycle.
        std::uint64_t known = 0;
        for (const auto& [cause, count] : launch["thread_cycles"].items())
          known += thread[cause][y][x].get<std::uint64_t>();
        CHECK(known <= cycles);
      }
    }
  }
}

TEST_CASE("figures belong to the launch, not to the machine's life", "[report]") {
  const Workspace workspace;
  const Json both = result_of(workspace, "run all --config small --mesh 3x2", "all.json");
  const Json& nodes = both["launches"][1]["nodes"];
  const auto cycles = both["launches"][1]["cycles"].get<std::uint64_t>();
  for (const std::uint64_t awake : elements(nodes["cycles_awake"])) CHECK(awake <= cycles);
  CHECK(total(nodes["instructions"]) == both["launches"][1]["instructions"]);
}

TEST_CASE("a result says where there are no figures, and keeps lists of numbers on a line", "[report]") {
  const Workspace workspace;
  const Json json = result_of(workspace, kRun + "--mesh 2x2 --backend golden", "golden.json");
  CHECK(json["launches"][0]["nodes"].is_null());
  result_of(workspace, kRun + "--mesh 1x2", "r.json");
  const std::string text = tatami::read_file(workspace.path("r.json"));
  CHECK(contains(text, "\"matrix_steps\": [\n          [384,384]\n        ]"));
}
