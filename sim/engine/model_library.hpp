// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "sim/engine/node_model.hpp"
#include "sim/engine/shared_library.hpp"
#include "sim/runtime/config.hpp"

namespace tatami::engine {

/// A Verilated model of a node in a shared library. Must outlive the nodes that it makes.
class ModelLibrary {
 public:
  /// Opens <folder>/<config>-<flavour>.so. Throws ModelError when it is missing or was made for other parameters.
  ModelLibrary(const Config& config, const std::string& flavour, const std::filesystem::path& folder = "build/models");

  /// What it was opened for.
  const Config& config() const { return config_; }
  const NodeFactory& factory() const { return *factory_; }
  const ModelInfo& info() const { return factory_->info(); }

 private:
  Config config_;
  SharedLibrary library_;
  const NodeFactory* factory_ = nullptr;
};

}  // namespace tatami::engine
