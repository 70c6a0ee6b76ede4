// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace tatami::golden {

/// Calls `body` for every index below `count`, on all processors of the host. Calls must not depend on each other, and
/// must not throw.
inline void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& body) {
  const std::size_t threads = std::min<std::size_t>(count, std::max(1U, std::thread::hardware_concurrency()));
  const auto share = [&](std::size_t first) {
    for (std::size_t i = first; i < count; i += threads) body(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back(share, t);
  if (count > 0) share(0);
}

}  // namespace tatami::golden
