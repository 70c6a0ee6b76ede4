// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/synth.py on designs of a few lines: areas and delays that can be worked out by hand from the liberty file,
// the verdicts against baselines, and netlists that must not be reported.
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/synth/design.hpp"

namespace tatami::test {
namespace {

constexpr double kRegisterArea = 96;  // DFFPOSX1 of osu018_stdcells.lib

/// A design that must not be reported.
void rejects(const std::string& source, const std::string& part) {
  CAPTURE(source);
  fails(Design(source).run(), 1, part);
}

}  // namespace

TEST_CASE("A shift register is four flip-flops, and its path one flip-flop and the output's load", "[synth]") {
  const Design design(kShifter);
  const Result result = design.run_again();
  CAPTURE(result.out, result.err);
  REQUIRE(result.code == 0);
  const json row = design.figures();
  CHECK(row.at("registers") == 4);
  CHECK(row.at("area_um2").get<double>() == Approx(4 * kRegisterArea));
  CHECK(row.at("kilo_gates").get<double>() == Approx(4 * kRegisterArea / 24 / 1000).margin(0.005));
  // The tables give 0.16 to 0.26 ns from clock to output at 0.05 pF.
  CHECK(row.at("path_ns").get<double>() > 0.15);
  CHECK(row.at("path_ns").get<double>() < 0.40);
  CHECK(contains(row.at("path_from"), "_q"));
  CHECK(row.at("baseline") == "same");
}

TEST_CASE("A block is mapped once, counted as often as it stands, and timed through its edge", "[synth]") {
  const std::string two_blocks =
      "module part (input logic clk_i, input logic d_i, output logic q_o);\n"
      "  always_ff @(posedge clk_i) q_o <= d_i;\n"
      "endmodule\n"
      "module dut (input logic clk_i, input logic d_i, output logic q_o);\n"
      "  logic x, y;\n"
      "  part u_first (.clk_i, .d_i, .q_o(x));\n"
      "  part u_second (.clk_i, .d_i(x), .q_o(y));\n"
      "  always_ff @(posedge clk_i) q_o <= y;\n"
      "endmodule\n";
  const json blocks = {{"part", json::array()}};
  const Design whole(two_blocks, blocks);
  REQUIRE(whole.run_again().code == 0);
  json row = whole.figures();
  CHECK(row.at("registers") == 3);
  CHECK(row.at("area_um2").get<double>() == Approx(3 * kRegisterArea));
  const json& largest = row.at("blocks").at("parts").at(0);
  CHECK(largest.at("name") == "part");
  CHECK(largest.at("instances") == 2);
  CHECK(largest.at("um2").get<double>() == Approx(2 * kRegisterArea));
  const Design rest(two_blocks, blocks, {"part"});
  REQUIRE(rest.run_again().code == 0);
  row = rest.figures();
  CHECK(row.at("registers") == 1);
  CHECK(row.at("area_um2").get<double>() == Approx(kRegisterArea));
}

TEST_CASE("Figures are the same as, better or worse than the baseline, or it is stale, or there is none", "[synth]") {
  const Design design(kShifter);
  const Result none = design.run();
  CHECK(none.code == 1);
  CHECK(contains(none.err, "synth: no baseline: dut; run: make baselines TOP='dut' TECHNOLOGY=osu018"));
  CHECK(design.figures().at("baseline") == "new");
  REQUIRE(design.run_again().code == 0);
  CHECK(design.figures().at("baseline") == "same");
  design.change_baseline("area_um2", 1 / 1.02);
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "same");
  design.change_baseline("area_um2", 1 / 1.02);
  const Result worse = design.run();
  CHECK(worse.code == 1);
  CHECK(contains(worse.err, "worse than the baseline: dut; if it must be, run: make baselines TOP='dut'"));
  CHECK(design.figures().at("baseline") == "worse");
  design.change_baseline("area_um2", 1.1);
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "better");
  for (const char* tool : {"pyosys", "cells"}) {
    REQUIRE(design.run("--write").code == 0);
    design.change_baseline("path_ns", 0.5, tool);
    CHECK(design.run().code == 0);
    CHECK(design.figures().at("baseline") == "stale");
  }
}

TEST_CASE("A path keeps to its limit in ns, and to so many times that of another top", "[synth]") {
  Design design(kShifter);
  design.add_top("other");
  design.set_limits({{"balance", {{"of", "other"}, {"times", 1.5}}}});
  REQUIRE(design.run("dut --write").code == 0);
  const Result unknown = design.run("dut");
  CHECK(unknown.code == 2);
  CHECK(contains(unknown.err, "that of other, which has no baseline; run: make baselines TOP=other"));
  REQUIRE(design.run("other --write").code == 0);
  CHECK(design.run("dut").code == 0);
  // Today's path of the other top counts, else that of its baseline.
  design.change_baseline("path_ns", 0.5, "", "other");
  const Result longer = design.run("dut");
  CHECK(longer.code == 1);
  CHECK(contains(longer.err, "synth: the path of dut takes "));
  CHECK(contains(longer.err, "more than its limit: 1.5 times the "));
  CHECK(design.run("dut other").code == 1);  // worse than its baseline
  CHECK(!contains(design.run("dut other").err, "more than its limit"));
  design.set_limits({{"at_most_ns", {{"dut", 0.1}}}});
  const Result slow = design.run("dut");
  CHECK(slow.code == 1);
  CHECK(contains(slow.err, "more than its limit: at most 0.1 ns"));
  CHECK(contains(design.pages().err, "synth: the path of dut takes "));
  design.set_limits({{"at_most_ns", {{"dut", 1}}}});
  CHECK(design.run("dut").code == 0);
}

TEST_CASE("A critical path that nobody has explained is in no page", "[synth]") {
  const Design design(kShifter);
  REQUIRE(design.run("--write").code == 0);
  fails(design.pages(), 1, "is not explained: add it to its paths in synth/asic/tops.json");
}

TEST_CASE("A loop over the edges of blocks and a register without a clock are not timed", "[synth]") {
  const std::string loop =
      "module part (input logic a_i, input logic b_i, output logic y_o);\n"
      "  assign y_o = ~(a_i & b_i);\n"
      "endmodule\n"
      "module dut (input logic clk_i, input logic d_i, output logic q_o);\n"
      "  logic x, y;\n"
      "  part u_first (.a_i(d_i), .b_i(y), .y_o(x));\n"
      "  part u_second (.a_i(d_i), .b_i(x), .y_o(y));\n"
      "  always_ff @(posedge clk_i) q_o <= x;\n"
      "endmodule\n";
  fails(Design(loop, {{"part", json::array()}}).run(), 1,
        "it has a combinational loop over the edges of its blocks: u_");
  rejects(
      "module dut (input logic clk_i, input logic d_i, input logic e_i, output logic q_o);\n"
      "  logic x_q;\n"
      "  always_ff @(posedge e_i) x_q <= d_i;\n"
      "  always_ff @(posedge clk_i) q_o <= x_q;\n"
      "endmodule\n",
      "it has a register that no clock reaches: x_q");
}

TEST_CASE("Netlists that are not what the RTL says are not reported", "[synth]") {
  const std::string head = "module dut (input logic clk_i, input logic [7:0] d_i, output logic [3:0] q_o);\n";
  rejects(head + "  always_latch if (clk_i) q_o = d_i[3:0];\nendmodule\n", "a latch");
  rejects(head + "  logic [3:0] none;\n  always_ff @(posedge clk_i) q_o <= d_i[3:0] & none;\nendmodule\n",
          "without a driver");
  rejects(head +
              "  wire [3:0] x;\n  assign x = d_i[3:0];\n  assign x = d_i[7:4];\n"
              "  always_ff @(posedge clk_i) q_o <= x;\nendmodule\n",
          "several drivers");
  rejects(head + "  always_ff @(posedge clk_i) q_o <= d_i;\nendmodule\n", "loses its upper bits");
  rejects(head + "  wire [3:0] x;\n  assign x = x ^ d_i[3:0];\n  always_ff @(posedge clk_i) q_o <= x;\nendmodule\n",
          "combinational loop");
}

}  // namespace tatami::test
