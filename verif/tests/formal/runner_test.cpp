// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/formal.py on a counter of a few lines: proofs that hold, are false, say nothing, or do not notice a fault.
#include <filesystem>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

/// A block with one proof: a counter that goes round from `Last`, with what is asserted and covered of it.
class Proof {
 public:
  Proof(const std::string& property, const std::string& situation) {
    std::filesystem::create_directories(folder_.path("proofs/block"));
    folder_.write("proofs/block/counter.sv",
                  "module counter (input logic clk_i, input logic rst_ni, output logic [2:0] count_o);\n"
                  "  always_ff @(posedge clk_i) begin\n"
                  "    if (!rst_ni || count_o == 3'd5) count_o <= '0;\n"
                  "    else count_o <= count_o + 1'b1;\n"
                  "  end\n"
                  "endmodule\n");
    folder_.write("proofs/block/counter_proof.sv",
                  "`include \"rtl/assert.svh\"\n"
                  "module counter_proof (input logic clk_i, input logic rst_ni);\n"
                  "  `TATAMI_FORMAL_RESET\n"
                  "  logic [2:0] count;\n"
                  "  counter u_counter (.clk_i, .rst_ni, .count_o(count));\n"
                  "  `TATAMI_ASSERT(Property, " +
                      property + ")\n  `TATAMI_COVER(Situation, " + situation + ")\nendmodule\n");
    write({{"mode", "prove"}, {"engine", "abc pdr"}, {"cover_depth", 8}});
  }

  /// The list, with what is not the same in all: how far it goes, and the text that the fault replaces.
  void write(json row, const std::string& find = "count_o == 3'd5", const std::string& replace = "1'b0") const {
    row.update({{"name", "counter"}, {"doc", "a test"}, {"top", "counter_proof"}, {"config", "tiny"}});
    row["faults"] = {{{"file", folder_.path("proofs/block/counter.sv").string()},
                      {"find", find},
                      {"replace", replace},
                      {"why", "it is a test"}}};
    folder_.write("proofs/block/proofs.json", json::array({row}).dump());
  }

  Result run(const std::string& options = "") const {
    return folder_.shell("build/venv/bin/python scripts/formal.py --folder %/proofs --out %/out " + options);
  }

  /// A run that ends with a code and says all of some parts.
  void gives(const std::string& options, int code, const std::vector<std::string>& parts) const {
    const Result result = run(options);
    CAPTURE(result.out, result.err);
    CHECK(result.code == code);
    for (const std::string& part : parts) CHECK(contains(result.out, part));
  }

 private:
  Workspace folder_;
};

}  // namespace

TEST_CASE("A proof holds and notices its fault", "[formal]") {
  const Proof proof("count <= 3'd5", "count == 3'd5");
  proof.gives("", 0, {"PASS", "proved", "covers 1/1", "1 of 1 proofs hold"});
  proof.gives("--faults 1", 0, {"CAUGHT", "Property", "1 of 1 faults caught"});
}

TEST_CASE("A false proof, and a fault that survives, fail", "[formal]") {
  const Proof proof("count <= 3'd4", "count == 3'd4");
  proof.gives("counter", 1, {"FAIL", "Property", "trace", "make formal FORMAL=block/counter", "0 of 1 proofs hold"});
  const Proof blind("count <= 3'd6", "count == 3'd5");
  blind.write({{"mode", "prove"}, {"engine", "abc pdr"}, {"cover_depth", 8}}, "3'd5", "3'd4");
  blind.gives("--faults 1", 1, {"MISSED", "0 of 1 faults caught"});
}

TEST_CASE("A proof without the situations that it is about fails", "[formal]") {
  Proof("count <= 3'd5", "count == 3'd6").gives("block", 1, {"FAIL", "never reached in 8 cycles", "Situation"});
  const Proof bounded("count <= 3'd5", "count == 3'd5");
  bounded.write({{"mode", "bmc"}, {"engine", "abc bmc3"}, {"depth", 8}});
  bounded.gives("", 0, {"holds for 8 cycles"});
  bounded.write({{"mode", "bmc"}, {"engine", "abc bmc3"}, {"depth", 5}});
  bounded.gives("", 1, {"never reached in 5 cycles", "Situation"});
}

TEST_CASE("Unknown names and lists that say too little are refused with one sentence", "[formal]") {
  const Proof proof("count <= 3'd5", "count == 3'd5");
  fails(proof.run("nothing"), 2, "no proof is called 'nothing'; known are block/counter");
  fails(proof.run("--tier never"), 2, "--tier");
  fails(proof.run("--faults 2"), 2, "--faults");
  proof.write({{"mode", "bmc"}, {"engine", "abc bmc3"}, {"depth", 5}, {"cover_depth", 8}});
  fails(proof.run("--list"), 2, "block/counter: missing or unknown keys cover_depth");
  proof.write({{"mode", "prove"}, {"engine", "abc pdr"}, {"cover_depth", 8}}, "count_o");
  fails(proof.run("--list"), 2, "it must occur once");
}

}  // namespace tatami::test
