// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <string>

#include "nlohmann/json.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {

using nlohmann::json;

/// A folder with one design, called `dut`, and the tables that name it.
class Design {
 public:
  explicit Design(const std::string& source, const json& blocks = json::object(), const json& without = json::array()) {
    folder_.write("dut.sv", source);
    write_technology("/usr/share/qflow/tech/osu018/osu018_stdcells.lib");
    tops_["modules"] = {{"blocks", blocks}, {"macros", json::object()}, {"latches", json::array()}};
    tops_["tops"]["dut"] = {{"module", "dut"},
                            {"sources", {folder_.path("dut.sv").string()}},
                            {"without", without},
                            {"doc", "a test"},
                            {"tier", {{"osu018", "ci"}}}};
    folder_.write("tops.json", tops_.dump());
  }

  /// Another top with the same source.
  void add_top(const std::string& name) {
    tops_["tops"][name] = tops_["tops"]["dut"];
    folder_.write("tops.json", tops_.dump());
  }

  /// What critical paths must keep to.
  void set_limits(const json& limits) {
    tops_["limits"] = limits;
    tops_["limits"]["technology"] = "osu018";
    folder_.write("tops.json", tops_.dump());
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
    return folder_.shell(environment + " build/venv/bin/python scripts/synth.py " + std::string(kPlaces) + options);
  }

  /// Asks for the pages, in a folder that has none.
  Result pages() const {
    return folder_.shell("tree=$PWD; cd %/; $tree/build/venv/bin/python $tree/scripts/synth.py " +
                         std::string(kPlaces) + "--docs");
  }

  /// Runs it twice: against the figures that it has just written.
  Result run_again() const {
    const Result written = run("--write");
    return written.code == 0 ? run() : written;
  }

  json figures() const { return json::parse(std::ifstream(folder_.path("out/report.json"))).at("rows").at(0); }

  /// Multiplies a figure of a baseline, and replaces the version of a tool.
  void change_baseline(const std::string& figure, double factor, const std::string& tool = "",
                       const std::string& top = "dut") const {
    const auto path = folder_.path("baselines/" + top + ".json");
    json data = json::parse(std::ifstream(path));
    json& entry = data.at("osu018");
    entry["figures"][figure] = entry["figures"][figure].get<double>() * factor;
    if (!tool.empty()) entry["tools"][tool] = "0.1";
    std::ofstream(path) << data;
  }

 private:
  static constexpr const char* kPlaces = "--tables %/ --out %/out --baselines %/baselines ";
  Workspace folder_;
  json tops_;
};

inline const std::string kShifter =
    "module dut (input logic clk_i, input logic d_i, output logic q_o);\n"
    "  logic [3:0] bits_q;\n"
    "  always_ff @(posedge clk_i) bits_q <= {bits_q[2:0], d_i};\n"
    "  assign q_o = bits_q[3];\n"
    "endmodule\n";

}  // namespace tatami::test
