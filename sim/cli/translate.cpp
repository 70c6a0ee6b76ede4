// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/translate.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>

namespace tatami::cli {

int translate_lines(const std::function<std::optional<std::string>(const std::string&)>& text_of) {
  for (std::string line; std::getline(std::cin, line);) {
    fmt::print("{}\n", text_of(line).value_or(line));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace tatami::cli
