// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Moves between the lanes of registers. A register is its bytes, lane 0 first; all spans of a call have one size, a
/// power of two that holds an even number of lanes. `out` is not one of the operands.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tatami::golden {

using Bytes = std::span<const uint8_t>;

/// Lane `to` of `out` = lane `from` of `in`.
inline void move_lane(size_t lane_bytes, Bytes in, size_t from, std::span<uint8_t> out, size_t to) {
  std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(from * lane_bytes), lane_bytes,
              out.begin() + static_cast<std::ptrdiff_t>(to * lane_bytes));
}

/// The lower (or upper) halves of a and b in turn: a0 b0 a1 b1 ...
inline void zip_lanes(size_t lane_bytes, bool upper, Bytes a, Bytes b, std::span<uint8_t> out) {
  const size_t half = a.size() / lane_bytes / 2;
  for (size_t i = 0; i < half; ++i) {
    const size_t from = upper ? half + i : i;
    move_lane(lane_bytes, a, from, out, 2 * i);
    move_lane(lane_bytes, b, from, out, 2 * i + 1);
  }
}

/// The even (or odd) lanes of a, then those of b.
inline void unzip_lanes(size_t lane_bytes, bool odd, Bytes a, Bytes b, std::span<uint8_t> out) {
  const size_t half = a.size() / lane_bytes / 2;
  for (size_t i = 0; i < half; ++i) {
    move_lane(lane_bytes, a, 2 * i + (odd ? 1 : 0), out, i);
    move_lane(lane_bytes, b, 2 * i + (odd ? 1 : 0), out, half + i);
  }
}

/// Byte i of `out` = byte index[i], modulo the number of bytes, of `in`.
inline void shuffle_bytes(Bytes in, Bytes index, std::span<uint8_t> out) {
  for (size_t i = 0; i < in.size(); ++i) out[i] = in[index[i] % in.size()];
}

}  // namespace tatami::golden
