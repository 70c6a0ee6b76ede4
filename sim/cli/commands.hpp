// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The commands of the runner. Each `add_` function declares a command and its options, and puts into `action` what to
/// do when it is the one that was given; the action returns the exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace tatami::cli {

using Action = std::function<int()>;

/// tatami run matmul | conv | all. `command` is the whole command line, for the results.
void add_run(CLI::App& app, Action& action, const std::string& command);
/// tatami run allreduce | reduce-scatter | allgather | broadcast | alltoall
void add_collectives(CLI::App& runs, Action& action, const std::string& command);
/// tatami exec PROGRAM
void add_exec(CLI::App& app, Action& action, const std::string& command);
/// tatami bench engine|core|mesh
void add_bench(CLI::App& app, Action& action);
void add_bench_core(CLI::App& benches, Action& action);
void add_bench_mesh(CLI::App& benches, Action& action);
/// tatami num table|explain|convert
void add_num(CLI::App& app, Action& action);
void add_num_convert(CLI::App& num, Action& action);
/// tatami report
void add_report(CLI::App& app, Action& action);
/// tatami route
void add_route(CLI::App& app, Action& action);
/// tatami decode KIND VALUE...
void add_decode(CLI::App& app, Action& action);
/// tatami isa WORD...
void add_isa(CLI::App& app, Action& action);

}  // namespace tatami::cli
