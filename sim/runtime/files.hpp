// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace tatami {

/// The bytes of a file. Throws InputError when it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// A file that appears whole or not at all: the constructor creates a temporary file beside `path`, `commit` writes and
/// renames it, and the destructor removes what was not committed. Throws InputError when the place cannot be written,
/// so that making the object before a long run finds a bad path at once.
class OutputFile {
 public:
  explicit OutputFile(std::filesystem::path path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void commit(std::string_view bytes);

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
};

}  // namespace tatami
