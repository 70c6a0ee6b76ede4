// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The page of `tatami report`: as a file, and as a browser shows it.

#include <fmt/format.h>

#include <regex>

#include "verif/tests/report/results.hpp"

using namespace tatami::test;

namespace {

/// The page as it stands after its script has run.
std::string shown(const Workspace& workspace, const std::string& page) {
  const Result result = workspace.shell(
      "timeout 120 chromium-headless-shell --no-sandbox --disable-gpu --user-data-dir=%/profile "
      "--virtual-time-budget=5000 "
      "--dump-dom file://%/" +
      page);
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  return result.out;
}

/// What stands between the first `begin` and the next `end`.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  INFO("looking for " << begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = text.find(end, from);
  REQUIRE(to != std::string::npos);
  return text.substr(from, to - from);
}

/// All values of an attribute.
std::vector<double> attributes(const std::string& text, const std::string& name) {
  std::vector<double> values;
  const std::regex attribute(name + "=\"([-0-9.e]+)\"");
  for (std::sregex_iterator at(text.begin(), text.end(), attribute); at != std::sregex_iterator(); ++at) {
    values.push_back(std::stod((*at)[1]));
  }
  return values;
}

/// The cells of a row of a table.
std::vector<std::string> cells(const std::string& dom, const std::string& row) {
  const std::string text = between(dom, "data-row=\"" + row + "\"", "</tr>");
  std::vector<std::string> found;
  const std::regex cell("<td[^>]*>([^<]*)</td>");
  for (std::sregex_iterator at(text.begin(), text.end(), cell); at != std::sregex_iterator(); ++at)
    found.push_back((*at)[1]);
  return found;
}

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

void has_sections(const std::string& dom, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    INFO(name);
    CHECK(contains(dom, "data-section=\"" + name + "\""));
  }
}

}  // namespace

TEST_CASE("a page is one file that fetches nothing and holds its results", "[report]") {
  const Workspace workspace;
  Json json = result_of(workspace, kRun + "--mesh 2x2", "r.json");
  json["command"] = "tatami run </script><script>alert(1)</script> <!-- ";
  workspace.write("r.json", json.dump());
  const Result made = workspace.tatami("report %/r.json -o %/r.html");
  REQUIRE(made.code == 0);
  CHECK(contains(made.out, "r.html"));
  const std::string page = tatami::read_file(workspace.path("r.html"));
  CHECK(std::regex_search(page, std::regex("Content-Security-Policy\" content=\"default-src 'none'")));
  CHECK_FALSE(std::regex_search(page, std::regex("(src|href)\\s*=|@import|url\\(|fetch\\(|XMLHttp")));
  CHECK_FALSE(contains(page, "{{"));
  // The results end where they should, and are those of the file.
  const std::string begin = "id=\"results\">";
  const std::string text = between(page, begin, "</script>").substr(begin.size());
  Json embedded = Json::parse(text);
  REQUIRE(embedded.size() == 1);
  CHECK(embedded[0]["file"] == workspace.path("r.json").string());
  embedded[0].erase("file");
  CHECK(embedded[0] == json);
  CHECK(workspace.files() == "r.html r.json");
}

TEST_CASE("a browser shows every section with the numbers of the result", "[report][browser]") {
  const Workspace workspace;
  const Json json = result_of(workspace, kRun + "--mesh 2x3 --dead 0x1", "r.json");
  REQUIRE(workspace.tatami("report %/r.json -o %/r.html").code == 0);
  const std::string dom = shown(workspace, "r.html");
  has_sections(dom, {"maps", "stalls", "roofline", "facts-0"});
  CHECK_FALSE(contains(dom, "data-section=\"comparison\""));

  const Json& launch = json["launches"][0];
  const Json& nodes = launch["nodes"];
  const auto cycles = launch["cycles"].get<double>();
  CHECK(contains(between(dom, "data-tile=\"cycles\"", "</div></div>"), ">" + grouped(launch["cycles"])));
  CHECK(contains(between(dom, "data-tile=\"packets\"", "</div></div>"), ">" + grouped(launch["packets"])));

  const auto check_map = [&](const std::string& map, const std::vector<double>& expected) {
    INFO(map);
    const std::vector<double> values = attributes(between(dom, "data-map=\"" + map + "\"", "</svg>"), "data-value");
    REQUIRE(values.size() == expected.size());
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(values[i] == Approx(expected[i]));
  };
  std::vector<double> busy, issue, held, asleep;
  for (const std::uint64_t steps : elements(nodes["matrix_steps"])) busy.push_back(static_cast<double>(steps) / cycles);
  for (const std::uint64_t n : elements(nodes["instructions"])) issue.push_back(static_cast<double>(n) / cycles);
  for (const std::uint64_t awake : elements(nodes["cycles_awake"]))
    asleep.push_back(1 - static_cast<double>(awake) / cycles);
  held.resize(5);
  for (const Json& port : nodes["sram_held_cycles"]) {
    for (std::size_t i = 0; i < held.size(); ++i) held[i] += 100 * static_cast<double>(elements(port)[i]) / cycles;
  }
  check_map("utilisation", busy);
  check_map("issue", issue);
  check_map("conflicts", held);
  check_map("asleep", asleep);

  // Links: all packets of all nodes, both classes.
  double on_links = 0, sent = 0;
  for (const double count : attributes(between(dom, "data-map=\"links\"", "</svg>"), "data-value")) on_links += count;
  for_matrices(nodes["packets"], [&](const Json& matrix) { sent += static_cast<double>(total(matrix)); });
  CHECK(on_links == sent);

  // A thread's bar: its causes, and the rest of its cycles on five live nodes.
  const std::vector<double> bars = attributes(between(dom, "data-bars=\"all\"", "<details"), "data-cycles");
  double all = 0;
  for (const double count : bars) all += count;
  CHECK(all == 5 * cycles * json["configuration"]["threads"].get<double>());
  const std::string table = between(dom, "data-table=\"stalls\"", "</table>");
  for (const Json& thread : nodes["threads"])
    CHECK(contains(table, "<td>" + grouped(total(thread["queue"])) + "</td>"));

  // The roofline's point.
  const std::string roof = between(dom, "data-map=\"roofline\"", "</svg>");
  const double work =
      launch["work_cycles"].get<double>() * json["mesh"]["rows"].get<double>() * json["mesh"]["cols"].get<double>();
  CHECK(attributes(roof, "data-macs").at(0) == Approx(launch["macs"].get<double>() / work));
  CHECK(attributes(roof, "data-intensity").at(0) ==
        Approx(launch["macs"].get<double>() / launch["bytes_moved"].get<double>()));
}

TEST_CASE("two runs are compared figure by figure and node by node", "[report][browser]") {
  const Workspace workspace;
  const Json a = result_of(workspace, kRun + "--mesh 2x2", "a.json");
  const Json b = result_of(workspace, "run matmul --config small --m 32 --n 48 --k 64 --mesh 2x2", "b.json");
  REQUIRE(workspace.tatami("report %/a.json %/b.json -o %/ab.html").code == 0);
  const std::string dom = shown(workspace, "ab.html");
  has_sections(dom, {"comparison", "maps", "stalls", "roofline", "facts-0", "facts-1"});
  const Json &first = a["launches"][0], &second = b["launches"][0];
  const double change = second["cycles"].get<double>() / first["cycles"].get<double>() - 1;
  REQUIRE(change > 0);
  CHECK(cells(dom, "cycles") == std::vector<std::string>{"cycles", grouped(first["cycles"]), grouped(second["cycles"]),
                                                         fmt::format("+{:.2f} %", 100 * change)});
  CHECK(cells(dom, "transfers")[3] == "equal");
  const std::vector<double> differences = attributes(between(dom, "data-maps=\"change\"", "</svg>"), "data-value");
  REQUIRE(differences.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto share = [&](const Json& launch) {
      return static_cast<double>(elements(launch["nodes"]["matrix_steps"])[i]) / launch["cycles"].get<double>();
    };
    CHECK(differences[i] == Approx(share(second) - share(first)));
  }
  CHECK(attributes(between(dom, "data-map=\"roofline\"", "</svg>"), "data-macs").size() == 2);
}

TEST_CASE("the page says what was not recorded", "[report][browser]") {
  const Workspace workspace;
  result_of(workspace, kRun + "--mesh 2x2 --backend golden", "g.json");
  Json old = result_of(workspace, kRun + "--mesh 2x2", "old.json");
  old["launches"][0].erase("nodes");  // a file from before there were figures of nodes
  workspace.write("old.json", old.dump());
  for (const std::string name : {"g", "old"}) {
    INFO(name);
    REQUIRE(workspace.tatami(fmt::format("report %/{0}.json -o %/{0}.html", name)).code == 0);
    const std::string dom = shown(workspace, name + ".html");
    has_sections(dom, {"maps", "stalls", "roofline", "facts-0"});
    CHECK(contains(between(dom, "data-section=\"maps\"", "</section>"), "Not recorded"));
    CHECK(contains(between(dom, "data-section=\"stalls\"", "</section>"), "Not recorded"));
  }
}

TEST_CASE("several launches, collective operations and failed runs have their page", "[report][browser]") {
  const Workspace workspace;
  result_of(workspace, "run all --config small --mesh 3x2", "all.json");
  result_of(workspace, "run allreduce --config small --mesh 2x2 --count 256", "sum.json");
  CHECK(workspace.tatami(kRun + "--mesh 2x2 --max-cycles 300 --json %/limit.json").code == 3);
  const auto page = [&](const std::string& name) {
    REQUIRE(workspace.tatami(fmt::format("report %/{0}.json -o %/{0}.html", name)).code == 0);
    return shown(workspace, name + ".html");
  };
  const std::string all = page("all");
  CHECK(contains(all, "data-launch=\"1\""));
  CHECK(contains(all, "conv ("));
  has_sections(page("sum"), {"maps", "stalls", "communication", "facts-0"});
  const std::string limit = page("limit");
  has_sections(limit, {"problems", "maps", "stalls", "roofline", "facts-0"});
  CHECK(contains(limit, "cycle limit"));
}

TEST_CASE("what is no result makes no page", "[report]") {
  refuses("report %/none.json -o %/r.html", "cannot read");
  refuses("report %/bad.json -o %/r.html", "bad.json is no result of tatami run: not a JSON object with a schema",
          "bad.json");
  refuses("report", "result is required");
  const Workspace workspace;
  const Json good = result_of(workspace, kRun + "--mesh 1x1", "good.json");
  const auto refuse = [&](const Json& json, const std::string& sentence) {
    workspace.write("odd.json", json.dump());
    fails(workspace.tatami("report %/odd.json -o %/r.html"), 2, sentence);
    fails(workspace.tatami("report %/good.json %/odd.json -o %/r.html"), 2, sentence);
    CHECK(workspace.files() == "good.json odd.json");
  };
  Json odd = good;
  odd["schema"] = 2;
  refuse(odd, "has schema 2, and this program reads 1");
  odd = good;
  odd["launches"] = Json::array();
  refuse(odd, "it has no launches");
  odd = good;
  odd["launches"][0].erase("work_cycles");
  refuse(odd, "it has no 'work_cycles'");
  odd = good;
  for (int level = 0; level < 40; ++level) odd["nodes"] = Json::array({odd["nodes"]});
  refuse(odd, "nested too deeply");
  fails(workspace.tatami("report %/good.json -o %/no/such/folder.html"), 2, "cannot write");
  fails(workspace.tatami("report %/good.json -o %/"), 2, "it is a folder");
}

TEST_CASE("a result whose name is no UTF-8 makes a page, with a sign in its place", "[report]") {
  const Workspace workspace;
  result_of(workspace, kRun + "--mesh 1x1", "\xff.json");
  CHECK(workspace.tatami("report %/\xff.json -o %/r.html").code == 0);
  CHECK(contains(tatami::read_file(workspace.path("r.html")), "\uFFFD.json"));
}
