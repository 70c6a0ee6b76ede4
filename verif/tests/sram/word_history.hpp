// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace tatami::test {

/// A byte array in which every byte remembers which writes a read may still see.
///
/// A read that is accepted at time A must see a write that was done by A, unless a later one replaced it; it may see
/// any write accepted before it answers. Of two writes the later is the one accepted when the other was done, or, on
/// one port, the one that came second.
class WordHistory {
 public:
  /// A write of one byte; `order` counts within its port.
  struct Write {
    std::uint64_t accepted;
    std::uint64_t done;  ///< kPending until done
    unsigned port;
    std::uint64_t order;
    std::uint8_t value;
  };
  static constexpr std::uint64_t kPending = ~std::uint64_t{0};

  /// Starts a write. `oldest_read` is the acceptance time of the oldest read that has not answered.
  void begin(std::uint64_t byte, const Write& write, std::uint64_t oldest_read) {
    auto& writes = bytes_[byte];
    if (writes.empty()) writes.push_back(kInitial);
    const auto all = writes;
    std::erase_if(writes, [&](const Write& w) { return replaced(all, w, oldest_read); });
    writes.push_back(write);
  }

  void finish(std::uint64_t byte, unsigned port, std::uint64_t order, std::uint64_t time) {
    for (Write& w : bytes_[byte]) {
      if (w.port == port && w.order == order) w.done = time;
    }
  }

  /// Whether a read accepted at `accepted` and answered at `answered` may return `value`.
  bool may_read(std::uint64_t byte, std::uint8_t value, std::uint64_t accepted, std::uint64_t answered) const {
    const auto found = bytes_.find(byte);
    if (found == bytes_.end()) return value == 0;
    const auto& writes = found->second;
    return std::ranges::any_of(writes, [&](const Write& w) {
      return w.value == value && w.accepted < answered && !replaced(writes, w, accepted);
    });
  }

 private:
  static constexpr Write kInitial{0, 0, ~0U, 0, 0};

  static bool replaced(const std::vector<Write>& writes, const Write& w, std::uint64_t time) {
    return std::ranges::any_of(writes, [&](const Write& v) {
      return v.done <= time && (v.port == w.port ? v.order > w.order : v.accepted >= w.done);
    });
  }

  std::unordered_map<std::uint64_t, std::vector<Write>> bytes_;
};

}  // namespace tatami::test
