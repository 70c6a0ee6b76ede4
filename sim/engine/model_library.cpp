// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/model_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#define TATAMI_TEXT(name) #name
#define TATAMI_NAME(name) TATAMI_TEXT(name)

namespace tatami::engine {
namespace {

/// The command that makes <project>/<build folder>/models/<file>, from the working directory.
std::string make_command(const std::filesystem::path& path) {
  const auto models = path.parent_path();
  const auto project = models.parent_path().parent_path();
  if (!path.is_absolute()) return fmt::format("make {}", path.string());
  return fmt::format("make -C {} {}", project.string(), path.lexically_relative(project).string());
}

}  // namespace

void ModelLibrary::Close::operator()(void* handle) const { dlclose(handle); }

ModelLibrary::ModelLibrary(const Config& config, const std::string& flavour, const std::filesystem::path& folder)
    : config_(config) {
  const std::filesystem::path path = folder / fmt::format("{}-{}.so", config.name, flavour);
  const std::string command = make_command(path);
  if (!std::filesystem::exists(path)) {
    throw ModelError(fmt::format("The model {} is missing; make it with `{}`.", path.string(), command));
  }
  handle_.reset(dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL));
  if (!handle_) {
    throw ModelError(
        fmt::format("The model {} cannot be opened ({}); make it again with `{}`.", path.string(), dlerror(), command));
  }
  const auto function = reinterpret_cast<FactoryFunction>(dlsym(handle_.get(), TATAMI_NAME(TATAMI_FACTORY)));
  if (function == nullptr) {
    throw ModelError(fmt::format("{} is no model of a node, or an old one; remove it and make it again with `{}`.",
                                 path.string(), command));
  }
  factory_ = function();
  const ModelInfo& made = info();
  if (made.config != config.name || made.threads != config.threads || made.sram_bytes != config.sram_bytes() ||
      made.noc_buffer_depth != config.noc_buffer_depth) {
    throw ModelError(fmt::format(
        "The model {} was made for other parameters than those of configuration '{}'; make it again with `{}`.",
        path.string(), config.name, command));
  }
}

}  // namespace tatami::engine
