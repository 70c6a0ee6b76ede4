// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tatami {

/// The bytes from one plane to the next when a plane has `bytes`: whole blocks of two lines, so that the columns of a
/// block lie in different SRAM columns, and such that neighbouring planes begin in different banks.
constexpr std::uint64_t plane_pitch(std::uint64_t bytes, unsigned banks) {
  constexpr std::uint64_t kLine = 64, kBlock = 2 * kLine;
  const std::uint64_t pitch = (bytes + kBlock - 1) / kBlock * kBlock;
  return pitch / kLine % banks == 0 ? pitch + kBlock : pitch;
}

}  // namespace tatami
