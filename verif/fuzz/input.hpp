// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the fuzz targets share. Each is a file of its own with the function that libFuzzer calls with one input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sim/runtime/config.hpp"
#include "sim/runtime/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tatami::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the program, so that the input is kept, unless what must hold for every input holds.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// Calls a parser. It may refuse the input with one of the errors that it documents; any other exception ends the
/// program. Returns whether the input was taken.
template <class Parser>
bool taken(Parser parse) {
  try {
    parse();
    return true;
  } catch (const InputError&) {
  } catch (const ConfigError&) {
  }
  return false;
}

}  // namespace tatami::fuzz
