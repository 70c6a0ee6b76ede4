// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/runtime/config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "sim/runtime/json_depth.hpp"

namespace tatami {
namespace {

using nlohmann::json;

/// One whole-number parameter and its limits.
struct Parameter {
  const char* key;
  unsigned Config::*member;
  std::int64_t low;
  std::int64_t high;
  bool power_of_two;
};

// The limits of scripts/gen/config.py, which makes the RTL's parameters of the same files.
constexpr std::array kParameters = {
    Parameter{"threads", &Config::threads, 1, 4, false},
    Parameter{"simd_bytes", &Config::simd_bytes, 16, 64, true},
    Parameter{"matrix_rows", &Config::matrix_rows, 2, 8, true},
    Parameter{"matrix_cols", &Config::matrix_cols, 2, 8, true},
    Parameter{"matrix_depth", &Config::matrix_depth, 4, 4, true},
    Parameter{"accumulators", &Config::accumulators, 1, 8, false},
    Parameter{"sram_banks", &Config::sram_banks, 1, 32, true},
    Parameter{"sram_rows", &Config::sram_rows, 1, 32768, false},
    Parameter{"icache_lines", &Config::icache_lines, 2, 1024, true},
    Parameter{"semaphores", &Config::semaphores, 1, 64, true},
    Parameter{"noc_buffer_depth", &Config::noc_buffer_depth, 4, 16, false},
    Parameter{"die_rows", &Config::die_rows, 1, 32, false},
    Parameter{"die_cols", &Config::die_cols, 1, 32, false},
    Parameter{"noc_groups", &Config::noc_groups, 1, 1024, false},
};
constexpr std::uint64_t kSramLimit = 1u << 21;
constexpr unsigned kBf16Bytes = 2;

/// Collects the object's keys, so that a repeated one is refused instead of silently replaced.
json parse_strict(std::string_view text, const std::string& origin) {
  if (nested_too_deeply(text)) throw ConfigError(fmt::format("{}: its JSON is nested too deeply.", origin));
  std::vector<std::set<std::string>> open;
  const auto check = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) open.emplace_back();
    if (event == json::parse_event_t::object_end) open.pop_back();
    if (event == json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second) {
      throw ConfigError(fmt::format("{}: '{}' is given twice; keep one of them.", origin, value.get<std::string>()));
    }
    return true;
  };
  try {
    return json::parse(text, check);
  } catch (const json::parse_error& error) {
    throw ConfigError(
        fmt::format("{}: this is not valid JSON: the error is at byte {} of the file.", origin, error.byte));
  } catch (const json::out_of_range&) {
    throw ConfigError(fmt::format("{}: this is not valid JSON: a number is too large.", origin));
  }
}

std::string read_text(const json& object, const char* key, const std::string& origin) {
  if (!object.contains(key)) throw ConfigError(fmt::format("{}: '{}' is missing; it must be a text.", origin, key));
  const json& value = object.at(key);
  if (!value.is_string())
    throw ConfigError(fmt::format("{}: '{}' is {}, but must be a text.", origin, key, value.dump()));
  return value.get<std::string>();
}

unsigned read_number(const json& object, const Parameter& p, const std::string& origin) {
  const std::string range =
      p.low == p.high ? fmt::format("{}", p.low) : fmt::format("a whole number between {} and {}", p.low, p.high);
  if (!object.contains(p.key))
    throw ConfigError(fmt::format("{}: '{}' is missing; it must be {}.", origin, p.key, range));
  const json& value = object.at(p.key);
  const bool huge = value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(p.high);
  if (!value.is_number_integer() || huge || value.get<std::int64_t>() < p.low || value.get<std::int64_t>() > p.high) {
    throw ConfigError(fmt::format("{}: '{}' is {}, but must be {}.", origin, p.key, value.dump(), range));
  }
  const auto number = value.get<unsigned>();
  if (p.power_of_two && !std::has_single_bit(number)) {
    throw ConfigError(fmt::format("{}: '{}' is {}, but must be a power of two.", origin, p.key, number));
  }
  return number;
}

void check_keys(const json& object, const std::string& origin) {
  std::vector<std::string> known = {"name", "doc"};
  for (const Parameter& p : kParameters) known.emplace_back(p.key);
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      throw ConfigError(fmt::format("{}: '{}' is not a parameter; known are {}.", origin, key, fmt::join(known, ", ")));
    }
  }
}

void check_tile(const Config& config, const char* key, unsigned side, const std::string& origin) {
  const unsigned bytes = side * config.matrix_depth * kBf16Bytes;
  if (bytes != config.simd_bytes) {
    throw ConfigError(
        fmt::format("{}: a BF16 tile of {} {} x matrix_depth {} has {} bytes, but must fill a register of simd_bytes "
                    "{}; set {} to {}.",
                    origin, key, side, config.matrix_depth, bytes, config.simd_bytes, key,
                    config.simd_bytes / (config.matrix_depth * kBf16Bytes)));
  }
}

void check_name(const std::string& name, const std::string& origin) {
  const auto lower = [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; };
  if (name.empty() || !std::islower(static_cast<unsigned char>(name[0])) ||
      !std::all_of(name.begin(), name.end(), lower)) {
    throw ConfigError(fmt::format("{}: 'name' is '{}', but must be a lower-case word.", origin, name));
  }
}

}  // namespace

Config parse_config(std::string_view text, const std::string& origin) {
  const json object = parse_strict(text, origin);
  if (!object.is_object()) throw ConfigError(fmt::format("{}: a configuration must be a JSON object.", origin));
  check_keys(object, origin);
  Config config;
  config.name = read_text(object, "name", origin);
  config.doc = read_text(object, "doc", origin);
  check_name(config.name, origin);
  for (const Parameter& p : kParameters) config.*p.member = read_number(object, p, origin);
  check_tile(config, "matrix_rows", config.matrix_rows, origin);
  check_tile(config, "matrix_cols", config.matrix_cols, origin);
  if (config.sram_bytes() > kSramLimit) {
    throw ConfigError(
        fmt::format("{}: sram_banks {} x sram_rows {} x 64 B is {} bytes, but a node holds at most {}; set sram_rows "
                    "to at most {}.",
                    origin, config.sram_banks, config.sram_rows, config.sram_bytes(), kSramLimit,
                    kSramLimit / 64 / config.sram_banks));
  }
  return config;
}

Config load_config(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!std::filesystem::is_regular_file(path) || !file) {
    throw ConfigError(fmt::format("{}: cannot read this configuration file.", path.string()));
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Config config = parse_config(text, path.string());
  if (config.name != path.stem().string()) {
    throw ConfigError(fmt::format("{}: 'name' is '{}', but the file's name says '{}'; they must agree.", path.string(),
                                  config.name, path.stem().string()));
  }
  return config;
}

}  // namespace tatami
