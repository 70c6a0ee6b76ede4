// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/runtime/files.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {

using Json = nlohmann::ordered_json;

inline const std::string kRun = "run matmul --config small --m 32 --n 48 --k 32 ";

/// The result of a run that passes, left in the workspace under a name.
inline Json result_of(const Workspace& workspace, const std::string& arguments, const std::string& name) {
  const Result result = workspace.tatami(arguments + " --json %/" + name);
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  return Json::parse(read_file(workspace.path(name)));
}

/// The elements of a matrix of the JSON, row by row, without those of dead nodes.
inline std::vector<std::uint64_t> elements(const Json& matrix) {
  std::vector<std::uint64_t> values;
  for (const Json& row : matrix) {
    for (const Json& value : row) {
      if (!value.is_null()) values.push_back(value.get<std::uint64_t>());
    }
  }
  return values;
}

inline std::uint64_t total(const Json& matrix) {
  std::uint64_t sum = 0;
  for (const std::uint64_t value : elements(matrix)) sum += value;
  return sum;
}

/// Calls `f` with every matrix below `json`.
inline void for_matrices(const Json& json, const std::function<void(const Json&)>& f) {
  if (json.is_array() && !json.empty() && json[0].is_array()) return f(json);
  if (json.is_structured()) {
    for (const Json& part : json) for_matrices(part, f);
  }
}

}  // namespace tatami::test
