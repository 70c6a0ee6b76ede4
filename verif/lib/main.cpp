// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The main program of every test binary: Catch2 with `--seed N`.
#define CATCH_CONFIG_RUNNER
#include "verif/lib/catch.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "verif/lib/case_log.hpp"
#include "verif/lib/moment.hpp"

namespace {

using tatami::test::CaseLog;
using tatami::test::CatchListener;

std::uint64_t run_seed = 1;  // set once, before the first test case

/// Tells benches that record waveforms when a check fails.
class FailureListener : public CatchListener {
 public:
  explicit FailureListener(const Catch::ReporterConfig& config) : CatchListener(config) {}

  auto assertionEnded(const Catch::AssertionStats& stats)
      -> decltype(std::declval<CatchListener>().assertionEnded(stats)) override {
    const Catch::AssertionResult& result = stats.assertionResult;
    if (!result.isOk()) {
      const Catch::SourceLineInfo line = result.getSourceInfo();
      tatami::test::FailureMoment::instance().note(std::string(line.file) + ":" + std::to_string(line.line) +
                                                   " fails: " + std::string(result.getExpression()));
    }
    return decltype(CatchListener::assertionEnded(stats))();
  }
};

CATCH_REGISTER_LISTENER(CaseLog)
CATCH_REGISTER_LISTENER(FailureListener)

}  // namespace

std::uint64_t tatami::test::seed() { return run_seed; }

int main(int argc, char** argv) {
#ifdef CATCH_VERSION_MAJOR
#if CATCH_VERSION_MAJOR >= 3
  namespace cli = Catch::Clara;
#else
  namespace cli = Catch::clara;
#endif
#endif
  Catch::Session session;
  session.cli(session.cli() | cli::Opt(run_seed, "number")["--seed"]("seed of every random choice (default 1)"));
  if (const int error = session.applyCommandLine(argc, argv); error != 0) return 2;
  std::printf("seed %llu\n", static_cast<unsigned long long>(run_seed));
  const int failures = session.run();
  // Nodes are recorded by a second run: see verif/lib/device_wave.hpp.
  if (const auto& missed = tatami::test::FailureMoment::instance().missed(); missed && !std::getenv("TATAMI_RECORD")) {
    const std::string what = missed->name + "@" + std::to_string(missed->cycle);
    std::printf("Once more, to record %s.\n", what.c_str());
    std::fflush(nullptr);
    setenv("TATAMI_RECORD", what.c_str(), 1);
    execv("/proc/self/exe", argv);
  }
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
