// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The parameters of a node that a program can see.
#pragma once

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace tatami::golden {

/// One configuration; the values are those of a file in sim/configs.
struct CoreConfig {
  unsigned threads = 4;
  unsigned simd_bytes = 64;
  unsigned matrix_rows = 8;
  unsigned matrix_cols = 8;
  std::uint64_t sram_bytes = 1310720;
  unsigned semaphores = 64;
  unsigned sram_banks = 32;

  unsigned quarter_bytes() const { return simd_bytes / 4; }
};

/// Reads a configuration file. Throws std::runtime_error, or nlohmann::json::exception when it is malformed.
inline CoreConfig load_core_config(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read the configuration " + path);
  const nlohmann::json json = nlohmann::json::parse(file);
  const auto field = [&json](const char* name) { return json.at(name).get<unsigned>(); };
  constexpr unsigned kLineBytes = 64;
  return {.threads = field("threads"),
          .simd_bytes = field("simd_bytes"),
          .matrix_rows = field("matrix_rows"),
          .matrix_cols = field("matrix_cols"),
          .sram_bytes = std::uint64_t{field("sram_banks")} * field("sram_rows") * kLineBytes,
          .semaphores = field("semaphores"),
          .sram_banks = field("sram_banks")};
}

}  // namespace tatami::golden
