// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/power.py on a shift register and waveforms that are written here: energies that can be worked out by hand
// from the liberty file, and waveforms that are not those of the netlist.
#include <fstream>
#include <string>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

constexpr int kCycles = 41;
// Energies in pJ, by the tables of osu018_stdcells.lib for DFFPOSX1 at the fastest slew and loads of 0.025 pF.
constexpr double kClockCycle = 0.006865 + 0.11034;                           // CLK rises and falls
constexpr double kRegister = (0.045424 + 0.08841 + 0.04099 + 0.060938) / 2;  // D and Q change, up or down
constexpr double kOutput = 0.05 / 2 * 1.8 * 1.8,
                 kInput = 0.00883 / 2 * 1.8 * 1.8;  // charge of an output of the design, of D

/// A shift register of four bits, in the place of a unit of a node whose run leaves a waveform that is given; the
/// signals of its work are named.
class Shifter {
 public:
  explicit Shifter(const std::string& work = "bits_q") {
    folder_.write("dut.sv",
                  "module dut (input logic clk_i, input logic d_i, output logic q_o);\n"
                  "  logic [3:0] bits_q;\n"
                  "  always_ff @(posedge clk_i) bits_q <= {bits_q[2:0], d_i};\n"
                  "  assign q_o = bits_q[3];\n"
                  "endmodule\n");
    json tops;
    tops["modules"] = {{"blocks", json::object()}, {"macros", json::object()}, {"latches", json::array()}};
    tops["tops"]["dut"] = {{"module", "dut"},
                           {"config", "full"},
                           {"sources", {folder_.path("dut.sv").string()}},
                           {"power",
                            {{"node", "0x0"},
                             {"instance", "u_dut"},
                             {"work", {{"unit", "step"}, {"signal", work}, {"mask", 15}, {"count", 1}}},
                             {"runs", {{"run", "matmul"}}}}}};
    folder_.write("tops.json", tops.dump());
    folder_.write(
        "technologies.json",
        json{{"osu018", {{"liberty", "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"}, {"dont_use", json::array()}}}}
            .dump());
    folder_.write("tatami",
                  "#!/bin/sh\nwhile [ \"$1\" != --trace ]; do shift; done\ncp \"$(dirname $0)/wave.vcd\" \"$2\"\n");
  }

  /// Replays a waveform in which `pattern` passes through the register again and again; in one cycle the output may be
  /// wrong.
  Result run(const std::string& pattern, int wrong = -1, const std::string& output = "q_o") const {
    std::string text = "$timescale 1ps $end\n";
    for (const char* scope : {"node_0_0", "node_top", "u_node", "u_dut"})
      text += fmt::format("$scope module {} $end\n", scope);
    text += fmt::format("$var wire 1 c clk_i $end\n$var wire 1 d d_i $end\n$var wire 1 q {} $end\n", output);
    text +=
        "$var wire 4 b bits_q [3:0] $end\n$upscope $end\n$upscope $end\n$upscope $end\n$upscope $end\n$enddefinitions "
        "$end\n";
    for (int cycle = 0; cycle < kCycles; ++cycle) {
      const auto bit = [&](int place) { return pattern[static_cast<std::size_t>(cycle + place) % pattern.size()]; };
      text += fmt::format("#{}\n0c\n{}d\n{}q\nb{}{}{}{} b\n#{}\n1c\n", 10 * cycle, bit(4),
                          cycle == wrong ? (bit(0) == '0' ? '1' : '0') : bit(0), bit(0), bit(1), bit(2), bit(3),
                          10 * cycle + 5);
    }
    folder_.write("wave.vcd", text);
    return folder_.shell("chmod +x %/tatami && build/venv/bin/python scripts/power.py --tables %/ --build %/");
  }

  json figures() const { return json::parse(std::ifstream(folder_.path("power/report.json"))).at("rows").at(0); }

 private:
  Workspace folder_;
};

}  // namespace

TEST_CASE("Energy is that of the library's tables, for each clock cycle and each change", "[synth]") {
  const Shifter shifter;
  const auto measured = [&](const std::string& pattern) {
    const Result result = shifter.run(pattern);
    CAPTURE(result.out, result.err);
    REQUIRE(result.code == 0);
    return shifter.figures();
  };
  const json often = measured("01"), seldom = measured("0011"), never = measured("1");
  for (const json& row : {often, seldom, never}) {
    CHECK(row.at("cycles") == kCycles);
    CHECK(row.at("work") == kCycles);
    CHECK(row.at("clock_pj_per_cycle").get<double>() == Approx(4 * kClockCycle).epsilon(0.1));
    CHECK(row.at("logic_pj") == 0.0);
  }
  CHECK(never.at("registers_pj") == 0.0);
  CHECK(never.at("total_pj") == never.at("clock_pj_per_cycle"));
  CHECK(often.at("registers_pj").get<double>() == Approx(2 * seldom.at("registers_pj").get<double>()));
  constexpr double kChanges = 4 * kRegister + 3 * kInput + kOutput;
  CHECK(often.at("registers_pj").get<double>() == Approx(kChanges * (kCycles - 1) / kCycles).epsilon(0.1));
}

TEST_CASE("A waveform that is not the netlist's is refused", "[synth]") {
  const Shifter shifter;
  fails(shifter.run("0111", 20), 1, "cycle 20: q_o[0] of the netlist is 0, in the waveform 1; 1 bits are wrong");
  fails(shifter.run("0111", kCycles - 1), 1, "cycle 40: q_o[0] of the netlist is 0, in the waveform 1");
  fails(shifter.run("01", -1, "r_o"), 1,
        "the bits of port q_o of node_0_0.node_top.u_node.u_dut are not those of the netlist (1)");
  fails(Shifter("nothing").run("01"), 1, "the run run of dut does no work: the signal nothing of");
}

}  // namespace tatami::test
