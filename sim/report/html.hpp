// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tatami::report {

/// A result of `tatami run --json` (schema in docs/running.md).
struct ResultFile {
  std::string name;  ///< as shown
  std::string text;
};

/// One HTML page about a result, or about a second one against the first. It holds its style, its script and the
/// results, and fetches nothing. Throws InputError for a text that is no such result.
std::string to_html(const std::vector<ResultFile>& results);

}  // namespace tatami::report
