// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The main program of every test binary: Catch2 with `--seed N`.
#define CATCH_CONFIG_RUNNER
#include "verif/lib/catch.hpp"

#include <cstdio>
#include <cstdlib>

#include "verif/lib/case_log.hpp"

namespace {
std::uint64_t run_seed = 1;  // set once, before the first test case
using tatami::test::CaseLog;
CATCH_REGISTER_LISTENER(CaseLog)
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
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
