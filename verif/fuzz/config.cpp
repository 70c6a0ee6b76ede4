// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Configurations of a node.
#include "sim/runtime/config.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  fuzz::taken([&] {
    const Config config = parse_config(fuzz::text_of(data, size), "input");
    fuzz::require(config.sram_bytes() > 0 && config.sram_bytes() <= 1 << 21, "a node's SRAM has up to 2 MiB");
    fuzz::require(config.threads >= 1 && config.threads <= 4, "a node has one to four threads");
  });
  return 0;
}
