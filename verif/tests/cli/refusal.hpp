// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/cli/runner.hpp"

namespace tatami::test {

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A command that failed: its exit code, and one line on standard error with the given part. Of bad input, code 2,
/// nothing stands on standard output.
inline void fails(const Result& result, int code, const std::string& part) {
  CAPTURE(result.out, result.err);
  CHECK(result.code == code);
  if (code == 2) CHECK(result.out.empty());
  CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  CHECK(contains(result.err, part));
}

/// Bad input: exit code 2, nothing on standard output, one line on standard error with the given part, no files left.
inline void refuses(const std::string& arguments, const std::string& part, const std::string& files = "") {
  const Workspace workspace;
  if (!files.empty()) workspace.write(files, "not what it should be");
  const Result result = workspace.tatami(arguments);
  CAPTURE(arguments);
  fails(result, 2, part);
  CHECK(workspace.files() == files);
}

}  // namespace tatami::test
