// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Which faults scripts/mutation finds in a module of a few lines, how it puts them in, and what it refuses.

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

constexpr const char* kModule = R"(module counter #(
  parameter int unsigned Limit = 8 - 1
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       valid_i,
  output logic [3:0] count_o
);
  localparam int unsigned Top = Limit + 1;
  logic [3:0] table_q[2], copy_q[2];
  always_ff @(posedge clk_i) begin
    if (!rst_ni) count_o <= '0;
    else if (count_o != 4'd9 && valid_i) count_o <= count_o + table_q[1-1];
    copy_q <= table_q;
  end
  for (genvar i = 0; i < Top - 1; i++) begin : gen_loop
    always_comb assert (count_o <= 4'd9);
  end
endmodule
)";

/// Runs Python with scripts/mutation in reach on the module, and reads the JSON that it prints.
json python(const Workspace& workspace, const std::string& text) {
  workspace.write("counter.sv", kModule);
  workspace.write("run.py", "import dataclasses, json, pathlib, sys\nsys.path.insert(0, 'scripts')\n" + text);
  const Result result = workspace.shell("build/venv/bin/python %/run.py %/.");
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  return json::parse(result.out);
}

}  // namespace

TEST_CASE("faults are found where the hardware works, and nowhere else", "[mutation]") {
  const Workspace workspace;
  const json found = python(workspace, R"(
from mutation import sites
print(json.dumps([[s.line, s.kind, s.before, s.after] for s in sites.find("counter.sv", pathlib.Path(sys.argv[1]))])))");
  std::set<std::string> rows;
  for (const json& row : found) {
    rows.insert(std::to_string(row[0].get<int>()) + " " + row[1].get<std::string>() + ": " + row[2].get<std::string>() +
                " => " + row[3].get<std::string>());
  }
  CHECK(rows.contains("12 reset: !rst_ni => 1'b0"));
  CHECK(rows.contains("12 operator: !rst_ni => rst_ni"));
  CHECK(rows.contains("12 constant: '0 => '1"));
  CHECK(rows.contains("13 condition: count_o != 4'd9 && valid_i => 1'b0"));
  CHECK(rows.contains("13 handshake: count_o != 4'd9 && valid_i => count_o != 4'd9"));
  CHECK(rows.contains("13 operator: count_o != 4'd9 => count_o == 4'd9"));
  CHECK(rows.contains("13 constant: 4'd9 => 4'd10"));
  CHECK(rows.contains("13 operator: count_o + table_q[1-1] => count_o - table_q[1-1]"));
  // And the width of the sum; nothing of parameters, indices, loops, whole arrays and assertions.
  CHECK(found.size() == 9);
}

TEST_CASE("chosen faults do not overlap, are the seed's, and each acts by its number", "[mutation]") {
  const Workspace workspace;
  const json drawn = python(workspace, R"(
from mutation import inject
root = pathlib.Path(sys.argv[1])
some = [inject.choose(["counter.sv"], 3, seed, root) for seed in (1, 1, 2, 3, 4, 5)]
chosen = inject.choose(["counter.sv"], 100, 1, root)
print(json.dumps({"same": some[0] == some[1], "other": any(one != some[0] for one in some[2:]), "count": len(chosen),
                  "disjoint": all(a.end <= b.begin for a, b in zip(chosen, chosen[1:])),
                  "text": inject.sources(chosen, root)["counter.sv"].decode(), "last": dataclasses.asdict(chosen[-1])})))");
  CHECK(drawn["same"] == true);
  CHECK(drawn["other"] == true);
  CHECK(drawn["disjoint"] == true);
  const std::string last = "((mutant_pkg::active == " + std::to_string(drawn["count"].get<int>()) + ") ? (" +
                           drawn["last"]["after"].get<std::string>() + ") : (" +
                           drawn["last"]["before"].get<std::string>() + "))";
  CHECK(drawn["text"].get<std::string>().find(last) != std::string::npos);
}

TEST_CASE("survivors count unless the plan explains them", "[mutation]") {
  const Workspace workspace;
  const json result = python(workspace, R"(
from mutation import report
same = {"group": "g", "file": "a.sv", "where": "y = x;", "before": "x"}
rows = [same | {"line": n, "after": str(n), "killed": n > 2} for n in range(1, 5)]
known = [same | {"after": "1", "why": "no matter"}, same | {"where": "z = x;", "after": "2", "why": "another place"}]
print(json.dumps({"text": report.markdown(rows, known), "reasons": [report.reason(row, known) for row in rows[:2]]})))");
  CHECK(contains(result["text"], "| g | 4 | 2 | 1 | 1 | 66.7 % |"));
  CHECK(result["reasons"] == json({"no matter", ""}));
}

TEST_CASE("an explanation whose source has changed is known", "[mutation]") {
  const Workspace workspace;
  const json found = python(workspace, R"(
from mutation import report
place = {"file": "counter.sv", "where": "if (!rst_ni) count_o <= '0;", "before": "'0", "after": "'1"}
known = [place, place | {"where": "count_o <= '0;"}, place | {"after": "'x"}, place | {"file": "gone.sv"}]
print(json.dumps([known.index(each) for each in report.stale(known, pathlib.Path(sys.argv[1]))])))");
  CHECK(found == json({1, 2, 3}));
}

TEST_CASE("an explanation that may be another line's is known", "[mutation]") {
  const Workspace workspace;
  const json found = python(workspace, R"(
from mutation import report
known = [{"file": "counter.sv", "where": where} | more for where, more in
         (("copy_q <= table_q;", {}), ("end", {}), ("end", {"times": 2}), ("end", {"times": 3}))]
print(json.dumps([known.index(each) for each in report.ambiguous(known, pathlib.Path(sys.argv[1]))])))");
  CHECK(found == json({1, 3}));
}

TEST_CASE("the plan is held against the sources", "[mutation]") {
  const Workspace workspace;
  const Result list = workspace.shell("build/venv/bin/python scripts/mutate.py --list");
  CAPTURE(list.err);
  CHECK(list.code == 0);
  CHECK(contains(list.out, "rtl/noc by router traffic\n"));
  workspace.write("counter.sv", kModule);
  workspace.write("run.py", R"(import json, pathlib, sys
sys.path.insert(0, 'scripts')
import mutate
plan = {"groups": [{"name": "g", "count": 1, "files": sys.argv[2:], "tests": []}], "explained": [
    {"file": "counter.sv", "where": "copy_q <= table_q;", "before": "'0", "after": "'1"}]}
mutate.ROOT, mutate.PLAN = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[1]) / "plan.json"
mutate.PLAN.write_text(json.dumps(plan))
sys.argv = ["mutate", "--list"]
mutate.main()
)");
  const std::string run = "build/venv/bin/python %/run.py %/. ";
  fails(workspace.shell(run + "gone.sv"), 2, "group g: there is no gone.sv");
  fails(workspace.shell(run + "counter.sv"), 2, "a fault that cannot be: '0 => '1 in counter.sv: copy_q <= table_q;");
}

TEST_CASE("each fault is told with the time that is left", "[mutation]") {
  const Workspace workspace;
  workspace.write("counter.sv", kModule);
  workspace.write("run.py", R"(import argparse, pathlib, sys
sys.path.insert(0, 'scripts')
import mutants, mutate
from mutation import inject
chosen = [("g", site) for site in inject.choose(["counter.sv"], 2, 1, pathlib.Path(sys.argv[1]))]
trials = argparse.Namespace(all=lambda *_: iter([(1, True, "a test"), (2, False, "")]))
mutate.run_group({"name": "g", "tests": []}, chosen, trials, argparse.Namespace(jobs=1), [])
mutants.tree.mirror, mutants.attempt = lambda *_: None, lambda fault: (True, "a test")
mutants.work(argparse.Namespace(names=["dma-pitch", "timeline-miss", "timeline-last"], list=False))
)");
  const Result told = workspace.shell("build/venv/bin/python %/run.py %/.");
  CAPTURE(told.out, told.err);
  CHECK(told.code == 0);
  CHECK(contains(told.out, "  [1/2, 0 s left] g noticed  counter.sv:"));
  CHECK(contains(told.out, "  [2/2] g survives counter.sv:"));
  CHECK(contains(told.out, "\n3 of 3 faults caught\n"));
  CHECK(contains(told.err, "  [0/3] "));
  CHECK(contains(told.err, "  [2/3, 0 s left] "));
}

TEST_CASE("groups that share a test are built together", "[mutation]") {
  const Workspace workspace;
  const json lists = python(workspace, R"(
import mutate
groups = [{"name": name, "tests": tests.split()} for name, tests in (("a", "x y"), ("b", "z"), ("c", "w"), ("d", "z x"))]
print(json.dumps([[group["name"] for group in each] for each in mutate.built_together(groups)])))");
  CHECK(lists == json({{"c"}, {"a", "b", "d"}}));
}

TEST_CASE("test cases that take most of the time are tried last", "[mutation]") {
  const Workspace workspace;
  const json parts = python(workspace, R"(
from mutation import trial
log = "seed 1\n0.100 s: quick\n0.300 s: a [part]\n2.000 s: slow, twice\n2.000 s: slow, twice\n0.500 s: a section\n"
print(json.dumps([trial.by_duration(["quick", "slow, twice"], log), trial.by_duration(["quick"], log)])))");
  CHECK(parts[0] == json({{"~[nightly]", "~slow\\, twice"}, {"slow\\, twice"}}));
  CHECK(parts[1] == json::array({json::array({"~[nightly]"})}));
}

TEST_CASE("two runs in one folder are refused", "[mutation]") {
  const Workspace workspace;
  workspace.write("run.py", R"(import pathlib, sys
sys.path.insert(0, 'scripts')
import mutate
from regress.errors import Parser
mutate.ROOT = pathlib.Path(sys.argv[1])
mutate.FOLDER = mutate.ROOT / "out"
locks = [mutate.locked(Parser("mutate", "")) for _ in range(2)]
)");
  fails(workspace.shell("build/venv/bin/python %/run.py %/."), 2, "another run works in out");
}

TEST_CASE("a group that is not planned is refused", "[mutation]") {
  const Workspace workspace;
  fails(workspace.shell("build/venv/bin/python scripts/mutate.py nothing"), 2, "no group is called nothing");
  fails(workspace.shell("build/venv/bin/python scripts/mutate.py --count 0 lib"), 2, "must be a number from 1");
  fails(workspace.shell("python3 scripts/mutants.py nothing"), 2, "mutants: no fault is called nothing");
  fails(workspace.shell("python3 scripts/mutants.py --never"), 2, "mutants: unrecognized arguments: --never");
}

}  // namespace tatami::test
