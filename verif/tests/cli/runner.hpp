// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace tatami::test {

/// What a call of the runner gave.
struct Result {
  int code = -1;
  std::string out;
  std::string err;
};

/// A folder of its own for the files of one test, removed at the end.
class Workspace {
 public:
  Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace();

  /// Runs a command of the shell in the project's folder; %/ stands for this folder.
  Result shell(std::string command) const;
  /// Where the runner is.
  static std::string runner();
  /// Runs `tatami <arguments>` likewise.
  Result tatami(const std::string& arguments) const;
  std::filesystem::path path(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& bytes) const;
  /// Names of the files in the folder, sorted.
  std::string files() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace tatami::test
