// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "sim/engine/shared_library.hpp"
#include "sim/runtime/config.hpp"
#include "sim/traffic/router_model.hpp"

namespace tatami::traffic {

/// A Verilated router in a shared library. Must outlive the routers that it makes.
class RouterLibrary {
 public:
  /// Opens <folder>/<config>-router.so. Throws engine::ModelError when it is missing or was made for other parameters.
  explicit RouterLibrary(const Config& config, const std::filesystem::path& folder = "build/models");
  RouterFactory& factory() const { return *factory_; }

 private:
  engine::SharedLibrary library_;
  RouterFactory* factory_ = nullptr;
};

}  // namespace tatami::traffic
