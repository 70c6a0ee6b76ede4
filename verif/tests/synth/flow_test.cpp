// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/synth.py on designs of a few lines: areas and delays that can be worked out by hand from the liberty file,
// the verdicts against baselines, and netlists that must not be reported.
#include <fstream>
#include <string>

#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

constexpr double kRegisterArea = 96;  // DFFPOSX1 of osu018_stdcells.lib

/// A folder with one design, called `dut`, and the tables that name it.
class Design {
 public:
  explicit Design(const std::string& source, const json& blocks = json::object(), const json& without = json::array()) {
    folder_.write("dut.sv", source);
    write_technology("/usr/share/qflow/tech/osu018/osu018_stdcells.lib");
    json tops;
    tops["modules"] = {{"blocks", blocks}, {"macros", json::object()}, {"latches", json::array()}};
    tops["tops"]["dut"] = {{"module", "dut"},
                           {"sources", {folder_.path("dut.sv").string()}},
                           {"without", without},
                           {"doc", "a test"},
                           {"tier", {{"osu018", "ci"}}}};
    folder_.write("tops.json", tops.dump());
  }

  void write_technology(const std::string& liberty) const {
    json technology = {{"doc", "a test"},          {"package", "qflow-tech-osu018"},
                       {"liberty", liberty},       {"gate", "NAND2X1"},
                       {"gate_area_um2", 24},      {"fo4_ns", 0.099},
                       {"bit_area_um2", 4.65},     {"input_pf", 0.0125},
                       {"dont_use", json::array()}};
    folder_.write("technologies.json", json{{"osu018", technology}}.dump());
  }

  /// Runs the flow with further options, in an environment.
  Result run(const std::string& options = "", const std::string& environment = "") const {
    return folder_.shell(environment +
                         " build/venv/bin/python scripts/synth.py --tables %/ --out %/out --baselines %/baselines " +
                         options);
  }

  json figures() const { return json::parse(std::ifstream(folder_.path("out/report.json"))).at("rows").at(0); }

  /// Multiplies a figure of the baseline, or replaces its tools.
  void change_baseline(const std::string& figure, double factor, const std::string& tool = "") const {
    const auto path = folder_.path("baselines/dut.json");
    json data = json::parse(std::ifstream(path));
    json& entry = data.at("osu018");
    entry["figures"][figure] = entry["figures"][figure].get<double>() * factor;
    if (!tool.empty()) entry["tools"]["pyosys"] = tool;
    std::ofstream(path) << data;
  }

 private:
  Workspace folder_;
};

const std::string kShifter =
    "module dut (input logic clk_i, input logic d_i, output logic q_o);\n"
    "  logic [3:0] bits_q;\n"
    "  always_ff @(posedge clk_i) bits_q <= {bits_q[2:0], d_i};\n"
    "  assign q_o = bits_q[3];\n"
    "endmodule\n";

/// A design that must not be reported.
void rejects(const std::string& source, const std::string& part) {
  CAPTURE(source);
  fails(Design(source).run(), 1, part);
}

}  // namespace

TEST_CASE("A shift register is four flip-flops, and its path one flip-flop and the output's load", "[synth]") {
  const Design design(kShifter);
  const Result result = design.run();
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
  CHECK(row.at("baseline") == "new");
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
  REQUIRE(whole.run().code == 0);
  json row = whole.figures();
  CHECK(row.at("registers") == 3);
  CHECK(row.at("area_um2").get<double>() == Approx(3 * kRegisterArea));
  const json& largest = row.at("blocks").at("parts").at(0);
  CHECK(largest.at("name") == "part");
  CHECK(largest.at("instances") == 2);
  CHECK(largest.at("um2").get<double>() == Approx(2 * kRegisterArea));
  const Design rest(two_blocks, blocks, {"part"});
  REQUIRE(rest.run().code == 0);
  row = rest.figures();
  CHECK(row.at("registers") == 1);
  CHECK(row.at("area_um2").get<double>() == Approx(kRegisterArea));
}

TEST_CASE("Figures are the same as, better or worse than the baseline, or the baseline is stale", "[synth]") {
  const Design design(kShifter);
  REQUIRE(design.run("--write").code == 0);
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "same");
  design.change_baseline("area_um2", 1 / 1.02);
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "same");
  design.change_baseline("area_um2", 1 / 1.02);
  const Result worse = design.run();
  CHECK(worse.code == 1);
  CHECK(contains(worse.err, "make baselines TOP='dut'"));
  CHECK(design.figures().at("baseline") == "worse");
  design.change_baseline("area_um2", 1.1);
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "better");
  design.change_baseline("path_ns", 0.5, "0.1");
  CHECK(design.run().code == 0);
  CHECK(design.figures().at("baseline") == "stale");
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

TEST_CASE("Unknown names and missing tools and cells are refused with one sentence", "[synth]") {
  const Design design(kShifter);
  fails(design.run("nothing"), 2, "unknown top 'nothing'; known are dut");
  fails(design.run("--technology tsmc5"), 2, "unknown technology 'tsmc5'; known are osu018");
  fails(design.run("--tier never"), 2, "--tier");
  fails(design.run("", "PATH=/nonexistent"), 2, "OpenSTA (sta) is missing; run: scripts/setup.sh synth");
  design.write_technology("/nonexistent.lib");
  fails(design.run(), 2, "cells are missing (/nonexistent.lib); run: apt-get install");
}

}  // namespace tatami::test
