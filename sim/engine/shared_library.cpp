// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/shared_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

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

void SharedLibrary::Close::operator()(void* handle) const { dlclose(handle); }

SharedLibrary::SharedLibrary(const std::filesystem::path& path, const char* function) : path_(path) {
  const std::string command = make_command(path);
  if (!std::filesystem::exists(path)) {
    throw ModelError(fmt::format("The model {} is missing; make it with `{}`.", path.string(), command));
  }
  handle_.reset(dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL));
  if (!handle_) {
    throw ModelError(
        fmt::format("The model {} cannot be opened ({}); make it again with `{}`.", path.string(), dlerror(), command));
  }
  function_ = dlsym(handle_.get(), function);
  if (function_ == nullptr) {
    throw ModelError(fmt::format("{} is not such a model, or an old one; remove it and make it again with `{}`.",
                                 path.string(), command));
  }
}

void SharedLibrary::refuse(const std::string& config) const {
  throw ModelError(fmt::format(
      "The model {} was made for other parameters than those of configuration '{}'; make it again with `{}`.",
      path_.string(), config, make_command(path_)));
}

}  // namespace tatami::engine
