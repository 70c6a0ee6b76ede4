// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace tatami::cli {

/// JSON for people and machines: indented by two, but a list of plain values stays on one line. Ends in a new line.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace tatami::cli
