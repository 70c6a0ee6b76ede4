// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/table_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/runtime/error.hpp"
#include "sim/runtime/json_depth.hpp"
#include "sim/runtime/whole_number.hpp"

namespace tatami::routing {
namespace {

using Json = nlohmann::ordered_json;

/// The key of each table of a node.
std::string key_of(unsigned in) { return in == Tables::kBegins ? "begins" : kDirectionNames[in]; }

/// A whole number; the library would turn any number into one.
unsigned whole(const Json& json) {
  constexpr std::uint64_t kMost = std::numeric_limits<unsigned>::max();
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > kMost) {
    throw std::invalid_argument(fmt::format("{} is not a whole number from 0 to {}", json.dump(), kMost));
  }
  return json.get<unsigned>();
}

Json place(NodeId id) { return Json::array({id.y, id.x}); }

NodeId place(const Json& json) { return {whole(json.at(0)), whole(json.at(1))}; }

unsigned node_of(const Grid& grid, const Json& json) {
  const NodeId id = place(json);
  if (id.y >= grid.rows() || id.x >= grid.cols()) {
    throw std::invalid_argument(fmt::format("node {} is not in the grid", text_of(id)));
  }
  return grid.number(id);
}

unsigned direction(const std::string& name) {
  const auto found = std::ranges::find(kDirectionNames, name, [](const char* n) { return std::string(n); });
  if (found == kDirectionNames.end()) throw std::invalid_argument(fmt::format("'{}' is no direction", name));
  return static_cast<unsigned>(found - kDirectionNames.begin());
}

constexpr std::array kInOrder{Tables::kBegins, 0u, 1u, 2u, 3u};
constexpr unsigned kMostGroups = 1024;  // a destination has ten bits for the number

unsigned group_number(unsigned number) {
  if (number >= kMostGroups) throw std::invalid_argument(fmt::format("{} is no number of a group", number));
  return number;
}

/// A group's number as the key of an object.
unsigned group_number(const std::string& text) {
  const auto number = whole_number<unsigned>(text);
  if (!number) throw std::invalid_argument(fmt::format("'{}' is no number of a group", text));
  return group_number(*number);
}

/// A node's ways of casts, by the number of the group.
Json casts_of(const GroupTables& tables, unsigned node) {
  Json casts = Json::object();
  for (unsigned g = 0; g < tables.numbers(); ++g) {
    Json ways = Json::array();
    bool any = false;
    for (const unsigned in : kInOrder) {
      any |= tables.at(node, in, g) != 0;
      ways.push_back(to_text(tables.at(node, in, g)));
    }
    if (any) casts[std::to_string(g)] = std::move(ways);
  }
  return casts;
}

Groups read_groups(const Json& json, const Grid& grid) {
  Groups groups;
  unsigned numbers = 0;
  for (const Json& entry : json.at("groups")) {
    Group group{group_number(whole(entry.at("number"))), {}};
    for (const Json& member : entry.at("members")) group.members.push_back(node_of(grid, member));
    numbers = std::max(numbers, group.number + 1);
    groups.groups.push_back(std::move(group));
  }
  groups.tables = GroupTables(grid.size(), numbers);
  for (const Json& entry : json.at("tables")) {
    const unsigned node = node_of(grid, entry.at("node"));
    for (const auto& [number, ways] : entry.at("casts").items()) {
      const unsigned g = group_number(number);
      if (g >= numbers) throw std::invalid_argument(fmt::format("no group has the number {}", g));
      for (std::size_t i = 0; i < kInOrder.size(); ++i) {
        groups.tables.set(node, kInOrder[i], g, ways_of(ways.at(i).get<std::string>()));
      }
    }
  }
  return groups;
}

TableFile read(const Json& json) {
  std::vector<NodeId> dead_nodes;
  std::vector<DeadLink> dead_links;
  for (const Json& node : json.at("dead_nodes")) dead_nodes.push_back(place(node));
  for (const Json& link : json.at("dead_links")) {
    dead_links.push_back({place(link), direction(link.at(2).get<std::string>())});
  }
  Grid grid(whole(json.at("rows")), whole(json.at("cols")), dead_nodes, dead_links);
  Tables tables(grid.size());
  for (const Json& entry : json.at("tables")) {
    const unsigned node = node_of(grid, entry.at("node"));
    for (unsigned in = 0; in < Tables::kIns; ++in) {
      from_line(tables, node, in, entry.at(key_of(in)).get<std::string>());
    }
  }
  Groups groups = read_groups(json, grid);
  return {std::move(grid), std::move(tables), std::move(groups)};
}

}  // namespace

std::string to_json(const TableFile& file) {
  const auto& [grid, tables, groups] = file;
  Json json{{"rows", grid.rows()},         {"cols", grid.cols()},      {"dead_nodes", Json::array()},
            {"dead_links", Json::array()}, {"cut_off", Json::array()}, {"groups", Json::array()},
            {"tables", Json::array()}};
  for (const unsigned n : grid.dead_nodes()) json["dead_nodes"].push_back(place(grid.id(n)));
  for (const DeadLink& link : grid.dead_links()) {
    json["dead_links"].push_back(Json::array({link.node.y, link.node.x, kDirectionNames[link.direction]}));
  }
  for (const unsigned n : grid.cut_off()) json["cut_off"].push_back(place(grid.id(n)));
  for (const Group& group : groups.groups) {
    Json members = Json::array();
    for (const unsigned n : group.members) members.push_back(place(grid.id(n)));
    json["groups"].push_back({{"number", group.number}, {"members", std::move(members)}});
  }
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (!grid.live(n)) continue;
    Json entry{{"node", place(grid.id(n))}};
    for (const unsigned in : kInOrder) entry[key_of(in)] = to_line(tables, n, in);
    entry["casts"] = casts_of(groups.tables, n);
    json["tables"].push_back(std::move(entry));
  }
  return json.dump(1) + "\n";
}

TableFile from_json(const std::string& text, const std::string& origin) {
  if (nested_too_deeply(text)) {
    throw InputError(fmt::format("{} is no file of routing tables: its JSON is nested too deeply", origin));
  }
  try {
    return read(Json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{} is no file of routing tables: {}", origin, error.what()));
  } catch (const std::logic_error& error) {  // an argument that is invalid or out of range
    throw InputError(fmt::format("{} is no file of routing tables: {}", origin, error.what()));
  }
}

}  // namespace tatami::routing
