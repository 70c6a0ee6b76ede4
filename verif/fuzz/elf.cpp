// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Program files.
#include "sim/runtime/elf.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  constexpr std::uint64_t kMost = 1 << 13;
  fuzz::taken([&] {
    const ElfProgram program = parse_elf(fuzz::text_of(data, size), "input", kMost);
    fuzz::require(!program.segments.empty(), "a program has something to load");
    std::uint64_t bytes = 0;
    for (const auto& segment : program.segments) bytes += segment.bytes.size();
    fuzz::require(bytes <= kMost, "a program is as small as asked for");
  });
  return 0;
}
