// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/table_file.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/runtime/error.hpp"

namespace tatami::routing {
namespace {

using Json = nlohmann::ordered_json;

/// The key of each table of a node.
std::string key_of(unsigned in) { return in == Tables::kBegins ? "begins" : kDirectionNames[in]; }

Json place(NodeId id) { return Json::array({id.y, id.x}); }

NodeId place(const Json& json) { return {json.at(0).get<unsigned>(), json.at(1).get<unsigned>()}; }

unsigned direction(const std::string& name) {
  const auto found = std::ranges::find(kDirectionNames, name, [](const char* n) { return std::string(n); });
  if (found == kDirectionNames.end()) throw std::invalid_argument(fmt::format("'{}' is no direction", name));
  return static_cast<unsigned>(found - kDirectionNames.begin());
}

std::pair<Grid, Tables> read(const Json& json) {
  std::vector<NodeId> dead_nodes;
  std::vector<DeadLink> dead_links;
  for (const Json& node : json.at("dead_nodes")) dead_nodes.push_back(place(node));
  for (const Json& link : json.at("dead_links")) {
    dead_links.push_back({place(link), direction(link.at(2).get<std::string>())});
  }
  Grid grid(json.at("rows").get<unsigned>(), json.at("cols").get<unsigned>(), dead_nodes, dead_links);
  Tables tables(grid.size());
  for (const Json& entry : json.at("tables")) {
    const NodeId id = place(entry.at("node"));
    if (id.y >= grid.rows() || id.x >= grid.cols()) {
      throw std::invalid_argument(fmt::format("node {} is not in the grid", text_of(id)));
    }
    for (unsigned in = 0; in < Tables::kIns; ++in) {
      from_line(tables, grid.number(id), in, entry.at(key_of(in)).get<std::string>());
    }
  }
  return {std::move(grid), std::move(tables)};
}

}  // namespace

std::string to_json(const Grid& grid, const Tables& tables) {
  Json json{{"rows", grid.rows()},         {"cols", grid.cols()},      {"dead_nodes", Json::array()},
            {"dead_links", Json::array()}, {"cut_off", Json::array()}, {"tables", Json::array()}};
  for (const unsigned n : grid.dead_nodes()) json["dead_nodes"].push_back(place(grid.id(n)));
  for (const DeadLink& link : grid.dead_links()) {
    json["dead_links"].push_back(Json::array({link.node.y, link.node.x, kDirectionNames[link.direction]}));
  }
  for (const unsigned n : grid.cut_off()) json["cut_off"].push_back(place(grid.id(n)));
  for (unsigned n = 0; n < grid.size(); ++n) {
    if (!grid.live(n)) continue;
    Json entry{{"node", place(grid.id(n))}};
    for (const unsigned in : {Tables::kBegins, 0u, 1u, 2u, 3u}) entry[key_of(in)] = to_line(tables, n, in);
    json["tables"].push_back(std::move(entry));
  }
  return json.dump(1) + "\n";
}

std::pair<Grid, Tables> from_json(const std::string& text, const std::string& origin) {
  try {
    return read(Json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{} is no file of routing tables: {}", origin, error.what()));
  } catch (const std::invalid_argument& error) {
    throw InputError(fmt::format("{} is no file of routing tables: {}", origin, error.what()));
  }
}

}  // namespace tatami::routing
