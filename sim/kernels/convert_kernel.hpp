// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "formats.hpp"

namespace tatami {

/// A conversion of codes from one format to another; `key` is that of the random numbers.
struct Conversion {
  formats::Descriptor from;
  formats::Descriptor to;
  std::uint64_t key = 0;
};

/// Codes that the kernel converts per round: what registers of every width hold whole.
inline constexpr unsigned kConvertRound = 64;

/// A program of one thread on registers of 64 bytes: converts `rounds` times kConvertRound codes at `source`, packed,
/// to `target`. The counter of the random numbers starts at `counter` and is one higher after each 16 codes. Afterwards
/// the thread's status flags lie at `flags` as 64 bits, and it ends.
std::vector<std::uint32_t> convert_kernel(const Conversion& conversion, std::uint64_t source, std::uint64_t target,
                                          std::uint64_t flags, std::uint64_t rounds, std::uint64_t counter);

}  // namespace tatami
