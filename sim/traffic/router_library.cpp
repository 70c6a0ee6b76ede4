// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/traffic/router_library.hpp"

#define TATAMI_TEXT(name) #name
#define TATAMI_NAME(name) TATAMI_TEXT(name)

namespace tatami::traffic {

RouterLibrary::RouterLibrary(const Config& config, const std::filesystem::path& folder)
    : library_(folder / (config.name + "-router.so"), TATAMI_NAME(TATAMI_ROUTER_FACTORY)) {
  factory_ = reinterpret_cast<RouterFactoryFunction>(library_.function())();
  const RouterInfo made = factory_->info();
  if (made.buffer_depth != config.noc_buffer_depth || made.die_rows != config.die_rows ||
      made.die_cols != config.die_cols || made.groups != config.noc_groups) {
    library_.refuse(config.name);
  }
}

}  // namespace tatami::traffic
