// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/progress.hpp"
#include "sim/runtime/files.hpp"
#include "sim/workloads/core_programs.hpp"
#include "sim/workloads/host_layout.hpp"
#include "sim/workloads/run.hpp"

namespace tatami::cli {
namespace {

struct CoreBenchOptions {
  std::string config = "full";
  std::string json;
  std::uint64_t seed = 1;
};

struct Measurement {
  std::string name;
  DataType output;
  Operation operation;
};

Operation matmul(std::size_t size, DataType type = DataType::Bf16, Transposed transposed = {}) {
  return {"matmul", matmul_shape(size, size, size), {}, {}, type, transposed};
}

Operation conv(std::size_t channels, std::size_t side, std::size_t outputs, std::size_t kernel, std::size_t stride,
               std::size_t pad) {
  ConvShape shape;
  shape.height = shape.width = side;
  shape.in_channels = channels;
  shape.out_channels = outputs;
  shape.kernel_height = shape.kernel_width = kernel;
  shape.stride = stride;
  shape.pad = pad;
  return {"conv", shape, {}, {}};
}

std::vector<Measurement> measurements() {
  std::vector<Measurement> list;
  for (const std::size_t size : {64, 128, 256}) {
    list.push_back({fmt::format("matmul_bf16_{}", size), DataType::Fp32, matmul(size)});
    list.push_back({fmt::format("matmul_bf16_{}_out_bf16", size), DataType::Bf16, matmul(size)});
  }
  for (const DataType type : {DataType::Cfp8_143, DataType::Cfp8_152}) {
    for (const std::size_t size : {64, 128, 256}) {
      list.push_back({fmt::format("matmul_{}_{}", name_of(type), size), DataType::Fp32, matmul(size, type)});
    }
  }
  for (const DataType type : {DataType::Bf16, DataType::Cfp8_143}) {
    const auto add = [&](const char* layout, Transposed transposed) {
      list.push_back(
          {fmt::format("matmul_{}_{}_256", name_of(type), layout), DataType::Fp32, matmul(256, type, transposed)});
    };
    add("nt", {.right = true});
    add("tn", {.left = true});
  }
  list.push_back({"conv_bf16_3x3_64_28", DataType::Bf16, conv(64, 28, 64, 3, 1, 1)});
  list.push_back({"conv_bf16_1x1_64_28", DataType::Bf16, conv(64, 28, 64, 1, 1, 0)});
  list.push_back({"conv_bf16_7x7_3_stride2_112", DataType::Bf16, conv(3, 112, 64, 7, 2, 3)});
  return list;
}

/// One operation on one node, its data in the node's SRAM, compared with the golden result.
nlohmann::json measure(const Measurement& m, const Config& config, std::uint64_t seed) {
  constexpr std::uint64_t kMaxCycles = 10'000'000;
  const std::unique_ptr<Machine> machine = make_machine(config, {.config = config.name, .mesh = {1, 1}, .seed = seed});
  Run run(config, {1, 1}, m.output, {m.operation});
  run.draw_operands(seed);
  run.upload_inputs(machine->device());
  Progress progress(m.name, run.launch(0).expected_cycles);
  const Outcome outcome =
      run.execute(0, machine->device(), kMaxCycles, [&](std::uint64_t cycles) { progress.update(cycles); });
  const auto cycles = static_cast<double>(outcome.status.cycles);
  const double most =
      static_cast<double>(outcome.status.work_cycles) * config.matrix_rows * config.matrix_cols * config.matrix_depth;
  return {{"cycles", outcome.status.cycles},
          {"work_cycles", outcome.status.work_cycles},
          {"matrix_utilisation", static_cast<double>(run.launch(0).macs) / most},
          {"instructions", machine->activity()->retired()},
          {"bit_exact", outcome.status.end == RunStatus::End::Idle && !outcome.mismatch},
          {"cycles_per_second", cycles / outcome.seconds}};
}

/// A program that keeps other parts of the core busy; `most` is what it could do per cycle.
nlohmann::json measure_program(const Config& config, std::uint64_t seed, const char* share, double useful, double most,
                               const std::function<CoreProgramResult(Device&)>& program) {
  const std::unique_ptr<Machine> machine = make_machine(config, {.config = config.name, .mesh = {1, 1}, .seed = seed});
  const CoreProgramResult result = program(machine->device());
  const auto cycles = static_cast<double>(result.status.work_cycles);
  const auto retired = static_cast<double>(machine->activity()->retired());
  return {{"cycles", result.status.cycles},
          {"work_cycles", result.status.work_cycles},
          {share, (useful > 0 ? useful : retired) / (most * cycles)},
          {"instructions", machine->activity()->retired()},
          {"bit_exact", result.exact}};
}

nlohmann::json measure_programs(const Config& config, std::uint64_t seed) {
  constexpr std::uint64_t kSide = 128;
  const double lanes = config.simd_bytes / 4.0;
  nlohmann::json results;
  results["matmul_fp32_simd_128"] =
      measure_program(config, seed, "simd_utilisation", double(kSide) * kSide * kSide, lanes,
                      [&](Device& device) { return run_simd_matmul(device, config, kSide, seed); });
  for (const unsigned threads : {1u, config.threads}) {
    const std::string name = threads == 1 ? "integer_one_thread" : "integer_all_threads";
    results[name] = measure_program(config, seed, "instructions_per_cycle", 0, 1,
                                    [&](Device& device) { return run_integer(device, threads, seed); });
  }
  return results;
}

int bench_core(const CoreBenchOptions& o) {
  const Config config = find_config(o.config);
  const bool json_only = o.json == "-";
  std::FILE* const out = json_only ? stderr : stdout;
  std::optional<OutputFile> file;
  if (!o.json.empty() && !json_only) file.emplace(o.json);
  nlohmann::json results = nlohmann::json::object();
  bool exact = true;
  fmt::print(out, "{:<28}{:>12}{:>14}{:>14}{:>11}{:>16}\n", "one node, own SRAM", "cycles", "utilisation",
             "instructions", "bit-exact", "cycles/second");
  for (const Measurement& m : measurements()) {
    const nlohmann::json r = results[m.name] = measure(m, config, o.seed);
    exact &= r["bit_exact"].get<bool>();
    fmt::print(out, "{:<28}{:>12}{:>13.1f}%{:>14}{:>11}{:>16.0f}\n", m.name, r["cycles"].get<std::uint64_t>(),
               100 * r["matrix_utilisation"].get<double>(), r["instructions"].get<std::uint64_t>(),
               r["bit_exact"].get<bool>() ? "yes" : "NO", r["cycles_per_second"].get<double>());
  }
  const nlohmann::json programs = measure_programs(config, o.seed);
  for (const auto& [name, r] : programs.items()) {
    results[name] = r;
    exact &= r["bit_exact"].get<bool>();
    const bool simd = r.contains("simd_utilisation");
    const double share = simd ? 100 * r["simd_utilisation"].get<double>() : r["instructions_per_cycle"].get<double>();
    fmt::print(out, "{:<28}{:>12}{:>14}{:>14}{:>11}\n", name, r["cycles"].get<std::uint64_t>(),
               simd ? fmt::format("{:.1f}%", share) : fmt::format("{:.2f} IPC", share),
               r["instructions"].get<std::uint64_t>(), r["bit_exact"].get<bool>() ? "yes" : "NO");
  }
  if (file) file->commit(results.dump(2) + "\n");
  if (json_only) fmt::print("{}\n", results.dump(2));
  return exact ? 0 : 1;
}

}  // namespace

void add_bench_core(CLI::App& benches, Action& action) {
  const auto options = std::make_shared<CoreBenchOptions>();
  CLI::App* sub = benches.add_subcommand("core", "How busy workloads keep the units of one node");
  sub->add_option("--config", options->config, "configuration of the node")->capture_default_str();
  sub->add_option("--seed", options->seed, "seed of random data")->check(CLI::NonNegativeNumber)->capture_default_str();
  sub->add_option("--json", options->json, "write the figures here; - is standard output");
  sub->callback([=, &action] { action = [=] { return bench_core(*options); }; });
}

}  // namespace tatami::cli
