// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tatami::cli {

/// How far a run has come, with the cycles so far and the time left: on a terminal a line with a bar on standard error,
/// redrawn in place; else a line every half minute. `expected` cycles come from a model: it never claims to be ready
/// before the end.
class Progress {
 public:
  Progress(std::string title, std::uint64_t expected);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Removes the line.
  ~Progress();

  void update(std::uint64_t cycles);

 private:
  std::string title_;
  std::uint64_t expected_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_line_;
  bool terminal_;
};

}  // namespace tatami::cli
