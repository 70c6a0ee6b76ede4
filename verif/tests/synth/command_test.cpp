// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What the commands around netlists refuse, and when scripts/gates.py believes that tests notice a broken gate.
#include <string>

#include "fmt/format.h"
#include "verif/lib/catch.hpp"
#include "verif/tests/synth/design.hpp"

namespace tatami::test {
namespace {

/// A command of the flows, with the Python of the project.
Result command(const std::string& words, const std::string& python_options = "") {
  return Workspace().shell("build/venv/bin/python " + python_options + " scripts/" + words);
}

/// The tables of these tops, without blocks in them.
void write_tables(const Workspace& folder, const json& tops) {
  const json modules = {{"blocks", json::object()}, {"macros", json::object()}, {"latches", json::array()}};
  folder.write("tops.json", json{{"modules", modules}, {"tops", tops}}.dump());
  folder.write(
      "technologies.json",
      json{{"osu018", {{"liberty", "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"}, {"dont_use", json::array()}}}}
          .dump());
}

/// `make gates` of a block with one register, where `make test` says first what the RTL's tests did on the healthy
/// netlist, then what they did on the broken one.
Result gates(const std::string& healthy, const std::string& broken) {
  const Workspace folder;
  write_tables(folder, {{"sram_scrubber",
                         {{"module", "sram_scrubber"},
                          {"config", "small"},
                          {"gates", {{"block", "sram"}, {"test", ""}, {"fault", "left_q[0]"}}}}}});
  folder.write("make",
               fmt::format("#!/bin/sh\ncase \"$*\" in */broken*) echo '{}';; *) echo '{}';; esac\n", broken, healthy));
  return folder.shell("chmod +x %/make && PATH=%/:$PATH build/venv/bin/python scripts/gates.py --tables %/ --build %/");
}

}  // namespace

TEST_CASE("A broken gate is noticed when a test fails with it, and all tests have run", "[synth]") {
  const Result noticed = gates("41 passed, 0 failed", "18 passed, 23 failed");
  CAPTURE(noticed.out, noticed.err);
  CHECK(noticed.code == 0);
  CHECK(contains(noticed.out, "stuck at 0: 23 of 41 tests notice"));
  const auto refused = [](const std::string& healthy, const std::string& broken, const std::string& part) {
    const Result result = gates(healthy, broken);
    CAPTURE(result.out);
    fails(result, 1, part);
  };
  refused("41 passed, 0 failed", "0 passed, 1 failed", "1 tests of block sram ran to their end, not 41");
  refused("41 passed, 0 failed", "Segmentation fault", "the tests of block sram did not run");
  refused("41 passed, 0 failed", "41 passed, 0 failed", "no test of block sram failed with");
  refused("40 passed, 1 failed", "18 passed, 23 failed", "gates: failed: sram_scrubber; repeat with: make gates");
}

TEST_CASE("Unknown names and missing tools and cells are refused with one sentence", "[synth]") {
  const Design design(kShifter);
  fails(design.run("nothing"), 2, "unknown top 'nothing'; known are dut");
  fails(design.run("--technology tsmc5"), 2, "unknown technology 'tsmc5'; known are osu018");
  fails(design.run("--tier never"), 2, "--tier");
  fails(design.run("--jobs 0"), 2, "synth: argument --jobs: '0' must be a number from 1");
  fails(design.run("", "PATH=/nonexistent"), 2, "OpenSTA (sta) is missing; run: scripts/setup.sh synth");
  design.write_technology("/nonexistent.lib");
  fails(design.run(), 2, "cells are missing (/nonexistent.lib); run: apt-get install");
}

TEST_CASE("A netlist is proved to be its RTL, and is not when a gate of it is another", "[synth]") {
  const Workspace folder;
  folder.write("dut.sv",
               "module dut (input logic clk_i, input logic [3:0] a_i, input logic [3:0] b_i, output logic q_o);\n"
               "  logic [3:0] bits_q;\n"
               "  always_ff @(posedge clk_i) bits_q <= ~(a_i & b_i);\n"
               "  assign q_o = ^bits_q;\n"
               "endmodule\n");
  write_tables(folder, {{"dut",
                         {{"module", "dut"},
                          {"config", "small"},
                          {"sources", {folder.path("dut.sv").string()}},
                          {"equivalence", true}}}});
  const std::string prove = "build/venv/bin/python scripts/equivalence.py --tables %/ --build %/";
  const Result proved = folder.shell(prove);
  CAPTURE(proved.out, proved.err);
  CHECK(proved.code == 0);
  CHECK(contains(proved.out, "the netlist is the RTL, and is not with NAND"));
  REQUIRE(folder.shell("sed -i '0,/NAND2X1/s//NOR2X1/' %/synth/mapped/osu018/dut-*/netlist.v").code == 0);
  const Result differs = folder.shell(prove);
  CHECK(differs.code == 1);
  CHECK(contains(differs.err, "unproven $equiv cells"));
}

TEST_CASE("Commands refuse options that they do not have, and a Python without their packages, in one sentence",
          "[synth]") {
  for (const std::string name : {"synth", "fpga", "gates", "equivalence", "power", "traffic"}) {
    fails(command(name + ".py --nothing"), 2, name + ": unrecognized arguments: --nothing");
    fails(command(name + ".py", "-S"), 2,
          name + ": the Python package pyosys is missing; run: scripts/setup.sh " + (name == "fpga" ? name : "synth"));
  }
}

}  // namespace tatami::test
