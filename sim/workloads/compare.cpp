// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/compare.hpp"

#include <cstdlib>
#include <stdexcept>

namespace tatami {

std::uint64_t ulp_distance(DataType type, std::uint32_t a, std::uint32_t b) {
  const std::uint32_t sign = type == DataType::Bf16 ? 0x8000 : 0x80000000;
  const auto rank = [sign](std::uint32_t bits) {
    const auto magnitude = static_cast<std::int64_t>(bits & (sign - 1));
    return (bits & sign) != 0 ? -magnitude : magnitude;
  };
  return static_cast<std::uint64_t>(std::abs(rank(a) - rank(b)));
}

std::optional<Mismatch> compare(const HostTensor& actual, const HostTensor& expected) {
  if (actual.shape != expected.shape || actual.type != expected.type) {
    throw std::invalid_argument("compare: another shape or type");
  }
  std::optional<Mismatch> first;
  for (std::size_t i = 0; i < actual.bits.size(); ++i) {
    if (actual.bits[i] == expected.bits[i]) continue;
    if (!first) {
      first = Mismatch{unravel(actual.shape, i), actual.bits[i], expected.bits[i],
                       ulp_distance(actual.type, actual.bits[i], expected.bits[i]), 0};
    }
    ++first->count;
  }
  return first;
}

}  // namespace tatami
