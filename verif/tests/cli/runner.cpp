// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/tests/cli/runner.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "sim/runtime/files.hpp"

namespace tatami::test {

namespace fs = std::filesystem;

Workspace::Workspace() {
  std::string name = (fs::temp_directory_path() / "tatami_cli_XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
}

Workspace::~Workspace() { fs::remove_all(folder_); }

std::string Workspace::runner() {
  // The test lies in <build>/tests-<flavour>/<block>/, the runner in <build>/.
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path() / "tatami";
}

Result Workspace::tatami(const std::string& arguments) const { return shell(runner() + " " + arguments); }

Result Workspace::shell(std::string command) const {
  for (std::size_t at = command.find("%/"); at != std::string::npos; at = command.find("%/", at)) {
    command.replace(at, 2, folder_.string() + "/");
  }
  const fs::path out = folder_.string() + ".out", err = folder_.string() + ".err";
  const int status = std::system((command + " >" + out.string() + " 2>" + err.string()).c_str());
  Result result{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
  fs::remove(out);
  fs::remove(err);
  return result;
}

void Workspace::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
}

std::string Workspace::files() const {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) names.insert(entry.path().filename().string());
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

}  // namespace tatami::test
