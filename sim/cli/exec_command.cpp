// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "noc.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/grid_options.hpp"
#include "sim/cli/injection.hpp"
#include "sim/cli/investigation.hpp"
#include "sim/cli/parse.hpp"
#include "sim/cli/trace_options.hpp"
#include "sim/engine/mesh_device.hpp"
#include "sim/runtime/elf.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/runtime/htif.hpp"

namespace tatami::cli {
namespace {

struct ExecOptions {
  std::string program;
  MachineOptions machine;
  GridOptions grid{.size = "1x1"};
  TraceArguments trace;
  std::uint64_t max_cycles = 100'000'000;
  std::vector<std::string> injections;
};

/// What a program is run with.
struct Program {
  std::vector<NodeId> nodes;
  ElfProgram elf;
  std::vector<Injection> injections;
  std::uint64_t max_cycles;
};

/// The SRAM offset of a local address range, which may be given in the alias. Throws InputError outside the SRAM.
std::uint64_t sram_offset(std::uint64_t address, std::uint64_t size, const Config& config) {
  const std::uint64_t offset = address >= noc::kSramAlias ? address - noc::kSramAlias : address;
  if (offset > config.sram_bytes() || size > config.sram_bytes() - offset) {
    throw InputError(
        fmt::format("{} bytes at {:#x} lie outside the node's SRAM of {} bytes", size, address, config.sram_bytes()));
  }
  return offset;
}

/// The host's side of a program on every node.
class Host {
 public:
  Host(Device& device, const std::vector<NodeId>& nodes, const ElfProgram& program, const Config& config)
      : nodes_(nodes) {
    const auto place = [&](const char* name) -> std::optional<std::uint64_t> {
      const auto symbol = program.symbols.find(name);
      if (symbol == program.symbols.end()) return std::nullopt;
      return sram_offset(symbol->second, sizeof(std::uint64_t), config);
    };
    const auto tohost = place("tohost");
    if (!tohost) return;
    for (const NodeId node : nodes) {
      ports_.emplace_back(device, node, Htif::Place{*tohost, place("fromhost"), config.sram_bytes()});
    }
    exits_.resize(nodes.size());
  }

  bool speaks() const { return !ports_.empty(); }

  /// Serves all nodes, and prints what they say unless `silent`; true when each has given its exit code.
  bool poll(bool silent) {
    bool all = speaks();
    for (std::size_t i = 0; i < ports_.size(); ++i) {
      exits_[i] = ports_[i].poll([silent](std::string_view text) {
        if (!silent) std::fwrite(text.data(), 1, text.size(), stdout);
      });
      all = all && exits_[i].has_value();
    }
    std::fflush(stdout);
    return all;
  }

  /// A sentence about the first node that failed, or did not say how it ended.
  std::optional<std::string> failure() const {
    for (std::size_t i = 0; i < exits_.size(); ++i) {
      const std::string node = node_text(nodes_[i]);
      if (!exits_[i]) return node + " left nothing in tohost";
      if (*exits_[i] != 0) return fmt::format("{} ended with exit code {}", node, *exits_[i]);
    }
    return std::nullopt;
  }

 private:
  std::vector<NodeId> nodes_;
  std::vector<Htif> ports_;
  std::vector<std::optional<std::uint64_t>> exits_;
};

/// How a program ended on a machine, and whether each node gave an exit code.
struct Ending {
  RunStatus status;
  bool exited = false;
  std::optional<std::string> failure;  ///< a sentence about the first node that says it failed
};

/// Runs a program on all its nodes, `silent` without what they print.
Ending play(const Program& program, const Config& config, Device& device, bool silent) {
  for (const Injection& injection : program.injections) inject(device, injection);
  for (const NodeId node : program.nodes) {
    for (const ElfProgram::Segment& s : program.elf.segments) {
      device.write(node, sram_offset(s.address, s.bytes.size(), config), s.bytes);
    }
    device.start(node, 0, program.elf.entry);
  }
  // The program may wait for the host, or go on for ever once it has given its exit code: the host looks now and then.
  constexpr std::uint64_t kLook = 500;
  Host host(device, program.nodes, program.elf, config);
  Ending ending;
  RunStatus& status = ending.status;
  for (std::uint64_t done = 0; !ending.exited;) {
    const std::uint64_t slice = host.speaks() ? std::min(kLook, program.max_cycles - done) : program.max_cycles;
    status = device.run(slice);
    const bool stopped = status.end != RunStatus::End::CycleLimit || status.cycles < slice;
    done += status.cycles;
    status.cycles = done;
    ending.exited = host.poll(silent);
    if (stopped || done >= program.max_cycles) break;
  }
  if (ending.exited) status = {RunStatus::End::Idle, status.cycles, 0, {}, {}, status.repairs};
  note_instructions(device, status);
  ending.failure = host.failure();
  return ending;
}

int exec(ExecOptions o, const std::string& command) {
  check_threads(o.machine.threads);
  o.machine.grid = o.grid.parse_machine();
  o.machine.trace = o.trace.parse(o.machine.grid);
  o.machine.timeline.prepare(o.machine.grid);
  check_backend(o.machine.backend);
  const Config config = find_config(o.machine.config);
  Program program{{}, parse_elf(read_file(o.program), o.program, config.sram_bytes()), {}, o.max_cycles};
  for (unsigned n = 0; n < o.machine.grid.size(); ++n) {
    if (o.machine.grid.live(n)) program.nodes.push_back(o.machine.grid.id(n));
  }
  for (const ElfProgram::Segment& s : program.elf.segments) sram_offset(s.address, s.bytes.size(), config);
  for (const std::string& text : o.injections) {
    program.injections.push_back(parse_injection(text));
    program.injections.back().address = sram_offset(program.injections.back().address, sizeof(std::uint64_t), config);
  }

  Investigation investigation(config, o.machine, command);
  Device& device = investigation.machine().device();
  const bool timed = investigation.machine().activity().has_value();
  const Ending ending = play(program, config, device, false);
  const RunStatus& status = ending.status;
  const std::size_t flips_to_come = device.flips_to_come();
  const std::string cause = investigation.conclude(
      failure_of(status.end, o.program), [&](Device& other) { return play(program, config, other, true).status; });
  for (const ThreadStatus& thread : status.threads) fmt::print(stderr, "{}\n", describe(thread));
  for (const std::string& error : status.errors) fmt::print(stderr, "{}\n", error);
  for (const std::string& repair : status.repairs) fmt::print(stderr, "{}\n", repair);
  if (flips_to_come != 0) {
    fmt::print(stderr, "The run ended before {} of the --inject options came due.\n", flips_to_come);
  }
  const std::string cycles = fmt::format("{} {}", status.cycles, timed ? "cycles" : "rounds");
  fmt::print(stderr, "{}", cause);
  switch (status.end) {
    case RunStatus::End::Hang: fmt::print(stderr, "HANG: nothing can move any more after {}\n", cycles); return 3;
    case RunStatus::End::CycleLimit: fmt::print(stderr, "CYCLE LIMIT: not finished after {}\n", cycles); return 3;
    case RunStatus::End::Fault: fmt::print(stderr, "FAULT: stopped after {}\n", cycles); return 1;
    case RunStatus::End::Idle: break;
  }
  if (ending.failure) {
    fmt::print(stderr, "FAIL: {} after {}\n", *ending.failure, cycles);
    return 1;
  }
  fmt::print("PASS: {} has ended after {}\n", ending.exited ? "every program" : "every thread", cycles);
  return 0;
}

}  // namespace

void add_exec(CLI::App& app, Action& action, const std::string& command) {
  const auto options = std::make_shared<ExecOptions>();
  CLI::App* sub = app.add_subcommand("exec", "Run an ELF program on every node of a mesh");
  sub->add_option("program", options->program, "RV64 executable, linked at 0 or 0x80000000")->required();
  options->grid.add_to(*sub, "--mesh");
  sub->add_option("--config", options->machine.config, "configuration of a node")->capture_default_str();
  sub->add_option("--backend", options->machine.backend, "rtl or golden")->capture_default_str();
  sub->add_option("--seed", options->machine.seed, "seed of the state before reset")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub->add_option("--max-cycles", options->max_cycles, "stop after so many cycles")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub->add_option("--threads", options->machine.threads, "host threads; results are the same for any number")
      ->capture_default_str();
  sub->add_flag("--lockstep", options->machine.lockstep,
                "compare every instruction with the golden simulator (slower)");
  options->trace.add_to(*sub);
  options->machine.timeline.add_to(*sub);
  sub->add_option("--inject", options->injections,
                  "YxX:ADDRESS:BIT[+BIT...][@CYCLE]: invert stored bits of an SRAM word, 64 to 71 are its check bits");
  sub->callback([=, &action] { action = [=] { return exec(*options, command); }; });
}

}  // namespace tatami::cli
