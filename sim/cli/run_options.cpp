// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/run_options.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "sim/cli/json_text.hpp"
#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {

void RunOptions::add_to(CLI::App& app) {
  grid.add_to(app, "--mesh");
  app.add_option("--config", machine.config, "configuration of a node: a name, or a .json file")->capture_default_str();
  app.add_option("--backend", machine.backend, "rtl (the simulated machine) or golden (fast, without timing)")
      ->capture_default_str();
  app.add_option("--seed", machine.seed, "seed of random data and of the state before reset")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--json", json, "write the result here; - is standard output");
  app.add_option("--max-cycles", max_cycles, "stop after so many cycles")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--threads", machine.threads, "host threads; results are the same for any number")
      ->capture_default_str();
  app.add_flag("--no-sleep", no_sleep, "simulate sleeping nodes too (same results, slower)");
  app.add_flag("--lockstep", machine.lockstep, "compare every instruction with the golden simulator (slower)");
  trace.add_to(app);
  machine.timeline.add_to(app);
}

void RunOptions::prepare() {
  check_backend(machine.backend);
  check_threads(machine.threads);
  if (max_cycles == 0) throw InputError("--max-cycles must be at least 1");
  machine.grid = grid.parse_machine();
  machine.sleep = !no_sleep;
  machine.trace = trace.parse(machine.grid);
  machine.timeline.prepare(machine.grid);
}

JsonOutput::JsonOutput(const std::string& path) : to_standard_output_(path == "-") {
  if (!path.empty() && !to_standard_output_) file_.emplace(path);
}

int JsonOutput::finish(const RunRecord& run, const std::vector<LaunchRecord>& launches) {
  const std::string json = json_text(result_json(run, launches));
  if (file_) file_->commit(json);
  fmt::print(to_standard_output_ ? stderr : stdout, "{}", table(run, launches));
  if (to_standard_output_) fmt::print("{}", json);
  return exit_code(status_of(launches));
}

}  // namespace tatami::cli
