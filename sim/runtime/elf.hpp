// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tatami {

/// What a loader needs of a program file.
struct ElfProgram {
  struct Segment {
    std::uint64_t address = 0;
    std::vector<std::uint8_t> bytes;  ///< zero-filled to its size in memory
  };
  std::uint64_t entry = 0;
  std::vector<Segment> segments;
  std::map<std::string, std::uint64_t> symbols;
};

/// Parses a 64-bit little-endian RISC-V executable. `origin` names it in messages. Throws InputError for anything else,
/// compressed instructions and segments of together more than `most_bytes` included.
ElfProgram parse_elf(std::string_view bytes, const std::string& origin, std::uint64_t most_bytes);

}  // namespace tatami
