// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The runner from outside: exit codes, what goes where, files whole or absent.

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

#include "sim/runtime/files.hpp"
#include "sim/runtime/npy.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

const std::string kSmallMatmul = "run matmul --m 5 --n 6 --k 7 --backend golden ";

std::string npy_file(const Shape& shape, const std::vector<float>& values) {
  HostTensor tensor{shape, DataType::Fp32, {}};
  for (const float value : values) tensor.bits.push_back(std::bit_cast<std::uint32_t>(value));
  return npy::format(tensor);
}

}  // namespace

TEST_CASE("a passing run says so to a person and to a machine", "[run]") {
  const Workspace workspace;
  const Result result = workspace.tatami(kSmallMatmul + "--mesh 1x3 --json %/r.json --out %/c.npy");
  CAPTURE(result.err);
  CHECK(result.code == 0);
  CHECK(contains(result.out, "PASS: all 30 elements bit-exact"));
  CHECK(workspace.files() == "c.npy r.json");
  const auto json = nlohmann::json::parse(workspace.tatami(kSmallMatmul + "--json - --mesh 1x3").out);
  CHECK(json["status"] == "pass");
  CHECK(json["launches"][0]["shape"] == nlohmann::json{{"m", 5}, {"n", 6}, {"k", 7}});
  CHECK(json["macs"] == 5 * 6 * 7);
  CHECK(json["mesh"]["cols"] == 3);
  CHECK(json["configuration"]["name"] == "full");
  CHECK(json["first_mismatch"].is_null());
  CHECK(contains(json["command"], "--mesh 1x3"));
}

TEST_CASE("the user's own matrices are multiplied", "[run]") {
  const Workspace workspace;
  workspace.write("a.npy", npy_file({2, 3}, {1, 2, 3, 4, 5, 6}));
  workspace.write("b.npy", npy_file({3, 2}, {1, 0, 0, 1, 2, -1}));
  const Result result = workspace.tatami("run matmul --a %/a.npy --b %/b.npy --out %/c.npy --backend golden");
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  const npy::Array c = npy::read(workspace.path("c.npy"));
  CHECK(c.shape == Shape{2, 2});
  CHECK(c.values == std::vector<double>{7, -1, 16, -1});
}

TEST_CASE("the user's own images are filtered", "[run]") {
  const Workspace workspace;
  workspace.write("x.npy", npy_file({1, 1, 3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
  workspace.write("w.npy", npy_file({1, 1, 3, 3}, {0, 1, 0, 1, 1, 1, 0, 1, 0}));
  const Result result =
      workspace.tatami("run conv --input %/x.npy --weight %/w.npy --stride 2 --pad 1 --out %/y.npy --backend golden");
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  const npy::Array y = npy::read(workspace.path("y.npy"));
  CHECK(y.shape == Shape{1, 1, 2, 2});
  CHECK(y.values == std::vector<double>{7, 11, 19, 23});
}

TEST_CASE("the same seed gives the same result on every mesh, another seed another", "[run]") {
  const Workspace workspace;
  CHECK(workspace.tatami(kSmallMatmul + "--seed 7 --mesh 1x1 --out %/a.npy").code == 0);
  CHECK(workspace.tatami(kSmallMatmul + "--seed 7 --mesh 3x2 --out %/b.npy").code == 0);
  CHECK(workspace.tatami(kSmallMatmul + "--seed 8 --mesh 1x1 --out %/c.npy").code == 0);
  CHECK(npy::read(workspace.path("a.npy")).values == npy::read(workspace.path("b.npy")).values);
  CHECK(npy::read(workspace.path("a.npy")).values != npy::read(workspace.path("c.npy")).values);
}

TEST_CASE("both workloads run one after the other on one machine", "[run]") {
  const Workspace workspace;
  const Result result = workspace.tatami("run all --backend golden --mesh 2x2 --json -");
  CHECK(result.code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json["launches"].size() == 2);
  CHECK(json["launches"][1]["op"] == "conv");
  CHECK(json["launches"][1]["status"] == "pass");
}

TEST_CASE("the cycle limit ends a run with exit code 3", "[run]") {
  const Workspace workspace;
  const Result result = workspace.tatami(kSmallMatmul + "--max-cycles 10 --out %/c.npy");
  CHECK(result.code == 3);
  CHECK(contains(result.out, "CYCLE LIMIT"));
  CHECK(contains(result.out, "MACs                                 0"));
  CHECK(contains(result.out, "thread 0"));
  CHECK(contains(result.out, "repeat with:"));
  CHECK(workspace.files().empty());
}

TEST_CASE("help is not an error", "[run]") {
  const Workspace workspace;
  CHECK(workspace.tatami("--help").code == 0);
  CHECK(contains(workspace.tatami("run matmul --help").out, "--mesh"));
}

TEST_CASE("codes of all formats are explained", "[num]") {
  const Workspace workspace;
  // Values from the white paper's tables of CFloat8, scaled by the bias.
  CHECK(contains(workspace.tatami("num explain 0x5a --format cfp8_143").out, "value    2560\n"));
  CHECK(contains(workspace.tatami("num explain 0x5a --format cfp8_143 --bias 7").out, "value    20\n"));
  CHECK(contains(workspace.tatami("num explain 0x03 --format cfp8_143").out, "value    0.375\n"));
  CHECK(contains(workspace.tatami("num explain 0x03 --format cfp8_143 --gradual").out, "value    0.75\n"));
  CHECK(contains(workspace.tatami("num explain 0xff --format cfp8_152 --bias 31").out, "value    -1.75\n"));
  CHECK(contains(workspace.tatami("num explain 0xfe00 --format uhp").out, "class    NaN"));
  CHECK(contains(workspace.tatami("num explain 200 --format int8").out, "value    -56\n"));
  const std::string table = workspace.tatami("num table cfp8_152 --bias 1").out;
  CHECK(std::count(table.begin(), table.end(), '\n') == 256);
  CHECK(contains(table, "0x7f  0 11111 11  1879048192"));
  refuses("num explain 0x5a --format fp7", "unknown format 'fp7'");
  refuses("num explain 0x15a --format cfp8_143", "not a code of 8 bits");
  refuses("num table bf16 --bias 3", "no bias to choose");
  refuses("num table shp --bias 64", "--bias must be 0 to 63");
  refuses("num table fp32", "2^32 rows");
}

TEST_CASE("bad usage is one sentence and exit code 2", "[bad]") {
  refuses("", "subcommand");
  refuses("frobnicate", "unknown command 'frobnicate'; known are run, exec, bench, num, report, route, isa");
  refuses("run", "subcommand");
  refuses("run transpose",
          "unknown workload 'transpose'; known are matmul, conv, all, allreduce, reduce-scatter, "
          "allgather, broadcast, alltoall");
  refuses("run matmul --frob 3", "--frob");
  refuses("run matmul --stride 3", "--stride");
  refuses("run matmul --m", "--m");
  refuses("isa zz", "'zz'");
}

TEST_CASE("impossible shapes and parameters are refused", "[bad]") {
  for (const std::string value : {"0", "-3", "3x", "99999999999", "1e9", "''"}) {
    refuses("run matmul --backend golden --out %/c.npy --json %/r.json --m " + value, "--m");
  }
  refuses("run conv --backend golden --kernel 5x5 --size 2x2 --pad 1", "5x5 kernel does not fit");
  refuses("run conv --backend golden --stride 0", "--stride");
  refuses("run conv --backend golden --kernel 3", "--kernel");
  refuses("run conv --backend golden --kernel 0x3", "kernel height");
  refuses("run conv --backend golden --size 16x-2", "--size");
  refuses("run matmul --mesh 0x2", "--mesh");
  refuses("run matmul --mesh 33x1", "1 to 32");
  refuses("run matmul --mesh 2", "--mesh");
  refuses("run matmul --backend fpga", "--backend");
  refuses("run matmul --format fp64", "--format");
  refuses("run matmul --out-format int8", "--out-format");
  refuses("run matmul --threads 0", "--threads must be 1 to 256");
  refuses("run matmul --threads 2 --trace w.fst", "need --threads 1");
  refuses("run matmul --dead 2x0", "node 2x0 of --dead is not in a 2x2 mesh");
  refuses("run matmul --mesh 1x1 --dead 0x0", "no node of the grid is live");
  refuses("run matmul --config small --mesh 9x2 --dead 3x1", "needs routing tables");
  refuses("run matmul --trace w.fst --backend golden", "waveforms");
  refuses("run matmul --trace w.fst --trace-nodes 5x5", "--trace-nodes");
}

TEST_CASE("a shape that does not fit names the need and the mesh that would do", "[bad]") {
  const std::string run = "run matmul --m 1024 --n 1024 --k 1024 --backend golden --out %/c.npy --json %/r.json ";
  refuses(run + "--mesh 1x1", "a node needs");
  const Workspace workspace;
  const std::string sentence = workspace.tatami(run + "--mesh 1x1").err;
  CHECK(contains(sentence, "has 1310720"));
  const std::string marker = "would do is ";
  REQUIRE(contains(sentence, marker));
  std::string mesh = sentence.substr(sentence.find(marker) + marker.size());
  mesh.pop_back();  // the end of the line
  CHECK(
      workspace.tatami("run matmul --m 1024 --n 1024 --k 1024 --backend golden --max-cycles 10 --mesh " + mesh).code ==
      3);
  refuses("run matmul --m 1000000 --n 500 --k 500 --backend golden", "no mesh up to 32x32 would do");
  refuses("run matmul --m 10000000 --n 10000 --k 500 --backend golden", "too large");
}

TEST_CASE("bad files are refused", "[bad]") {
  refuses(kSmallMatmul + "--a %/missing.npy --out %/c.npy", "missing.npy: No such file");
  refuses(kSmallMatmul + "--a %/bad.npy --out %/c.npy --json %/r.json", "bad.npy is not a usable .npy file", "bad.npy");
  refuses(kSmallMatmul + "--a / --out %/c.npy", "it is a folder");
  refuses(kSmallMatmul + "--out %/no/such/folder/c.npy", "cannot write");
  refuses(kSmallMatmul + "--json %/no/such/folder/r.json --out %/c.npy", "cannot write");
  refuses(kSmallMatmul + "--seed -1", "--seed");
  refuses(kSmallMatmul + "--config small --format cfp8_143", "'small' has no blocks of elements of 1 B");
  refuses(kSmallMatmul + "--config huge", "unknown configuration 'huge'");
  refuses(kSmallMatmul + "--config %/missing.json", "missing.json");
  refuses(kSmallMatmul + "--config %/bad.json", "bad.json", "bad.json");
  refuses("exec %/missing.elf", "missing.elf");
  refuses("exec %/bad.elf", "it is not an ELF file", "bad.elf");
}

TEST_CASE("files and options must agree", "[bad]") {
  const Workspace workspace;
  workspace.write("a.npy", npy_file({2, 3}, {1, 2, 3, 4, 5, 6}));
  workspace.write("cube.npy", npy_file({1, 2, 3}, {1, 2, 3, 4, 5, 6}));
  const auto refused = [&](const std::string& arguments, const std::string& part) {
    const Result result = workspace.tatami("run " + arguments + " --backend golden");
    CAPTURE(arguments, result.err);
    CHECK(result.code == 2);
    CHECK(contains(result.err, part));
  };
  refused("matmul --a %/a.npy --m 4", "--m is 4 but the file has 2");
  refused("matmul --a %/a.npy --b %/a.npy", "as many columns of a as rows of b");
  refused("matmul --a %/cube.npy", "must have 2 dimensions");
  refused("conv --input %/a.npy", "must have 4 dimensions");
  CHECK(workspace.tatami("run matmul --a %/a.npy --n 4 --backend golden").code == 0);
}

TEST_CASE("dead nodes and host threads change where and how fast, and nothing else", "[run]") {
  const Workspace workspace;
  const std::string run = "run matmul --config small --m 40 --n 24 --k 16 --mesh 3x3 --dead 1x1 ";
  const Result one = workspace.tatami(run + "--out %/1.npy --json %/1.json");
  const Result two = workspace.tatami(run + "--threads 2 --out %/2.npy --json %/2.json");
  REQUIRE(one.code == 0);
  REQUIRE(two.code == 0);
  CHECK(contains(one.out, "2x3 mesh"));  // rows 0 and 2
  CHECK(read_file(workspace.path("1.npy")) == read_file(workspace.path("2.npy")));
  const auto cycles = [&](const char* file) {
    return nlohmann::json::parse(read_file(workspace.path(file)))
        .at("launches")
        .at(0)
        .at("cycles")
        .get<std::uint64_t>();
  };
  CHECK(cycles("1.json") == cycles("2.json"));
}

TEST_CASE("the network bench writes its curves as JSON, CSV and a picture", "[bench]") {
  const Workspace workspace;
  const Result result = workspace.tatami(
      "bench mesh --config small --grid 4x4 --dead 1x2 --patterns uniform,neighbour --loads 0.1,1 --warm-up 200 "
      "--cycles 400 --json %/m.json --csv %/m.csv --svg %/m.svg");
  REQUIRE(result.code == 0);
  const auto json = nlohmann::json::parse(read_file(workspace.path("m.json")));
  CHECK(json.at("live_nodes") == 15);
  REQUIRE(json.at("curves").size() == 2);
  const auto& light = json["curves"][1]["points"][0];  // neighbours: one hop and two cycles
  CHECK(light.at("network_latency") == 3);
  CHECK(light.at("hops") == 1);
  CHECK(light.at("accepted").get<double>() == Approx(0.1).margin(0.02));
  CHECK(json["curves"][1]["points"][1].at("accepted") == 1);
  const std::string csv = read_file(workspace.path("m.csv"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 5);
  CHECK(contains(read_file(workspace.path("m.svg")), "bit-complement") == false);
  CHECK(contains(read_file(workspace.path("m.svg")), "neighbour"));
  refuses("bench mesh --config small --patterns round", "and not 'round'");
  refuses("bench mesh --config small --loads 1.5", "--loads");
  refuses("bench mesh --config small --cycles 0", "--cycles");
  refuses("bench mesh --config small --grid 9x9", "larger than the die");
  refuses("bench mesh --config small --grid 1x1 --patterns uniform", "no node of this grid sends");
}

TEST_CASE("routing tables are made, proven and checked", "[route]") {
  const Workspace workspace;
  const Result made = workspace.tatami("route --dead 3x4,9x9 --dead-links 0x0-0x1 --out %/t.json");
  CAPTURE(made.err);
  CHECK(made.code == 0);
  CHECK(contains(made.out, "358 of 360"));
  const Result checked = workspace.tatami("route --check %/t.json");
  CHECK(checked.code == 0);
  CHECK(contains(checked.out, "128164, all arrive"));
  // One entry spoilt: the first node sends what is for the last one north, over the edge.
  std::string text = read_file(workspace.path("t.json"));
  const std::string begins = R"("begins": ")";
  const std::size_t line = text.find(begins) + begins.size();
  text[line + 359] = 'N';
  workspace.write("bad.json", text);
  const Result bad = workspace.tatami("route --check %/bad.json");
  CHECK(bad.code == 1);
  CHECK(contains(bad.err, "A packet from (y 0, x 0) to (y 17, x 19) goes north at (y 0, x 0), where no live link is."));
  CHECK(
      contains(workspace.tatami("route --grid 4x4 --dead 0x1,1x0").out, "cut off, declared dead          (y 0, x 0)"));
  const Result groups = workspace.tatami("route --grid 6x6 --dead 2x2 --groups rows,columns --out %/g.json");
  CAPTURE(groups.out, groups.err);
  CHECK(groups.code == 0);
  CHECK(contains(groups.out, "groups                          11 of 11 sets"));
  const Result proven = workspace.tatami("route --check %/g.json");
  CHECK(proven.code == 0);
  CHECK(contains(proven.out, "casts, all arrive"));
  // The first node that sends on what comes in eastwards keeps it.
  text = read_file(workspace.path("g.json"));
  const std::size_t ways = text.find("\"EL\"");
  REQUIRE(ways != std::string::npos);
  text.replace(ways, 4, "\"L\"");
  workspace.write("worse.json", text);
  const Result worse = workspace.tatami("route --check %/worse.json");
  CHECK(worse.code == 1);
  CHECK(contains(worse.err, "A cast from (y 0, x 0) to group"));
  refuses("route --grid 4x4 --groups diagonals", "diagonals");
  refuses("route --grid 4x4 --dead 4x0", "4x0");
  refuses("route --grid 4x4 --dead-links 1x1-2x2", "two neighbours");
  refuses("route --grid 4x4 --dead-links 1x1", "two neighbours");
  refuses("route --grid 1x1 --dead 0x0", "no node of the grid is live");
  refuses("route --check %/missing.json", "missing.json");
  refuses("route --check %/bad.json", "bad.json is no file of routing tables", "bad.json");
  workspace.write("deep.json", "{\"rows\": " + std::string(1000000, '[') + std::string(1000000, ']') + "}");
  fails(workspace.tatami("route --check %/deep.json"), 2, "its JSON is nested too deeply");
  for (const auto& [rows, part] : {std::pair("-1", "-1 is not a whole number"), std::pair("1e300", "1e+300 is not"),
                                   std::pair("18.5", "18.5 is not"), std::pair("4000000000", "1 to 32 rows")}) {
    text = read_file(workspace.path("t.json"));
    text.replace(text.find("18"), 2, rows);
    workspace.write("bad.json", text);
    fails(workspace.tatami("route --check %/bad.json"), 2, part);
  }
  for (const auto& [number, part] :
       {std::pair("1abc", "'1abc' is no number of a group"), std::pair("-1", "'-1' is no"),
        std::pair("1024", "1024 is no"), std::pair("99999999999", "'99999999999' is no")}) {
    text = read_file(workspace.path("g.json"));
    const std::size_t key = text.find('"', text.find("\"casts\": {") + 10) + 1;
    text.replace(key, text.find('"', key) - key, number);
    workspace.write("bad.json", text);
    fails(workspace.tatami("route --check %/bad.json"), 2, part);
  }
}

TEST_CASE("instruction words are disassembled", "[isa]") {
  const Workspace workspace;
  CHECK(workspace.tatami("isa 0x00000013").out == "00000013  addi x0, x0, 0\n");
  CHECK(contains(workspace.tatami("isa ffffffff").out, ".word"));
  CHECK(workspace.shell("printf '00000013\\nxxxx\\n00b50533\\n' | scripts/waves/filters/instruction").out ==
        "addi x0, x0, 0\nxxxx\nadd x10, x10, x11\n");
}

}  // namespace tatami::test
