// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace tatami::cli {

Progress::Progress(std::string title, std::uint64_t expected)
    : title_(std::move(title)),
      expected_(std::max<std::uint64_t>(expected, 1)),
      start_(std::chrono::steady_clock::now()),
      last_line_(start_),
      terminal_(::isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (terminal_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::update(std::uint64_t cycles) {
  constexpr double kMost = 0.99;
  constexpr std::size_t kWidth = 30;
  constexpr auto kLinePeriod = std::chrono::seconds(30);
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ && now - last_line_ < kLinePeriod) return;
  last_line_ = now;
  const double share = std::min(kMost, static_cast<double>(cycles) / static_cast<double>(expected_));
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double left = share > 0 ? seconds * (1 - share) / share : 0;
  const std::string text = fmt::format("{:3.0f} %  {} cycles  {:.0f} s left", 100 * share, cycles, left);
  if (terminal_) {
    const auto filled = static_cast<std::size_t>(share * kWidth);
    fmt::print(stderr, "\r\x1b[K{} [{:#<{}}{: <{}}] {}", title_, "", filled, "", kWidth - filled, text);
  } else {
    fmt::print(stderr, "{} {}\n", title_, text);
  }
  std::fflush(stderr);
}

}  // namespace tatami::cli
