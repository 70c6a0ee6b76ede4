// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "noc.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/parse.hpp"
#include "sim/engine/mesh_device.hpp"
#include "sim/runtime/elf.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {
namespace {

struct ExecOptions {
  std::string program;
  MachineOptions machine;
  std::string mesh = "1x1";
  std::uint64_t max_cycles = 100'000'000;
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

/// What a node's program left in `tohost`: 1 is success, any other odd value is its exit code times two plus one.
std::uint64_t read_tohost(Device& device, NodeId node, std::uint64_t offset) {
  std::array<std::uint8_t, 8> bytes{};
  device.read(node, offset, bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

int exec(ExecOptions o) {
  o.machine.mesh = parse_mesh(o.mesh);
  if (o.machine.backend != "rtl" && o.machine.backend != "golden") {
    throw InputError(fmt::format("--backend is rtl or golden, and not '{}'", o.machine.backend));
  }
  const Config config = find_config(o.machine.config);
  const ElfProgram program = parse_elf(read_file(o.program), o.program, config.sram_bytes());
  const auto tohost = program.symbols.find("tohost");
  for (const ElfProgram::Segment& s : program.segments) sram_offset(s.address, s.bytes.size(), config);

  const std::unique_ptr<Machine> machine = make_machine(config, o.machine);
  Device& device = machine->device();
  for (const NodeId node : o.machine.mesh.nodes()) {
    for (const ElfProgram::Segment& s : program.segments) {
      device.write(node, sram_offset(s.address, s.bytes.size(), config), s.bytes);
    }
    device.start(node, 0, program.entry);
  }
  const RunStatus status = device.run(o.max_cycles);
  for (const ThreadStatus& thread : status.threads) fmt::print(stderr, "{}\n", engine::describe(thread));
  for (const std::string& error : status.errors) fmt::print(stderr, "{}\n", error);
  const std::string cycles = fmt::format("{} {}", status.cycles, machine->activity() ? "cycles" : "rounds");
  switch (status.end) {
    case RunStatus::End::Hang: fmt::print(stderr, "HANG: nothing can move any more after {}\n", cycles); return 3;
    case RunStatus::End::CycleLimit: fmt::print(stderr, "CYCLE LIMIT: not finished after {}\n", cycles); return 3;
    case RunStatus::End::Fault: fmt::print(stderr, "FAULT: stopped after {}\n", cycles); return 1;
    case RunStatus::End::Idle: break;
  }
  if (tohost != program.symbols.end()) {
    const std::uint64_t offset = sram_offset(tohost->second, sizeof(std::uint64_t), config);
    for (const NodeId node : o.machine.mesh.nodes()) {
      const std::uint64_t value = read_tohost(device, node, offset);
      if (value == 1) continue;
      fmt::print(stderr, "FAIL: node (y {}, x {}) left {:#x} in tohost (exit code {}) after {}\n", node.y, node.x,
                 value, value >> 1, cycles);
      return 1;
    }
  }
  fmt::print("PASS: every thread has ended after {}\n", cycles);
  return 0;
}

}  // namespace

void add_exec(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ExecOptions>();
  CLI::App* sub = app.add_subcommand("exec", "Run an ELF program on every node of a mesh");
  sub->add_option("program", options->program, "RV64 executable, linked at 0 or 0x80000000")->required();
  sub->add_option("--mesh", options->mesh, "nodes, as ROWSxCOLS")->capture_default_str();
  sub->add_option("--config", options->machine.config, "configuration of a node")->capture_default_str();
  sub->add_option("--backend", options->machine.backend, "rtl or golden")->capture_default_str();
  sub->add_option("--seed", options->machine.seed, "seed of the state before reset")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub->add_option("--max-cycles", options->max_cycles, "stop after so many cycles")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  sub->add_option("--trace", options->machine.trace.path, "write a waveform (FST)");
  sub->callback([=, &action] { action = [=] { return exec(*options); }; });
}

}  // namespace tatami::cli
