// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <verilated_config.h>

#include <nlohmann/json.hpp>

#include "isa.hpp"
#include "sim/cli/report.hpp"
#include "sim/cli/report_parts.hpp"

namespace tatami::cli {
namespace {

using Json = nlohmann::ordered_json;

Json mismatch_json(const RunRecord& run, const Outcome& outcome) {
  if (!outcome.mismatch) return nullptr;
  const Mismatch& m = *outcome.mismatch;
  return {{"index", m.index},
          {"node", {{"y", outcome.node.y}, {"x", outcome.node.x}}},
          {"actual", {{"bits", pattern_of(run.output_type, m.actual)}, {"value", value_of(run.output_type, m.actual)}}},
          {"expected",
           {{"bits", pattern_of(run.output_type, m.expected)}, {"value", value_of(run.output_type, m.expected)}}},
          {"ulps", m.ulps},
          {"count", m.count}};
}

Json communication_json(const LaunchRecord& l) {
  if (!l.communication) return nullptr;
  const auto [nodes, least] = *l.communication;
  const auto cycles = static_cast<double>(l.outcome.status.cycles);
  const bool timed = l.activity && cycles > 0;
  return {{"nodes", nodes},
          {"least_cycles", least},
          {"share_of_bound", timed ? Json(static_cast<double>(least) / cycles) : Json(nullptr)},
          {"bytes_per_node_and_cycle", timed ? Json(bytes_per_node_and_cycle(l)) : Json(nullptr)}};
}

/// Cycle counts mean something on the simulated RTL only.
Json launch_json(const RunRecord& run, const LaunchRecord& l) {
  const bool timed = l.activity.has_value();
  const std::uint64_t cycles = l.outcome.status.cycles, work = l.outcome.status.work_cycles;
  const auto number = [&](auto count) { return timed ? Json(count) : Json(nullptr); };
  Json threads = Json::array();
  for (const ThreadStatus& thread : l.outcome.status.threads) threads.push_back(describe(thread));
  const engine::Counters a = l.activity.value_or(engine::Counters{});
  const engine::ThreadCounters all = a.threads();
  Json reasons = Json::object();
  for (const auto& [reason, count] : thread_cycles(all)) reasons[reason] = count;
  const auto counter = [&](isa::Counter c) { return number(all[c]); };
  Json shape = Json::object();
  for (const auto& [extent, value] : l.shape) shape[extent] = value;
  return {{"op", l.op},
          {"shape", shape},
          {"status", status_of(l.outcome)},
          {"cycles", number(cycles)},
          {"macs", l.macs},
          {"work_cycles", number(work)},
          {"matrix_utilisation", number(matrix_utilisation(run, l.macs, work))},
          {"packets", number(a.link_crossings())},
          {"bytes_moved", l.bytes_moved},
          {"transfers", l.transfers},
          {"communication", communication_json(l)},
          {"instructions", number(a.retired())},
          {"matrix_steps", number(a.matrix_steps())},
          {"simd_instructions", counter(isa::Counter::Simd)},
          {"load_conflict_cycles", counter(isa::Counter::Conflict)},
          {"thread_cycles", number(reasons)},
          {"node_cycles_awake", number(a.node_cycles())},
          {"nodes", timed ? nodes_json(run, a) : Json(nullptr)},
          {"seconds", l.outcome.seconds},
          {"first_mismatch", mismatch_json(run, l.outcome)},
          {"threads", threads},
          {"errors", l.outcome.status.errors},
          {"cause", l.cause.empty() ? Json(nullptr) : Json(l.cause)}};
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
    if (l.activity) t.packets += l.activity->link_crossings();
  }
  return t;
}

}  // namespace

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
          {"out_format", name_of(run.output_type)},
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
            {"die_cols", c.die_cols},
            {"noc_groups", c.noc_groups}}},
          {"tools", {{"compiler", __VERSION__}, {"verilator", VERILATOR_VERSION}}}};
}

}  // namespace tatami::cli
