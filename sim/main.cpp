// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The runner. Exit codes: 0 pass; 1 mismatch, or a program that failed or trapped; 2 bad usage, bad input or a missing
// tool; 3 hang or cycle limit.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <new>
#include <string>
#include <string_view>

#include "sim/cli/commands.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/parse.hpp"
#include "sim/engine/model_library.hpp"
#include "sim/runtime/config.hpp"
#include "sim/runtime/error.hpp"
#include "verif/lockstep/replay.hpp"

namespace {

constexpr int kInternalError = 1, kDifference = 1, kBadInput = 2;

int bad_input(std::string sentence) {
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  fmt::print(stderr, "tatami: {}\n", sentence);
  return kBadInput;
}

/// A sentence when `word` is none of the subcommands of `app`; otherwise empty.
std::string unknown_word(const CLI::App& app, const std::string& what, const std::string& word) {
  std::string known;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == word) return {};
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  return fmt::format("unknown {} '{}'; known are {}", what, word, known);
}

/// What to say about a command line that does not parse.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::string sentence;
  if (argc > 1 && argv[1][0] != '-') sentence = unknown_word(app, "command", argv[1]);
  if (sentence.empty() && argc > 2 && std::string(argv[1]) == "run" && argv[2][0] != '-') {
    sentence = unknown_word(*app.get_subcommand("run"), "workload", argv[2]);
  }
  return sentence.empty() ? fmt::format("{} (see tatami --help)", error.what()) : sentence;
}

/// The command that records the node in the cycles around a difference; lockstep itself records nothing.
std::string waves_of(const tatami::lockstep::Difference& difference, std::string command) {
  tatami::cli::TraceOptions window;
  window.around(difference.cycle);
  constexpr std::string_view kFlag = " --lockstep";
  if (const auto at = command.find(kFlag); at != std::string::npos) command.erase(at, kFlag.size());
  return fmt::format("{} --trace build/runs/lockstep.fst --trace-nodes {} --trace-from {} --trace-to {}", command,
                     tatami::place_text({difference.node().y, difference.node().x}), window.from, window.to);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Tatami: a simulated Dojo-class training machine, checked bit by bit.", "tatami");
  app.require_subcommand(1);
  tatami::cli::Action action;
  const std::string command = tatami::cli::shell_command(argc, argv);
  tatami::cli::add_run(app, action, command);
  tatami::cli::add_exec(app, action, command);
  tatami::cli::add_bench(app, action);
  tatami::cli::add_num(app, action);
  tatami::cli::add_report(app, action);
  tatami::cli::add_route(app, action);
  tatami::cli::add_isa(app, action);
  tatami::cli::add_decode(app, action);
  try {
    app.parse(argc, argv);
    return action();
  } catch (const CLI::Success& success) {  // --help
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return bad_input(usage_error(app, error, argc, argv));
  } catch (const tatami::InputError& error) {
    return bad_input(error.what());
  } catch (const tatami::ConfigError& error) {
    return bad_input(error.what());
  } catch (const tatami::engine::ModelError& error) {
    return bad_input(error.what());
  } catch (const tatami::lockstep::Difference& difference) {
    fmt::print(stderr, "LOCKSTEP: {}  repeat with: {}\n  waves of it: {}\n", difference.what(), command,
               waves_of(difference, command));
    return kDifference;
  } catch (const std::bad_alloc&) {
    return bad_input("the host has not enough memory for this run");
  } catch (const std::exception& error) {
    fmt::print(stderr, "tatami: internal error: {}\n  repeat with: {}\n", error.what(), command);
    return kInternalError;
  }
}
