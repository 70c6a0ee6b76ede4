// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/fpga.py on designs of a few lines: what they take, counted by hand, and netlists and calls that are refused.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

/// A folder with one design, called `dut`, and the tables that name it.
class Design {
 public:
  /// With `pins` (lines of an LPF file) the design is a board top.
  explicit Design(const std::string& source, double mhz = 50, int luts = 83640, const std::string& pins = "") {
    folder_.write("dut.sv", source);
    json tops;
    tops["modules"] = {{"blocks", json::object()}, {"macros", json::object()}, {"latches", json::array()}};
    tops["tops"]["dut"] = {{"module", "dut"}, {"sources", {folder_.path("dut.sv").string()}},
                           {"doc", "a test"}, {"goal", "area"},
                           {"mhz", mhz},      {"tier", {{"device", "ci"}}}};
    if (!pins.empty()) {
      folder_.write("dut.lpf", pins);
      tops["tops"]["dut"]["pins"] = folder_.path("dut.lpf").string();
    }
    folder_.write("tops.json", tops.dump());
    const json device = {{"doc", "a test"},
                         {"options", {"--25k"}},
                         {"has", {{"luts", luts}, {"registers", 24288}, {"dsps", 28}, {"block_rams", 56}}}};
    folder_.write("technologies.json", json{{"device", device}}.dump());
  }

  Result run(const std::string& options = "") const {
    return folder_.shell("build/venv/bin/python scripts/fpga.py --tables %/ --out %/out " + options);
  }

  std::uintmax_t bitstream_bytes() const {
    const auto path = folder_.path("out/linked/dut/dut.bit");
    return std::filesystem::exists(path) ? std::filesystem::file_size(path) : 0;
  }

  json figures() const { return json::parse(std::ifstream(folder_.path("out/report.json"))).at("rows").at(0); }

 private:
  Workspace folder_;
};

}  // namespace

TEST_CASE("Products land in multipliers and memories in block RAM, and registers are those of the design and its ring",
          "[fpga]") {
  const Design design(
      "module dut (input logic clk_i, input logic we_i, input logic [9:0] addr_i, input logic [17:0] a_i,\n"
      "            input logic [17:0] b_i, output logic [35:0] q_o, output logic [17:0] r_o);\n"
      "  logic [17:0] mem[1024];\n"
      "  always_ff @(posedge clk_i) begin\n"
      "    q_o <= a_i * b_i;\n"
      "    if (we_i) mem[addr_i] <= a_i; else r_o <= mem[addr_i];\n"
      "  end\n"
      "endmodule\n");
  const Result result = design.run();
  CAPTURE(result.out, result.err);
  REQUIRE(result.code == 0);
  const json row = design.figures();
  CHECK(row.at("needs").at("dsps") == 1);
  CHECK(row.at("needs").at("block_rams") == 1);
  // The product's 36; 1 + 10 + 18 + 18 inputs; 54 outputs by fours: 14 + 4 + 1.
  CHECK(row.at("needs").at("registers") == 36 + 47 + 19);
  CHECK(row.at("mhz") >= 50);
  CHECK(row.at("misfit") == "");
}

TEST_CASE("A top with pins has no ring, and a bitstream", "[fpga]") {
  const std::string source =
      "module dut (input logic clk_i, input logic a_i, output logic q_o);\n"
      "  logic a_q;\n"
      "  always_ff @(posedge clk_i) begin\n    a_q <= a_i;\n    q_o <= a_q;\n  end\n"
      "endmodule\n";
  const std::string pins = "LOCATE COMP \"clk_i\" SITE \"G2\";\nLOCATE COMP \"a_i\" SITE \"M1\";\n";
  const Design design(source, 50, 83640, pins + "LOCATE COMP \"q_o\" SITE \"L4\";\n");
  const Result result = design.run();
  CAPTURE(result.out, result.err);
  REQUIRE(result.code == 0);
  CHECK(design.figures().at("needs").at("registers") == 2);
  CHECK(design.bitstream_bytes() > 1000);
  const Design incomplete(source, 50, 83640, pins);
  const Result unplaced = incomplete.run();
  CHECK(unplaced.code == 1);
  CHECK(contains(unplaced.err, "q_o"));
  CHECK(incomplete.bitstream_bytes() == 0);
}

TEST_CASE("A frequency that is missed fails, and the figures are in the report", "[fpga]") {
  const Design design(
      "module dut (input logic clk_i, input logic [31:0] a_i, output logic q_o);\n"
      "  always_ff @(posedge clk_i) q_o <= ^(a_i * a_i);\n"
      "endmodule\n",
      400);
  fails(design.run(), 1, "MHz of 400 on device");
  CHECK(design.figures().at("mhz") < 400);
}

TEST_CASE("A design that does not fit says what it needs and what there is", "[fpga]") {
  const Design design(
      "module dut (input logic clk_i, input logic [15:0] a_i, output logic [15:0] q_o);\n"
      "  always_ff @(posedge clk_i) q_o <= q_o ^ (q_o << a_i[3:0]) ^ a_i;\n"
      "endmodule\n",
      50, 16);
  fails(design.run(), 1, "dut does not fit device: it needs ");
  CHECK(contains(design.figures().at("misfit"), "LUTs of 16"));
}

TEST_CASE("A register file of several write ports is the same in LUT RAM", "[fpga]") {
  const Workspace folder;
  const Result result =
      folder.shell("build/venv/bin/python scripts/yosys.py -ql %/log verif/tests/fpga/write_ports.ys");
  CAPTURE(result.out, result.err);
  CHECK(result.code == 0);
}

TEST_CASE("Netlists that are not what the RTL says are not reported", "[fpga]") {
  const std::string head = "module dut (input logic clk_i, input logic [7:0] d_i, output logic [3:0] q_o);\n";
  fails(Design(head + "  always_latch if (clk_i) q_o = d_i[3:0];\nendmodule\n").run(), 1, "a latch");
  fails(Design(head + "  logic [3:0] x;\n  always_ff @(posedge clk_i) q_o <= d_i[3:0] & x;\nendmodule\n").run(), 1,
        "without a driver");
  fails(Design(head + "  always_ff @(posedge clk_i) q_o <= d_i;\nendmodule\n").run(), 1, "loses its upper bits");
}

TEST_CASE("Unknown names and a missing tool are refused with one sentence", "[fpga]") {
  const Design design(
      "module dut (input logic clk_i, output logic q_o);\n  always_ff @(posedge clk_i) q_o <= ~q_o;\nendmodule\n");
  fails(design.run("nothing"), 2, "unknown top 'nothing'; known are dut");
  fails(design.run("--device spartan dut"), 2, "unknown technology 'spartan'; known are device");
  fails(design.run("--tier never"), 2, "--tier");
  fails(design.run("--placer nextpnr-missing"), 2, "nextpnr-missing is missing; run: scripts/setup.sh fpga");
}

}  // namespace tatami::test
