// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tatami {

/// A configuration that cannot be used; `what()` is one sentence that says what to change.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Parameters of a node, as in sim/configs/*.json.
struct Config {
  std::string name;
  std::string doc;
  unsigned threads = 0;
  unsigned simd_bytes = 0;
  unsigned matrix_rows = 0;
  unsigned matrix_cols = 0;
  unsigned matrix_depth = 0;
  unsigned accumulators = 0;
  unsigned sram_banks = 0;
  unsigned sram_rows = 0;
  unsigned icache_lines = 0;
  unsigned semaphores = 0;
  unsigned noc_buffer_depth = 0;
  unsigned die_rows = 0;  ///< nodes that the routing tables know
  unsigned die_cols = 0;
  unsigned noc_groups = 0;

  std::uint64_t sram_bytes() const { return std::uint64_t{sram_banks} * sram_rows * 64; }
  friend bool operator==(const Config&, const Config&) = default;
};

/// Reads a configuration from JSON and checks every type, range and combination. `origin` names the text in
/// messages. Throws ConfigError.
Config parse_config(std::string_view text, const std::string& origin);

/// Reads and checks a file, whose name without `.json` must be the configuration's name. Throws ConfigError.
Config load_config(const std::filesystem::path& path);

}  // namespace tatami
