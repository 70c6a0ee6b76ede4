// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/report.hpp"
#include "isa.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <verilated_config.h>

#include <bit>
#include <nlohmann/json.hpp>

#include "sim/engine/mesh_device.hpp"

namespace tatami::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* name(DataType type) { return type == DataType::Bf16 ? "bf16" : "fp32"; }

std::string status_of(const Outcome& outcome) {
  switch (outcome.status.end) {
    case RunStatus::End::Hang: return "hang";
    case RunStatus::End::CycleLimit: return "cycle_limit";
    case RunStatus::End::Fault: return "fault";
    case RunStatus::End::Idle: break;
  }
  return outcome.mismatch ? "mismatch" : "pass";
}

std::string describe(const Operation& o) {
  const ConvShape& s = o.shape;
  if (o.op == "matmul") return fmt::format("matmul {}x{}x{}", s.width, s.out_channels, s.in_channels);
  return fmt::format("conv {}x{}, {} to {} channels, {} image{} of {}x{}, stride {}, padding {}", s.kernel_height,
                     s.kernel_width, s.in_channels, s.out_channels, s.batch, s.batch == 1 ? "" : "s", s.height, s.width,
                     s.stride, s.pad);
}

/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string pattern(DataType type, std::uint32_t bits) {
  return type == DataType::Bf16 ? fmt::format("0x{:04x}", bits) : fmt::format("0x{:08x}", bits);
}

float value(DataType type, std::uint32_t bits) {
  return std::bit_cast<float>(type == DataType::Bf16 ? bits << 16 : bits);
}

/// What went wrong in a launch; several lines.
std::string failure(const RunRecord& run, const LaunchRecord& launch) {
  const Outcome& outcome = launch.outcome;
  const std::string status = status_of(outcome);
  std::string text;
  if (status == "mismatch") {
    const Mismatch& m = *outcome.mismatch;
    text = fmt::format(
        "FAIL: {} of {} elements differ; the first is [{}], computed by node (y {}, x {}):\n"
        "  machine {} = {:.9g}\n  golden  {} = {:.9g}\n  {} ulp apart\n",
        grouped(m.count), grouped(volume(launch.operation.output_shape())), fmt::join(m.index, ", "), outcome.node.y,
        outcome.node.x, pattern(run.output_type, m.actual), value(run.output_type, m.actual),
        pattern(run.output_type, m.expected), value(run.output_type, m.expected), grouped(m.ulps));
  } else {
    const std::string after = grouped(outcome.status.cycles);
    if (status == "hang") text = fmt::format("HANG: nothing can move any more after {} cycles\n", after);
    if (status == "cycle_limit") text = fmt::format("CYCLE LIMIT: not finished after {} cycles\n", after);
    if (status == "fault") text = fmt::format("FAULT: stopped after {} cycles\n", after);
    for (const ThreadStatus& thread : outcome.status.threads) text += "  " + describe(thread) + "\n";
    for (const std::string& error : outcome.status.errors) text += "  " + error + "\n";
  }
  return text + "  repeat with: " + run.command + "\n";
}

Json shape_json(const Operation& o) {
  const ConvShape& s = o.shape;
  if (o.op == "matmul") return {{"m", s.width}, {"n", s.out_channels}, {"k", s.in_channels}};
  return {{"batch", s.batch},
          {"in_channels", s.in_channels},
          {"height", s.height},
          {"width", s.width},
          {"out_channels", s.out_channels},
          {"kernel_height", s.kernel_height},
          {"kernel_width", s.kernel_width},
          {"stride", s.stride},
          {"pad", s.pad}};
}

Json mismatch_json(const RunRecord& run, const Outcome& outcome) {
  if (!outcome.mismatch) return nullptr;
  const Mismatch& m = *outcome.mismatch;
  return {{"index", m.index},
          {"node", {{"y", outcome.node.y}, {"x", outcome.node.x}}},
          {"actual", {{"bits", pattern(run.output_type, m.actual)}, {"value", value(run.output_type, m.actual)}}},
          {"expected", {{"bits", pattern(run.output_type, m.expected)}, {"value", value(run.output_type, m.expected)}}},
          {"ulps", m.ulps},
          {"count", m.count}};
}

/// Cycles of threads that run or wait: those that issue, and the others by their reason.
std::vector<std::pair<std::string, std::uint64_t>> thread_cycles(const Activity& a) {
  std::vector<std::pair<std::string, std::uint64_t>> cycles{{"issue", a.retired}};
  for (std::size_t i = 0; i <= static_cast<std::size_t>(isa::Counter::Wait); ++i) {
    cycles.emplace_back(isa::kCounterNames[i], a.threads[i]);
  }
  return cycles;
}

/// The same as shares, those above one per mille.
std::string thread_shares(const Activity& a) {
  const auto cycles = thread_cycles(a);
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

/// Cycle counts mean something on the simulated RTL only.
Json launch_json(const RunRecord& run, const LaunchRecord& l) {
  const bool timed = l.activity.has_value();
  const std::uint64_t cycles = l.outcome.status.cycles, work = l.outcome.status.work_cycles;
  const auto number = [&](auto count) { return timed ? Json(count) : Json(nullptr); };
  Json threads = Json::array();
  for (const ThreadStatus& thread : l.outcome.status.threads) threads.push_back(describe(thread));
  const Activity a = l.activity.value_or(Activity{});
  Json reasons = Json::object();
  for (const auto& [reason, count] : thread_cycles(a)) reasons[reason] = count;
  const auto counter = [&](isa::Counter c) { return number(a.threads[static_cast<std::size_t>(c)]); };
  return {{"op", l.operation.op},
          {"shape", shape_json(l.operation)},
          {"status", status_of(l.outcome)},
          {"cycles", number(cycles)},
          {"macs", l.macs},
          {"work_cycles", number(work)},
          {"matrix_utilisation", number(matrix_utilisation(run, l.macs, work))},
          {"packets", number(a.packets)},
          {"bytes_moved", l.bytes_moved},
          {"transfers", l.transfers},
          {"instructions", number(a.retired)},
          {"matrix_steps", number(a.matrix_steps)},
          {"simd_instructions", counter(isa::Counter::Simd)},
          {"load_conflict_cycles", counter(isa::Counter::Conflict)},
          {"thread_cycles", number(reasons)},
          {"node_cycles_awake", number(a.node_cycles)},
          {"seconds", l.outcome.seconds},
          {"first_mismatch", mismatch_json(run, l.outcome)},
          {"threads", threads},
          {"errors", l.outcome.status.errors}};
}

/// Sums over launches.
struct Total {
  std::uint64_t cycles = 0, work = 0, macs = 0, packets = 0, bytes = 0;
  double seconds = 0;
  bool timed = true;
};

Total total(const std::vector<LaunchRecord>& launches) {
  Total t;
  for (const LaunchRecord& l : launches) {
    t.cycles += l.outcome.status.cycles;
    t.work += l.outcome.status.work_cycles;
    t.macs += l.macs;
    t.bytes += l.bytes_moved;
    t.seconds += l.outcome.seconds;
    t.timed = t.timed && l.activity.has_value();
    if (l.activity) t.packets += l.activity->packets;
  }
  return t;
}

}  // namespace

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
    text += fmt::format("{}, {} to {}, {} mesh of '{}' nodes, seed {}{}\n", describe(l.operation), run.format,
                        name(run.output_type), run.machine.mesh.text(), run.config.name, run.machine.seed,
                        l.activity ? "" : ", on the golden machine (no timing)");
    row("MACs", grouped(l.macs));
    if (l.activity) {
      row("cycles", grouped(cycles));
      row("work cycles", grouped(work));
      if (l.macs != 0) row("matrix utilisation", fmt::format("{:.1f} %", 100 * matrix_utilisation(run, l.macs, work)));
      row("instructions", grouped(l.activity->retired));
      text += fmt::format("  {:<20}{}\n", "thread cycles", thread_shares(*l.activity));
      row("packets", grouped(l.activity->packets));
    }
    row("bytes moved", grouped(l.bytes_moved));
    row("wall time", fmt::format("{:.2f} s", l.outcome.seconds));
    if (l.activity && l.outcome.seconds > 0) {
      row("simulated speed", fmt::format("{} cycles/s", grouped(static_cast<std::uint64_t>(static_cast<double>(cycles) /
                                                                                           l.outcome.seconds))));
    }
    if (status_of(l.outcome) == "pass") {
      text += fmt::format("PASS: all {} elements bit-exact\n", grouped(volume(l.operation.output_shape())));
    } else {
      text += failure(run, l);
    }
  }
  return text;
}

Json result_json(const RunRecord& run, const std::vector<LaunchRecord>& launches) {
  const Total t = total(launches);
  const auto number = [&](auto count) { return t.timed ? Json(count) : Json(nullptr); };
  Json records = Json::array();
  Json first_mismatch = nullptr;
  for (const LaunchRecord& l : launches) {
    records.push_back(launch_json(run, l));
    if (first_mismatch.is_null()) first_mismatch = mismatch_json(run, l.outcome);
  }
  const Config& c = run.config;
  const double speed = t.seconds > 0 ? static_cast<double>(t.cycles) / t.seconds : 0;
  return {{"schema", 1},
          {"status", status_of(launches)},
          {"command", run.command},
          {"workload", run.workload},
          {"backend", run.machine.backend},
          {"mesh", {{"rows", run.machine.mesh.rows}, {"cols", run.machine.mesh.cols}}},
          {"seed", run.machine.seed},
          {"format", run.format},
          {"out_format", name(run.output_type)},
          {"cycles", number(t.cycles)},
          {"macs", t.macs},
          {"matrix_utilisation", number(matrix_utilisation(run, t.macs, t.work))},
          {"packets", number(t.packets)},
          {"bytes_moved", t.bytes},
          {"seconds", t.seconds},
          {"cycles_per_second", number(speed)},
          {"launches", records},
          {"first_mismatch", first_mismatch},
          {"waveform", run.machine.trace.path.empty() ? Json(nullptr) : Json(run.machine.trace.path)},
          {"configuration",
           {{"name", c.name},
            {"threads", c.threads},
            {"simd_bytes", c.simd_bytes},
            {"matrix_rows", c.matrix_rows},
            {"matrix_cols", c.matrix_cols},
            {"matrix_depth", c.matrix_depth},
            {"accumulators", c.accumulators},
            {"sram_banks", c.sram_banks},
            {"sram_rows", c.sram_rows},
            {"icache_lines", c.icache_lines},
            {"semaphores", c.semaphores},
            {"noc_buffer_depth", c.noc_buffer_depth},
            {"die_rows", c.die_rows},
            {"die_cols", c.die_cols}}},
          {"tools", {{"compiler", __VERSION__}, {"verilator", VERILATOR_VERSION}}}};
}

}  // namespace tatami::cli
