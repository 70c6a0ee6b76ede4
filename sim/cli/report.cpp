// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>

#include "isa.hpp"
#include "sim/cli/report_parts.hpp"

namespace tatami::cli {
namespace {

/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

/// What went wrong in a launch; several lines.
std::string failure(const RunRecord& run, const LaunchRecord& launch) {
  const Outcome& outcome = launch.outcome;
  const std::string status = status_of(outcome);
  std::string text;
  if (status == "mismatch") {
    const Mismatch& m = *outcome.mismatch;
    text = fmt::format(
        "FAIL: {} of {} elements differ; the first is [{}], on {}:\n"
        "  machine {} = {:.9g}\n  golden  {} = {:.9g}\n  {} ulp apart\n",
        grouped(m.count), grouped(launch.elements), fmt::join(m.index, ", "), node_text(outcome.node),
        pattern_of(run.output_type, m.actual), value_of(run.output_type, m.actual),
        pattern_of(run.output_type, m.expected), value_of(run.output_type, m.expected), grouped(m.ulps));
  } else {
    const std::string after = grouped(outcome.status.cycles);
    if (status == "hang") text = fmt::format("HANG: nothing can move any more after {} cycles\n", after);
    if (status == "cycle_limit") text = fmt::format("CYCLE LIMIT: not finished after {} cycles\n", after);
    if (status == "fault") text = fmt::format("FAULT: stopped after {} cycles\n", after);
    for (const ThreadStatus& thread : outcome.status.threads) text += "  " + describe(thread) + "\n";
    for (const std::string& error : outcome.status.errors) text += "  " + error + "\n";
  }
  return text + launch.cause + "  repeat with: " + run.command + "\n";
}

/// Shares of the cycles of threads, those above one per mille.
std::string thread_shares(const engine::ThreadCounters& threads) {
  const auto cycles = thread_cycles(threads);
  std::uint64_t all = 0;
  for (const auto& [reason, count] : cycles) all += count;
  std::string text;
  for (const auto& [reason, count] : cycles) {
    if (1000 * count <= all) continue;
    text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", reason,
                        100 * static_cast<double>(count) / static_cast<double>(all));
  }
  return text;
}

}  // namespace

std::string status_of(const Outcome& outcome) {
  switch (outcome.status.end) {
    case RunStatus::End::Hang: return "hang";
    case RunStatus::End::CycleLimit: return "cycle_limit";
    case RunStatus::End::Fault: return "fault";
    case RunStatus::End::Idle: break;
  }
  return outcome.mismatch ? "mismatch" : "pass";
}

std::string pattern_of(DataType type, std::uint32_t bits) {
  return type == DataType::Bf16 ? fmt::format("0x{:04x}", bits) : fmt::format("0x{:08x}", bits);
}

float value_of(DataType type, std::uint32_t bits) {
  return std::bit_cast<float>(type == DataType::Bf16 ? bits << 16 : bits);
}

std::vector<std::pair<std::string, std::uint64_t>> thread_cycles(const engine::ThreadCounters& threads) {
  std::vector<std::pair<std::string, std::uint64_t>> cycles{{"issue", threads.issued}};
  for (std::size_t i = 0; i <= static_cast<std::size_t>(isa::Counter::Wait); ++i) {
    cycles.emplace_back(isa::kCounterNames[i], threads.counts[i]);
  }
  return cycles;
}

double bytes_per_node_and_cycle(const LaunchRecord& l) {
  return static_cast<double>(l.bytes_moved) /
         (static_cast<double>(l.communication->nodes) * static_cast<double>(l.outcome.status.cycles));
}

double matrix_utilisation(const RunRecord& run, std::uint64_t macs, std::uint64_t cycles) {
  const Config& c = run.config;
  const double most = static_cast<double>(c.matrix_rows * c.matrix_cols * c.matrix_depth) * run.machine.mesh.size() *
                      static_cast<double>(cycles);
  return cycles == 0 ? 0 : static_cast<double>(macs) / most;
}

std::string status_of(const std::vector<LaunchRecord>& launches) {
  for (const LaunchRecord& launch : launches) {
    const std::string status = status_of(launch.outcome);
    if (status != "pass") return status;
  }
  return "pass";
}

int exit_code(const std::string& status) {
  if (status == "pass") return 0;
  return status == "hang" || status == "cycle_limit" ? 3 : 1;
}

std::string table(const RunRecord& run, const std::vector<LaunchRecord>& launches) {
  std::string text;
  const auto row = [&](const std::string& label, const std::string& content) {
    text += fmt::format("  {:<20}{:>18}\n", label, content);
  };
  for (const LaunchRecord& l : launches) {
    const std::uint64_t cycles = l.outcome.status.cycles, work = l.outcome.status.work_cycles;
    text += fmt::format("{}, {} mesh of '{}' nodes, seed {}{}\n", l.description, run.machine.mesh.text(),
                        run.config.name, run.machine.seed, l.activity ? "" : ", on the golden machine (no timing)");
    if (l.communication) {
      row("nodes", grouped(l.communication->nodes));
    } else {
      row("MACs", grouped(l.macs));
    }
    if (l.activity) {
      row("cycles", grouped(cycles));
      row("work cycles", grouped(work));
      if (l.macs != 0) row("matrix utilisation", fmt::format("{:.1f} %", 100 * matrix_utilisation(run, l.macs, work)));
      if (l.communication) {
        const std::uint64_t least = l.communication->least_cycles;
        row("bound", grouped(least));
        row("share of the bound",
            fmt::format("{:.1f} %", 100 * static_cast<double>(least) / static_cast<double>(cycles)));
        row("per node", fmt::format("{:.1f} B/cycle", bytes_per_node_and_cycle(l)));
      }
      row("instructions", grouped(l.activity->retired()));
      text += fmt::format("  {:<20}{}\n", "thread cycles", thread_shares(l.activity->threads()));
      row("packets", grouped(l.activity->link_crossings()));
    }
    row("bytes moved", grouped(l.bytes_moved));
    row("wall time", fmt::format("{:.2f} s", l.outcome.seconds));
    if (l.activity && l.outcome.seconds > 0) {
      row("simulated speed", fmt::format("{} cycles/s", grouped(static_cast<std::uint64_t>(static_cast<double>(cycles) /
                                                                                           l.outcome.seconds))));
    }
    if (status_of(l.outcome) == "pass") {
      text += fmt::format("PASS: all {} elements bit-exact\n", grouped(l.elements));
    } else {
      text += failure(run, l);
    }
  }
  return text;
}

}  // namespace tatami::cli
