// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Waveforms from outside: when and what is recorded, the views of it, and what a failing run says about its cause.

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "formats.hpp"
#include "noc.hpp"
#include "sim/runtime/files.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {

TEST_CASE("a difference in lockstep prints the command that records it", "[wave][why]") {
  // Data bit 0 and the check bits that go with it: a word that is wrong, and that nobody sees to be wrong.
  const Workspace workspace;
  const std::string run = "exec build/programs/hello.elf --config small --inject 0x0:0x0:0+64+65+66 ";
  const Result different = workspace.tatami(run + "--lockstep");
  CAPTURE(different.err);
  CHECK(different.code == 1);
  CHECK(contains(different.err, "LOCKSTEP: node (y 0, x 0) in lockstep: "));
  const std::string label = "  waves of it: ";
  const std::size_t at = different.err.find(label);
  REQUIRE(at != std::string::npos);
  std::string command = different.err.substr(at + label.size());
  command.resize(command.find('\n'));
  const std::string file = "build/runs/lockstep.fst";
  REQUIRE(contains(command, "--trace " + file + " --trace-nodes 0x0 --trace-from "));
  command.replace(command.find(file), file.size(), "%/lockstep.fst");
  workspace.shell(command);
  CHECK(std::filesystem::file_size(workspace.path("lockstep.fst")) > 1000);
}

TEST_CASE("a run that fails says why, and waves are recorded around what --trace-on names", "[wave][why]") {
  const Workspace workspace;
  const std::string run = "run matmul --m 4 --n 8 --k 4 --mesh 1x2 --config small ";
  const Result limited = workspace.tatami(run + "--max-cycles 40 --json %/r.json");
  CAPTURE(limited.out, limited.err);
  CHECK(limited.code == 3);
  CHECK(contains(limited.out, "why: still running in cycle 39; the last instruction or packet was in cycle "));
  CHECK(contains(limited.out, "waves of the cause: make why CONFIG=small RUN='run matmul --m 4"));
  CHECK(contains(nlohmann::json::parse(read_file(workspace.path("r.json")))["launches"][0]["cause"], "why: "));

  const Result at_packet = workspace.tatami(run + "--trace %/p.fst --trace-on packet:0x1 --trace-after 30");
  CHECK(at_packet.code == 0);
  CHECK(contains(at_packet.err, "a packet for node (y 0, x 1)"));
  const auto moment = nlohmann::json::parse(read_file(workspace.path("p.moment.json")));
  const std::uint64_t cycle = moment["cycle"];
  CHECK(contains(at_packet.err, fmt::format("shows cycles 0 to {}; in cycle {}", cycle + 30, cycle)));
  CHECK(workspace.shell("scripts/wave_view.py %/p.fst").code == 0);
  CHECK(contains(read_file(workspace.path("p.gtkw")), fmt::format(" {} -1", 1000 * cycle)));

  // Both nodes begin there; the one that is chosen is looked at, though it is the later one.
  const Result at_pc = workspace.tatami(
      "exec build/programs/hello.elf --config small --mesh 1x2 --trace %/c.fst --trace-on pc:80000000 --trace-nodes "
      "0x1");
  CHECK(at_pc.code == 0);
  CHECK(contains(at_pc.err, "of node (y 0, x 1) retires pc 0x80000000"));

  // Fewer levels of the hierarchy: the same window, a fraction of the file.
  CHECK(workspace.tatami(run + "--trace %/deep.fst --trace-to 30").code == 0);
  CHECK(workspace.tatami(run + "--trace %/flat.fst --trace-to 30 --trace-depth 1").code == 0);
  CHECK(std::filesystem::file_size(workspace.path("flat.fst")) * 4 <
        std::filesystem::file_size(workspace.path("deep.fst")));

  const Result never = workspace.tatami(run + "--trace %/n.fst --trace-on failure");
  CHECK(never.code == 0);
  CHECK(contains(never.err, "did not come: no waveform was written"));
  CHECK_FALSE(std::filesystem::exists(workspace.path("n.fst")));
}

TEST_CASE("a run that is compared, or drawn, or has host threads, is investigated like another", "[wave][why]") {
  const Workspace workspace;
  for (const std::string option : {"--lockstep", "--kanata %/k.kanata", "--threads 2"}) {
    const Result failed =
        workspace.tatami("run matmul --m 4 --n 8 --k 4 --mesh 1x2 --config small --max-cycles 40 " + option);
    CAPTURE(failed.out, failed.err);
    CHECK(failed.code == 3);
    CHECK(contains(failed.out, "why: still running in cycle 39"));
    const std::string label = "make why CONFIG=small RUN='";
    const std::size_t at = failed.out.find(label);
    REQUIRE(at != std::string::npos);
    std::string run = failed.out.substr(at + label.size());
    run.resize(run.find('\''));
    // What `make why` does with it.
    CHECK(workspace.tatami(run + " --trace %/why.fst --trace-on failure").code == 3);
    CHECK(std::filesystem::remove(workspace.path("why.fst")));
  }
  const Result nothing = workspace.shell("env -u MAKEFLAGS make --no-print-directory why RUN=");
  CHECK(nothing.code == 2);
  CHECK(nothing.out.empty());
  CHECK(contains(nothing.err, "why: RUN='...' is missing"));
}

TEST_CASE("an error that nobody foresaw says how to repeat it", "[why]") {
  // The working directory is no more.
  const Workspace workspace;
  const std::string run = " run matmul --config small --m 4";
  const Result lost = workspace.shell("mkdir %/gone; cd %/gone; rmdir %/gone; " + Workspace::runner() + run);
  CHECK(lost.code == 1);
  CHECK(contains(lost.err, "tatami: internal error: "));
  CHECK(contains(lost.err, "\n  repeat with: " + Workspace::runner() + run + "\n"));
}

TEST_CASE("all live nodes are recorded when nobody knows which", "[wave][why]") {
  // Before anything has begun.
  const Workspace workspace;
  const std::string run =
      "run matmul --m 4 --n 8 --k 4 --config small --max-cycles 3 --trace %/w.fst --trace-on limit ";
  const Result few = workspace.tatami(run + "--mesh 2x2 --dead 0x0");
  CAPTURE(few.out, few.err);
  CHECK(few.code == 3);
  CHECK(contains(few.err, "shows cycles 0 to 2; in cycle 2: the run has reached its limit"));
  CHECK(workspace.shell("scripts/wave_view.py %/w.fst").code == 0);
  const std::string view = read_file(workspace.path("w.gtkw"));
  for (const char* node : {"node_0_1.", "node_1_0.", "node_1_1."}) CHECK(contains(view, node));
  CHECK_FALSE(contains(view, "node_0_0."));

  std::filesystem::remove(workspace.path("w.fst"));
  const Result many = workspace.tatami(run + "--mesh 5x13");
  CHECK(many.code == 3);
  CHECK(contains(many.err,
                 "No waveform was written: no node is known for 'the run has reached its limit', and 65 are "
                 "too many to record; choose some with --trace-nodes.\n"));
  CHECK_FALSE(std::filesystem::exists(workspace.path("w.fst")));
}

TEST_CASE("triggers that cannot be are refused", "[wave][why]") {
  const Workspace workspace;
  const auto refused = [&](const std::string& options, const std::string& part) {
    fails(workspace.tatami("run matmul --m 4 --n 4 --k 4 --config small --mesh 1x2 " + options), 2, part);
  };
  refused("--trace-on failure", "--trace-on requires --trace");
  for (const char* option : {"--trace-from 0", "--trace-to 9", "--trace-nodes 0x0", "--trace-depth 2"}) {
    refused(option, "requires --trace");
  }
  for (const char* option : {"--trace-before 1000", "--trace-after 9"}) {
    refused(std::string("--trace %/w.fst ") + option, "requires --trace-on");
  }
  refused("--trace %/w.fst --trace-on packet:0x1 --trace-nodes 0x0", "packet:0x1 is none of --trace-nodes");
  refused("--trace %/no/such/folder/w.fst", "cannot write");
  refused("--trace %/w.fst --trace-on never", "--trace-on is failure, mismatch");
  refused("--trace %/w.fst --trace-on pc:xyz", "--trace-on is failure, mismatch");
  refused("--trace %/w.fst --trace-on packet:4x4", "is not in a 1x2 mesh");
  refused("--trace %/w.fst --trace-on trap --trace-from 5", "--trace-on finds the window itself");
  refused("--trace %/w.fst --trace-on trap --backend golden", "no waveforms");
  refused("--trace %/w.fst --trace-depth 0", "--trace-depth");
  CHECK(workspace.files().empty());
}

TEST_CASE("packets and formats are said in words", "[wave]") {
  const Workspace workspace;
  noc::Header header;
  header.op = noc::Op::Put;
  header.len = 64;
  header.dst_y = 3;
  header.dst_x = 4;
  header.src_die = noc::kHostDie;
  header.addr = 0x1f40;
  header.post = true;
  header.sem = 9;
  const auto words = header.pack();
  const std::string digits = fmt::format("{:08x}{:08x}{:08x}{:08x}{:0128x}", words[3], words[2], words[1], words[0], 7);
  const Result packet = workspace.shell("echo " + digits + " | scripts/waves/filters/packet");
  CHECK(packet.out == "put host -> 3x4 64 B at 0x1f40, posts 9\n");
  header.cast = true;
  header.cls = noc::Class::Response;
  header.src_die = 0;
  const auto cast = header.pack();
  CHECK(
      workspace
          .tatami(fmt::format("decode packet {:08x}{:08x}{:08x}{:08x}{:0128x}", cast[3], cast[2], cast[1], cast[0], 0))
          .out == "answer put 0x0 -> group 100 64 B at 0x1f40, posts 9\n");
  const auto bf16 = static_cast<unsigned>(formats::Kind::kBf16);
  CHECK(workspace.shell(fmt::format("printf '{:x}\nzz\n' | scripts/waves/filters/format", bf16)).out == "bf16\nzz\n");
  fails(workspace.tatami("decode packet xyz"), 2, "'xyz' is not a packet");
}

TEST_CASE("the view of a waveform finds every signal that it names, in every node", "[wave]") {
  const Workspace workspace;
  const std::string run = "run matmul --m 4 --n 8 --k 4 --mesh 1x2 --config small --trace %/w.fst --trace-to 20";
  const Result traced = workspace.tatami(run);
  CAPTURE(traced.err);
  REQUIRE(traced.code == 0);
  const Result view = workspace.shell("scripts/wave_view.py %/w.fst");
  CHECK(view.code == 0);
  CHECK(view.err.empty());
  // Another reader of waveforms finds every signal of both views.
  workspace.write("find.py", R"py(import re, sys, pywellen
known = {variable.full_name for variable in pywellen.Waveform(sys.argv[1] + ".fst").all_vars()}
names = re.findall(r"^\+\{.*\} (\S+?)(?:\[\d+:\d+\])?$", open(sys.argv[1] + ".gtkw").read(), re.M)
shown = [re.sub(r"(\w+)\.\1(\[\d+\])", r"\1.\2", name) for name in names]
shown += re.findall(r"^variable_add (\S+)$", open(sys.argv[1] + ".sucl").read(), re.M)
print(len(shown) > 500, *[name for name in shown if name not in known and re.sub(r"\[\d+\]$", "", name) not in known])
)py");
  CHECK(workspace.shell("build/venv/bin/python %/find.py %/w").out == "True\n");
  const std::string text = read_file(workspace.path("w.gtkw"));
  CHECK(contains(text, "+{thread 1 pc} node_0_1.node_top.u_node.status_o.[1].pc[63:0]"));
  CHECK(contains(text, "+{east valid} node_0_0.node_top.u_node.link_o.[1].valid\n"));
  const std::string sram = "node_0_1.node_top.u_node.u_sram.gen_column[7].u_column.";
  CHECK(contains(text, "+{column 7: mesh write asks bank} " + sram + "slot_i.[5].bank[2:0]\n"));
  CHECK(contains(text, "+{column 7: banks held} " + sram + "locked[7:0]\n"));
  const std::string router = "node_0_0.node_top.u_node.u_router.gen_queue[6].u_queue.";
  CHECK(contains(text, "+{east responses: places taken} " + router + "taken_o[3:0]\n"));
  CHECK(contains(text, "+{east responses: next ports of place 3} " + router + "hop_o.[3].next[4:0]\n"));

  const std::string wave = read_file(workspace.path("w.fst"));
  workspace.write("cut.fst", wave.substr(0, wave.size() / 2));
  const Result refused = workspace.shell("scripts/wave_view.py %/cut.fst");
  CHECK(refused.code == 2);
  CHECK(contains(refused.err, "cut.fst: no hierarchy in this file"));
  CHECK_FALSE(std::filesystem::exists(workspace.path("cut.gtkw")));
}

}  // namespace tatami::test
