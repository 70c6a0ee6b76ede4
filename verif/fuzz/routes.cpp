// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Files of routing tables.
#include "sim/routing/table_file.hpp"
#include "verif/fuzz/input.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tatami;
  fuzz::taken([&] {
    const routing::TableFile file = routing::from_json(std::string(fuzz::text_of(data, size)), "input");
    const std::string written = routing::to_json(file);
    fuzz::require(routing::to_json(routing::from_json(written, "again")) == written, "what is written reads back");
  });
  return 0;
}
