// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/regress.py on a table of a few jobs: test cases of this program that pass, fail, die or hang as TATAMI_SAMPLE
// says, targets of a makefile of two lines, and one run of the simulator.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "nlohmann/json.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

/// Whether the sample tests are to do this.
bool sample(const std::string& what) {
  const char* wanted = std::getenv("TATAMI_SAMPLE");
  return wanted != nullptr && wanted == what;
}

const json kPass = {{"name", "pass"}, {"test", "regress"}, {"filter", "a sample that passes"}};
const json kSample = {{"name", "sample"}, {"test", "regress"}, {"filter", "the sample*"}, {"timeout", 2}};
const json kGood = {{"make", "good"}};
const json kRun = {{"name", "product"}, {"run", "run matmul --config small --mesh 1x2 --m 16 --n 16 --k 16"}};

/// A folder that stands for a project: a table of jobs in one tier with one seed, tests, a makefile and a source.
class Project {
 public:
  explicit Project(const std::vector<json>& jobs) {
    std::filesystem::create_directories(folder_.path("tests/regress"));
    folder_.write("tests/regress/a_test.cpp", "");
    folder_.write("source.sv", "one");
    folder_.write("Makefile", "good:\n\t@echo fine\nbad:\n\t@echo reason; false\n");
    std::filesystem::create_directory_symlink(root_ / "sim", folder_.path("sim"));
    json table;
    table["tiers"]["full"]["seeds"] = {1};
    for (json job : jobs) {
      job["tiers"] = {"full"};
      job["seconds"] = 1;
      table["jobs"].push_back(job);
    }
    json whole = {{"test", "regress"}, {"tiers", {"other"}}, {"seconds", 1}};  // the table must have all of each folder
    table["tiers"]["other"]["seeds"] = {1};
    table["jobs"].push_back(whole);
    write_table(table.dump());
  }

  void write_table(const std::string& text) const { folder_.write("jobs.json", text); }
  void change_source() const { folder_.write("source.sv", "two"); }

  /// The command, with further options, while the sample does something.
  std::string command(const std::string& options = "", const std::string& sample = "") const {
    const auto build = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
    return "cd %/ && TATAMI_SAMPLE=" + sample + " exec python3 " + (root_ / "scripts/regress.py").string() +
           " --build " + build.string() + " --built --out build --table jobs.json --tests tests --cycles cycles.json " +
           options;
  }
  Result run(const std::string& options = "", const std::string& sample = "") const {
    return folder_.shell(command(options, sample));
  }
  /// The same, ended by a signal when so many jobs have passed, while the sample hangs.
  Result interrupt(const std::string& signal, int passed) const {
    const std::string state = "build/resume.jsonl", lines = std::to_string(passed + 1);
    return folder_.shell("{ rm -f %/" + state + "; (" + command("--jobs 2", "hang") + ") & pid=$!; cd %/; until [ -f " +
                         state + " ] && [ $(wc -l < " + state + ") = " + lines + " ]; do sleep 0.02; done; kill -" +
                         signal + " $pid; wait $pid; }");
  }

  json report() const { return json::parse(std::ifstream(folder_.path("build/report.json"))); }
  /// What a reader of JUnit XML sees: cases, failures, and the text of the failures.
  std::string junit() const {
    return folder_
        .shell(
            "python3 -c \"import xml.dom.minidom as x; d = x.parse('%/build/junit.xml').getElementsByTagName;"
            " print(len(d('testcase')), len(d('failure')), *(f.firstChild.data for f in d('failure')))\"")
        .out;
  }
  json cycles() const { return json::parse(std::ifstream(folder_.path("cycles.json"))); }
  void write_cycles(const json& cycles) const { folder_.write("cycles.json", cycles.dump()); }

 private:
  std::filesystem::path root_ = std::filesystem::current_path();
  Workspace folder_;
};

}  // namespace

TEST_CASE("a sample that passes", "[.sample]") { CHECK(!sample("nothing")); }

TEST_CASE("the sample, as it is told", "[.sample]") {
  INFO("a control character: \x01");
  CHECK(!sample("fail"));
  if (sample("die")) std::raise(SIGKILL);
  if (sample("hang")) std::this_thread::sleep_for(std::chrono::seconds(60));
}

TEST_CASE("Jobs that pass are counted, reported and leave nothing to resume", "[regress]") {
  const Project project({kPass, kSample, kGood, kRun});
  REQUIRE(project.run("--kind run --write").code == 0);
  const Result result = project.run("--seeds '3 5..6'");
  CAPTURE(result.out, result.err);
  REQUIRE(result.code == 0);
  CHECK(contains(result.out, "\n10 passed, 0 failed\n"));  // three seeds, but for the target of make
  CHECK(project.report().at("jobs").size() == 10);
  CHECK(project.junit() == "10 0\n");
  CHECK(!contains(project.run("--seeds '3 5..6'").out, "going on"));
}

TEST_CASE("A failure gives its command, and is new only once", "[regress]") {
  const Project project({kPass, kSample, {{"make", "bad"}}});
  CHECK(!contains(project.run().out, "new failures"));  // nothing to compare with
  const std::string repeat = "make test BLOCK=regress TEST='the sample*' SEED=1";
  Result result = project.run("", "fail");
  CAPTURE(result.out, result.err);
  CHECK(result.code == 1);
  CHECK(contains(result.out, "repeat with: " + repeat));
  CHECK(contains(result.out, "repeat with: make bad"));
  CHECK(contains(result.out, "reason"));
  CHECK(contains(result.out, "new failures: sample seed 1: the sample, as it is told\n"));
  CHECK(!contains(result.out, "new failures: make bad"));
  CHECK(contains(result.out, "\n1 passed, 2 failed\n"));
  CHECK(contains(project.junit(), "3 2 "));
  CHECK(contains(project.junit(), "CHECK( !sample(\"fail\") ) with expansion false"));
  CHECK(contains(project.junit(), repeat));
  CHECK(!contains(project.run("", "fail").out, "new failures"));
  CHECK(contains(project.run().out, "passes again: sample seed 1: the sample, as it is told\n"));
}

TEST_CASE("A program that dies or hangs fails in the case that it was in", "[regress]") {
  const Project project({kPass, kSample});
  CHECK(project.run("", "die").code == 1);
  CHECK(contains(project.junit(), "2 1 the program ended by signal 9"));
  CHECK(project.run("", "hang").code == 1);
  CHECK(contains(project.junit(), "2 1 stopped after 2 s"));
  CHECK(project.report().at("jobs").at(1).at("cases").at(0).at("name") == "the sample, as it is told");
}

TEST_CASE("A filter that chooses nothing is a failure", "[regress]") {
  json nothing = kPass;
  nothing["filter"] = "no such case";
  const Result result = Project({nothing}).run();
  CHECK(result.code == 1);
  CHECK(contains(result.out, "no test case matches"));
}

TEST_CASE("An interrupted regression goes on where it stopped, unless a source has changed", "[regress]") {
  json slow = kSample;
  slow["timeout"] = 60;
  const Project project({kPass, kGood, slow});
  for (const std::string signal : {"TERM", "INT", "KILL"}) {
    CAPTURE(signal);
    const Result stopped = project.interrupt(signal, 2);
    CHECK(stopped.code == (signal == "KILL" ? 137 : 130));
    if (signal != "KILL") CHECK(contains(stopped.err, "goes on where it stopped"));
    const Result result = project.run();
    CHECK(result.code == 0);
    CHECK(contains(result.out, "going on: 2 of 3 jobs have passed\n"));
    CHECK(contains(result.out, "\n3 passed, 0 failed\n"));
    CHECK(project.report().at("jobs").size() == 3);
  }
  CHECK(project.interrupt("TERM", 2).code == 130);
  CHECK(!contains(project.run("--fresh").out, "going on"));
  CHECK(project.interrupt("TERM", 2).code == 130);
  project.change_source();
  CHECK(!contains(project.run().out, "going on"));
}

TEST_CASE("More cycles than the baseline's are a failure, and so is no baseline; fewer are told", "[regress]") {
  const Project project({kRun});
  const std::string writer = "run: make cycle-baselines TIER=full ONLY='product'";
  const Result unknown = project.run();
  CHECK(unknown.code == 1);
  CHECK(contains(unknown.out, "new: there is no baseline of its cycles, " + writer));
  fails(project.run("--list"), 2, "cycles.json: product: there is no baseline of its cycles; " + writer);
  CHECK(project.run("--write").code == 0);
  CHECK(project.run("--list").code == 0);
  const json baseline = project.cycles();
  const int cycles = baseline.at("product").at("cycles");
  CHECK(cycles > baseline.at("product").at("work_cycles"));
  CHECK(project.run().code == 0);
  CHECK(project.report().at("jobs").at(0).at("baseline") == "same");

  json other = baseline;
  other["product"]["cycles"] = cycles * 100 / 102;
  project.write_cycles(other);
  const Result worse = project.run();
  CHECK(worse.code == 1);
  CHECK(contains(worse.out, "; if it must be, " + writer));
  CHECK(contains(project.junit(), "worse: cycles"));
  other["product"]["cycles"] = cycles * 102 / 100;
  project.write_cycles(other);
  const Result better = project.run();
  CHECK(better.code == 0);
  CHECK(contains(better.out, "better: cycles"));
  other["product"]["run"] = "run matmul";
  project.write_cycles(other);
  const Result stale = project.run();
  CHECK(stale.code == 1);
  CHECK(contains(stale.out, "stale: its baseline is of other arguments, " + writer));
  fails(project.run("--list"), 2, "product: its baseline is of other arguments; " + writer);
}

TEST_CASE("Bad arguments and bad tables are refused with one sentence", "[regress]") {
  const Project project({kPass});
  fails(project.run("--tier never"), 2, "unknown tier 'never'; known are full, other");
  fails(project.run("--seeds '1 x'"), 2, "'x' is no seed");
  fails(project.run("--seeds 5..3"), 2, "'5..3' is no seed");
  fails(project.run("--only nothing"), 2, "no job of the tier full is called 'nothing'; they are pass");
  fails(project.run("--jobs 0"), 2, "'0' must be a number from 1");
  fails(project.run("--kind all"), 2, "--kind");
  fails(Project({kPass, kPass}).run(), 2, "pass stands twice");
  fails(Project({{{"filter", "x"}, {"test", "regress"}}}).run(), 2, "needs a name");
  fails(Project({{{"test", "nothing"}}}).run(), 2, "tests/nothing has no tests");
  fails(Project({{{"make", "x"}, {"run", "y"}}}).run(), 2, "needs seconds and one of");
  project.write_table(R"({"tiers": {"full": {"seeds": [1]}}, "jobs": []})");
  fails(project.run(), 2, "no job runs all of regress of tests");
  project.write_table("{");
  fails(project.run(), 2, "cannot be read as JSON");
}

}  // namespace tatami::test
