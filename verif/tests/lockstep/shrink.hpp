// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Makes a failing program small.
#pragma once

#include <functional>
#include <vector>

namespace tatami::test {

/// A subset of `items` that still fails and none of whose items can be left out: takes away pieces, halving their
/// size, then single items until each is needed. `fails` is asked at most `most_trials` times.
inline std::vector<unsigned> shrink(std::vector<unsigned> items,
                                    const std::function<bool(const std::vector<unsigned>&)>& fails,
                                    unsigned most_trials) {
  std::size_t piece = items.size() / 2;
  for (bool smaller = false; piece > 0; piece = smaller && piece == 1 ? 1 : piece / 2) {
    smaller = false;
    for (std::size_t at = 0; at < items.size();) {
      if (most_trials-- == 0) return items;
      std::vector<unsigned> rest(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(at));
      if (at + piece < items.size())
        rest.insert(rest.end(), items.begin() + static_cast<std::ptrdiff_t>(at + piece), items.end());
      if (fails(rest)) {
        items = rest;
        smaller = true;
      } else {
        at += piece;
      }
    }
  }
  return items;
}

}  // namespace tatami::test
