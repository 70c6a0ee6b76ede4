// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/model_library.hpp"

#include <fmt/format.h>

#define TATAMI_TEXT(name) #name
#define TATAMI_NAME(name) TATAMI_TEXT(name)

namespace tatami::engine {

ModelLibrary::ModelLibrary(const Config& config, const std::string& flavour, const std::filesystem::path& folder)
    : config_(config), library_(folder / fmt::format("{}-{}.so", config.name, flavour), TATAMI_NAME(TATAMI_FACTORY)) {
  factory_ = reinterpret_cast<FactoryFunction>(library_.function())();
  const ModelInfo& made = info();
  if (made.config != config.name || made.threads != config.threads || made.sram_bytes != config.sram_bytes() ||
      made.noc_buffer_depth != config.noc_buffer_depth || made.die_rows != config.die_rows ||
      made.die_cols != config.die_cols || made.noc_groups != config.noc_groups) {
    library_.refuse(config.name);
  }
}

}  // namespace tatami::engine
