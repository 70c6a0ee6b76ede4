// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tatami::cli {

/// One line on standard error with a bar, the cycles so far and the time left, redrawn in place; nothing when standard
/// error is not a terminal. `expected` is a guess: the bar never claims to be full before the end.
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
  bool shown_;
};

}  // namespace tatami::cli
