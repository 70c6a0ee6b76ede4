// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tatami::cli {
namespace {

using Json = nlohmann::ordered_json;

bool stays_on_line(const Json& json) {
  return json.empty() || !json.is_structured() ||
         (json.is_array() &&
          std::none_of(json.begin(), json.end(), [](const Json& item) { return item.is_structured(); }));
}

/// Names of files, and so command lines, need not be UTF-8, which JSON is.
std::string line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void append(std::string& text, const Json& json, std::size_t indent) {
  if (stays_on_line(json)) {
    text += line(json);
    return;
  }
  const std::string margin(indent + 2, ' ');
  text += json.is_array() ? "[" : "{";
  const char* separator = "\n";
  for (const auto& [key, value] : json.items()) {
    text += separator + margin;
    if (json.is_object()) text += line(key) + ": ";
    append(text, value, indent + 2);
    separator = ",\n";
  }
  text += "\n" + std::string(indent, ' ') + (json.is_array() ? "]" : "}");
}

}  // namespace

std::string json_text(const Json& json) {
  std::string text;
  append(text, json, 0);
  return text + "\n";
}

}  // namespace tatami::cli
