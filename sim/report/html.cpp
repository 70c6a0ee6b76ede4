// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/report/html.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/report/page.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/json_depth.hpp"

namespace tatami::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;
constexpr std::array kResultKeys = {"status",   "command",       "workload", "backend", "mesh",
                                    "launches", "configuration", "tools",    "seconds", "cycles"};
constexpr std::array kLaunchKeys = {"op", "shape", "cycles", "macs", "work_cycles", "errors", "threads"};

void check_keys(const Json& object, const auto& keys, const std::string& name) {
  for (const char* key : keys) {
    if (!object.contains(key))
      throw InputError(fmt::format("{} is no result of tatami run: it has no '{}'", name, key));
  }
}

Json parse(const ResultFile& file) {
  if (nested_too_deeply(file.text)) {
    throw InputError(fmt::format("{} is no result of tatami run: its JSON is nested too deeply", file.name));
  }
  Json result = Json::parse(file.text, nullptr, false);
  if (!result.is_object() || !result.contains("schema")) {
    throw InputError(fmt::format("{} is no result of tatami run: not a JSON object with a schema", file.name));
  }
  if (result["schema"] != kSchema) {
    throw InputError(
        fmt::format("{} has schema {}, and this program reads {}", file.name, result["schema"].dump(), kSchema));
  }
  check_keys(result, kResultKeys, file.name);
  if (!result["launches"].is_array() || result["launches"].empty()) {
    throw InputError(fmt::format("{} is no result of tatami run: it has no launches", file.name));
  }
  for (const Json& launch : result["launches"]) check_keys(launch, kLaunchKeys, file.name);
  result["file"] = file.name;
  return result;
}

/// Puts a text in a place of the template.
void put(std::string& page, std::string_view place, std::string_view text) {
  page.replace(page.find(place), place.size(), text);
}

/// JSON in a script element: nothing in it may end the element. A file may have a name that is no UTF-8.
std::string embedded(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = text.find("</"); at != std::string::npos; at = text.find("</", at)) text.replace(at, 2, "<\\/");
  for (std::size_t at = text.find("<!"); at != std::string::npos; at = text.find("<!", at))
    text.replace(at, 2, "\\u003c!");
  return text;
}

}  // namespace

std::string to_html(const std::vector<ResultFile>& results) {
  Json all = Json::array();
  for (const ResultFile& file : results) all.push_back(parse(file));
  std::string page(page_template());
  put(page, "{{style}}", page_style());
  put(page, "{{script}}", page_script());
  put(page, "{{results}}", embedded(all));
  return page;
}

}  // namespace tatami::report
