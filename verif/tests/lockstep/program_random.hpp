// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A random program by its number, so that it can be named, made again and made smaller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verif/golden/core/core_config.hpp"
#include "verif/tests/lockstep/program.hpp"

namespace tatami::test {

/// A random program: from its seed, with so many items per thread, of which only `kept` ones (ascending) stand in it.
struct RandomProgram {
  std::uint64_t seed = 0;
  unsigned items = 0;
  unsigned stalls = 0;  ///< how the memory holds the core up, 0 to 2
  std::optional<std::vector<unsigned>> kept = {};

  Program make(const golden::CoreConfig& config) const;
  /// seed:items:stalls[:kept,kept,...], and back. Throws std::invalid_argument.
  std::string text() const;
  static RandomProgram parse(const std::string& text);
};

/// The code of every thread, without what gives all registers their values.
std::string listing(const Program& program);

}  // namespace tatami::test
