// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "sim/engine/node_model.hpp"
#include "sim/engine/shared_library.hpp"
#include "sim/runtime/config.hpp"

namespace tatami::engine {

class MeshDevice;

/// A Verilated model of a node in a shared library. Must outlive the nodes that it makes.
class ModelLibrary {
 public:
  /// What watches a device for as long as it lives.
  using Watch = std::function<std::shared_ptr<void>(MeshDevice&)>;

  /// Opens <folder>/<config>-<flavour>.so. Throws ModelError when it is missing or was made for other parameters.
  ModelLibrary(const Config& config, const std::string& flavour, const std::filesystem::path& folder = "build/models");

  /// What it was opened for.
  const Config& config() const { return config_; }
  const NodeFactory& factory() const { return *factory_; }
  const ModelInfo& info() const { return factory_->info(); }
  /// Calls `watch` with each device that is made of this library from now on.
  void watch(Watch watch) { watch_ = std::move(watch); }
  /// The watch over a new device, or nothing.
  std::shared_ptr<void> watch_over(MeshDevice& device) const { return watch_ ? watch_(device) : nullptr; }

 private:
  Config config_;
  SharedLibrary library_;
  const NodeFactory* factory_ = nullptr;
  Watch watch_;
};

}  // namespace tatami::engine
