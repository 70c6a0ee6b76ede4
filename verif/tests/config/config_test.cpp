// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/config.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "verif/lib/catch.hpp"

namespace tatami::test {
namespace {

using nlohmann::json;

json good() { return json::parse(std::ifstream("sim/configs/small.json")); }

/// The sentence with which a configuration is refused; empty when it is accepted.
std::string refusal(const std::string& text) {
  try {
    parse_config(text, "my.json");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

std::string refusal_with(const std::string& key, const json& value) {
  json config = good();
  config[key] = value;
  return refusal(config.dump());
}

/// The sentence with which a file is refused.
std::string error_of(const std::filesystem::path& path) {
  try {
    load_config(path);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("the configurations of the repository are good", "[config]") {
  const Config small = load_config("sim/configs/small.json");
  CHECK(small.name == "small");
  CHECK(small.threads == 2);
  CHECK(small.sram_bytes() == 65536);
  const Config full = load_config("sim/configs/full.json");
  CHECK(full.threads == 4);
  CHECK(full.simd_bytes == 64);
  CHECK(full.matrix_rows == 8);
  CHECK(full.matrix_cols == 8);
  CHECK(full.matrix_depth == 4);
  CHECK(full.accumulators == 8);
  CHECK(full.sram_bytes() == 1310720);
  CHECK(full.icache_lines == 128);
  CHECK(full.semaphores == 64);
  CHECK(full.noc_buffer_depth == 6);
}

TEST_CASE("text that is no JSON object is refused", "[config]") {
  CHECK(has(refusal("{\"name\": \"x\","), "my.json: this is not valid JSON"));
  CHECK(has(refusal(""), "not valid JSON"));
  const std::string opening(40, '['), closing(40, ']');
  CHECK(has(refusal("{\"name\": " + opening + closing + "}"), "my.json: its JSON is nested too deeply"));
  CHECK(has(refusal("{\"name\": \"\\\"" + opening + "\"}"), "'doc' is missing"));  // a text has no levels
  CHECK(has(refusal("{\"threads\": 1e999}"), "not valid JSON: a number is too large"));
  CHECK(has(refusal("[1, 2]"), "must be a JSON object"));
  CHECK(has(refusal("7"), "must be a JSON object"));
}

TEST_CASE("unknown, missing and repeated keys are refused by name", "[config]") {
  const std::string unknown = refusal_with("thread", 2);
  CHECK(has(unknown, "'thread' is not a parameter"));
  CHECK(has(unknown, "threads"));
  const json whole = good();
  for (const auto& [key, value] : whole.items()) {
    json config = good();
    config.erase(key);
    CHECK(has(refusal(config.dump()), "'" + key + "' is missing"));
  }
  std::string twice = good().dump();
  twice.insert(1, "\"threads\": 4, ");
  CHECK(has(refusal(twice), "'threads' is given twice"));
}

TEST_CASE("values of a wrong type are refused", "[config]") {
  for (const json& value : {json("2"), json(2.5), json(true), json(nullptr), json::array({2}), json::object()}) {
    CHECK(has(refusal_with("threads", value), "'threads' is " + value.dump() + ", but must be a whole number"));
  }
  CHECK(has(refusal_with("name", 3), "'name' is 3, but must be a text"));
  CHECK(has(refusal_with("name", "My Config"), "lower-case word"));
  CHECK(has(refusal_with("doc", json::array()), "'doc' is [], but must be a text"));
}

TEST_CASE("values out of range are refused with the range", "[config]") {
  CHECK(refusal_with("threads", 0) == "my.json: 'threads' is 0, but must be a whole number between 1 and 4.");
  CHECK(refusal_with("threads", 5) == "my.json: 'threads' is 5, but must be a whole number between 1 and 4.");
  CHECK(has(refusal_with("sram_rows", -1), "'sram_rows' is -1"));
  CHECK(has(refusal_with("sram_rows", 18446744073709551615u), "'sram_rows' is 18446744073709551615"));
  CHECK(has(refusal_with("matrix_depth", 8), "'matrix_depth' is 8, but must be 4"));
  CHECK(has(refusal_with("semaphores", 65), "between 1 and 64"));
  CHECK(has(refusal_with("noc_buffer_depth", 3), "between 4 and 16"));
  CHECK(has(refusal_with("sram_banks", 12), "'sram_banks' is 12, but must be a power of two"));
  CHECK(has(refusal_with("icache_lines", 48), "power of two"));
  CHECK(refusal_with("threads", 3).empty());
}

TEST_CASE("combinations that do not fit together are refused with what to change", "[config]") {
  CHECK(has(refusal_with("simd_bytes", 64), "set matrix_rows to 8"));
  CHECK(has(refusal_with("matrix_cols", 8), "set matrix_cols to 4"));
  const std::string large = refusal_with("sram_rows", 8192);
  CHECK(has(large, "4194304 bytes"));
  CHECK(has(large, "set sram_rows to at most 4096"));
  CHECK(refusal_with("sram_rows", 4096).empty());
}

TEST_CASE("a file must be there and carry its own name", "[config]") {
  const auto folder = std::filesystem::temp_directory_path() / ("tatami_config_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  CHECK(has(error_of((folder / "no_such.json")), "cannot read this configuration file"));
  CHECK(has(error_of((folder)), "cannot read"));
  const auto path = folder / "tatami_other.json";
  std::ofstream(path) << good().dump();
  CHECK(has(error_of((path)), "'small', but the file's name says 'tatami_other'"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tatami::test
