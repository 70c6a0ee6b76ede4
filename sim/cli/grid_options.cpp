// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/grid_options.hpp"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>
#include <vector>

#include "sim/cli/parse.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {
namespace {

constexpr const char* kDieName = "die";
const Mesh kDie{18, 20};
/// 354 of 360 nodes live, the others anywhere (D1: reference in docs/mesh.md).
constexpr const char* kDeadOfDie = "2x5,4x14,7x9,10x2,13x17,16x11";

/// "YxX-YxX,...": links by the two neighbours that they join.
std::vector<routing::DeadLink> parse_links(const std::string& text, const Mesh& mesh) {
  const routing::Grid grid(mesh.rows, mesh.cols, {}, {});
  std::vector<routing::DeadLink> links;
  std::istringstream in(text);
  for (std::string link; std::getline(in, link, ',');) {
    const std::size_t dash = link.find('-');
    const std::string ends = dash == std::string::npos ? "" : link.substr(0, dash) + "," + link.substr(dash + 1);
    const std::vector<NodeId> nodes = ends.empty() ? std::vector<NodeId>{} : parse_nodes(ends, "--dead-links", mesh);
    if (nodes.size() == 2) {
      unsigned direction = 0;
      while (direction < kDirections && grid.neighbour(grid.number(nodes[0]), direction) != grid.number(nodes[1])) {
        ++direction;
      }
      if (direction < kDirections) {
        links.push_back({nodes[0], direction});
        continue;
      }
    }
    throw InputError(
        fmt::format("--dead-links names two neighbours for each link, such as 3x4-3x5, and not '{}'", link));
  }
  return links;
}

}  // namespace

void GridOptions::add_to(CLI::App& command, const std::string& name) {
  command.add_option(name, size, "nodes, as ROWSxCOLS, or die (18x20)")->capture_default_str();
  command.add_option("--dead", dead, "dead nodes, as YxX,YxX,...");
  command.add_option("--dead-links", dead_links, "dead links, by the neighbours they join: YxX-YxX,...");
}

routing::Grid GridOptions::parse() const {
  const Mesh mesh = size == kDieName ? kDie : parse_mesh(size);
  try {
    return {mesh.rows, mesh.cols, parse_nodes(dead, "--dead", mesh), parse_links(dead_links, mesh)};
  } catch (const std::invalid_argument& error) {
    throw InputError(error.what());
  }
}

routing::Grid GridOptions::parse_machine() const {
  if (size != kDieName || has_faults()) return parse();
  GridOptions with_dead = *this;
  with_dead.dead = kDeadOfDie;
  return with_dead.parse();
}

}  // namespace tatami::cli
