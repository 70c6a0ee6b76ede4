// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/traffic/router_library.hpp"

namespace tatami::test {

/// The Verilated router of a configuration.
inline traffic::RouterLibrary open_routers(const std::string& config) {
  return traffic::RouterLibrary(load_config("sim/configs/" + config + ".json"));
}

}  // namespace tatami::test
