// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/cli/commands.hpp"
#include "sim/cli/machine.hpp"
#include "sim/engine/bench.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {
namespace {

struct BenchCommandOptions {
  std::string config = "full";
  std::string json;
  engine::BenchOptions bench;
};

/// One line per figure; groups are indented.
std::string table(const nlohmann::json& result, const std::string& indent = "") {
  std::string text;
  for (const auto& [key, value] : result.items()) {
    if (value.is_object()) {
      text += fmt::format("{}{}\n{}", indent, key, table(value, indent + "  "));
    } else {
      const std::string shown = value.is_number_float() ? fmt::format("{:.4g}", value.get<double>())
                                : value.is_string()     ? value.get<std::string>()
                                                        : value.dump();
      text += fmt::format("{}{:<{}}{:>16}\n", indent, key, 40 - indent.size(), shown);
    }
  }
  return text;
}

int bench(const BenchCommandOptions& o) {
  if (!(o.bench.seconds > 0)) throw InputError("--seconds must be above 0");
  const Config config = find_config(o.config);
  const bool json_only = o.json == "-";
  std::optional<OutputFile> file;
  if (!o.json.empty() && !json_only) file.emplace(o.json);
  const engine::ModelLibrary library = open_library(config, "fast");
  const nlohmann::json result = engine::bench_engine(library, o.bench);
  if (file) file->commit(result.dump(2) + "\n");
  fmt::print(json_only ? stderr : stdout, "{}", table(result));
  if (json_only) fmt::print("{}\n", result.dump(2));
  return 0;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  CLI::App* benches = app.add_subcommand("bench", "Measure");
  benches->require_subcommand(1);
  const auto options = std::make_shared<BenchCommandOptions>();
  CLI::App* sub = benches->add_subcommand("engine", "Simulation speed with all nodes busy, and with one of many busy");
  sub->add_option("--config", options->config, "configuration of a node")->capture_default_str();
  sub->add_option("--seconds", options->bench.seconds, "least wall time of each measurement")->capture_default_str();
  sub->add_option("--threads", options->bench.threads, "most host threads for the die")->capture_default_str();
  sub->add_option("--json", options->json, "write the figures here; - is standard output");
  sub->callback([=, &action] { action = [=] { return bench(*options); }; });
  add_bench_core(*benches, action);
  add_bench_mesh(*benches, action);
}

}  // namespace tatami::cli
