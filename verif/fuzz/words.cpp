// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Instruction words: decoder and disassembler.
#include <algorithm>
#include <cstring>

#include "sim/asm/disassembler.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  constexpr std::size_t kMost = 64;  // bytes: a word does not depend on those before it
  for (std::size_t at = 0; at + 4 <= std::min(size, kMost); at += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, data + at, sizeof(word));
    const isa::Decoded decoded = isa::decode(word);
    const isa::Row& row = isa::row(decoded.op);
    if (decoded.legal) fuzz::require((word & row.mask) == row.match, "an instruction fits its row of the table");
    const std::string text = disassemble(word, at);
    fuzz::require(text.starts_with(".word") == !decoded.legal, "what has no encoding is shown as a word");
  }
  return 0;
}
