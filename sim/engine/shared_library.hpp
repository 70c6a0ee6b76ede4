// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace tatami::engine {

/// A model that is missing or does not fit; `what()` is one sentence that names the make command.
class ModelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A shared library that holds a Verilated model, and the function in it that gives the model out. The function's name
/// stands for the interface, so a library made for another one has none of this name.
class SharedLibrary {
 public:
  /// Throws ModelError.
  SharedLibrary(const std::filesystem::path& path, const char* function);

  void* function() const { return function_; }
  /// Refuses the library because it was made for other parameters than those of the configuration. Throws ModelError.
  [[noreturn]] void refuse(const std::string& config) const;

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  std::filesystem::path path_;
  std::unique_ptr<void, Close> handle_;
  void* function_ = nullptr;
};

}  // namespace tatami::engine
