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
      shown_(::isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::update(std::uint64_t cycles) {
  if (!shown_) return;
  constexpr double kMost = 0.99;
  constexpr std::size_t kWidth = 30;
  const double share = std::min(kMost, static_cast<double>(cycles) / static_cast<double>(expected_));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double left = share > 0 ? seconds * (1 - share) / share : 0;
  const auto filled = static_cast<std::size_t>(share * kWidth);
  fmt::print(stderr, "\r\x1b[K{} [{:#<{}}{: <{}}] {:3.0f} %  {} cycles  {:.0f} s left", title_, "", filled, "",
             kWidth - filled, 100 * share, cycles, left);
  std::fflush(stderr);
}

}  // namespace tatami::cli
