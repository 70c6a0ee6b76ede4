// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "sim/runtime/error.hpp"

namespace tatami {

std::string read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw InputError(fmt::format("cannot read {}: it is a folder", path.string()));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw InputError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  return bytes;
}

OutputFile::OutputFile(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code error;
  if (std::filesystem::is_directory(path_, error)) {
    throw InputError(fmt::format("cannot write {}: it is a folder", path_.string()));
  }
  if (std::filesystem::exists(path_, error)) {
    path_ = std::filesystem::canonical(path_);             // a link keeps being one
    if (!std::filesystem::is_regular_file(path_)) return;  // a device or a pipe: nothing to rename onto
  }
  temporary_ = path_;
  temporary_ += fmt::format(".{}.tmp", ::getpid());
  std::ofstream out(temporary_, std::ios::binary | std::ios::trunc);
  if (!out) throw InputError(fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
}

OutputFile::~OutputFile() {
  std::error_code error;
  if (!temporary_.empty()) std::filesystem::remove(temporary_, error);
}

void OutputFile::commit(std::string_view bytes) {
  std::ofstream out(temporary_.empty() ? path_ : temporary_, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code error;
  if (out && !temporary_.empty()) std::filesystem::rename(temporary_, path_, error);
  if (!out || error) {
    const std::string why = error ? error.message() : std::strerror(errno);
    throw InputError(fmt::format("cannot write {}: {}", path_.string(), why));
  }
  temporary_.clear();
}

}  // namespace tatami
