// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/parse.hpp"
#include "sim/routing/proof.hpp"
#include "sim/routing/table_file.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"

namespace tatami::cli {
namespace {

struct RouteOptions {
  std::string grid = "die";
  std::string dead;
  std::string dead_links;
  std::string out;
  std::string check;
};

constexpr Mesh kDie{18, 20};

/// "YxX-YxX,...": links by the two neighbours that they join.
std::vector<routing::DeadLink> parse_links(const std::string& text, const Mesh& mesh) {
  const routing::Grid grid(mesh.rows, mesh.cols, {}, {});
  std::vector<routing::DeadLink> links;
  std::istringstream in(text);
  for (std::string link; std::getline(in, link, ',');) {
    const std::size_t dash = link.find('-');
    const std::string ends = dash == std::string::npos ? "" : link.substr(0, dash) + "," + link.substr(dash + 1);
    const std::vector<NodeId> nodes = ends.empty() ? std::vector<NodeId>{} : parse_nodes(ends, mesh);
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

routing::Grid parse_grid(const RouteOptions& o) {
  const Mesh mesh = o.grid == "die" ? kDie : parse_mesh(o.grid);
  const std::vector<NodeId> dead = o.dead.empty() ? std::vector<NodeId>{} : parse_nodes(o.dead, mesh);
  try {
    return {mesh.rows, mesh.cols, dead, parse_links(o.dead_links, mesh)};
  } catch (const std::invalid_argument& error) {
    throw InputError(error.what());
  }
}

std::string text_of(routing::Method method) {
  switch (method) {
    case routing::Method::kXThenY: return "X first, then Y";
    case routing::Method::kTurns: return "shortest ways, with detours around what is dead";
    case routing::Method::kUpDown: return "up*/down* from the middle";
  }
  return {};
}

/// Says what was found; the exit code.
int report(const routing::Grid& grid, const routing::Verdict& verdict) {
  fmt::print("{:32}{} of {}\n", "live nodes", grid.live_nodes(), grid.size());
  for (const unsigned n : grid.cut_off()) {
    fmt::print("{:32}{}\n", "cut off, declared dead", routing::text_of(grid.id(n)));
  }
  if (verdict.flaw) {
    fmt::print(stderr, "FAIL: {}\n", verdict.flaw->sentence);
    return 1;
  }
  const routing::Facts& f = verdict.facts;
  fmt::print("{:32}{}, all arrive\n", "pairs of live nodes", f.pairs);
  fmt::print("{:32}{:.3f} times the least, longest {}\n", "hops",
             f.least_hops == 0 ? 1.0 : static_cast<double>(f.hops) / static_cast<double>(f.least_hops), f.longest);
  fmt::print("{:32}{}, taken by {} routes\n", "busiest channel", grid.channel_name(f.busiest), f.busiest_load);
  fmt::print("{:32}{} between {} channels, without a circle\n", "dependencies", f.dependencies, grid.channels());
  return 0;
}

int route(const RouteOptions& o) {
  if (!o.check.empty()) {
    if (!o.dead.empty() || !o.dead_links.empty() || !o.out.empty()) {
      throw InputError("--check takes grid and faults from its file; leave the other options out");
    }
    const auto [grid, tables] = routing::from_json(read_file(o.check), o.check);
    return report(grid, routing::prove(grid, tables));
  }
  const routing::Grid grid = parse_grid(o);
  std::optional<OutputFile> file;
  if (!o.out.empty()) file.emplace(o.out);
  const routing::Routes routes = routing::make_routes(grid);
  fmt::print("{:32}{}\n", "routes", text_of(routes.method));
  const int code = report(grid, routing::prove(grid, routes.tables));
  if (code == 0 && file) file->commit(routing::to_json(grid, routes.tables));
  return code;
}

}  // namespace

void add_route(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RouteOptions>();
  CLI::App* sub = app.add_subcommand("route", "Make routing tables around dead nodes and links, and prove them");
  sub->add_option("--grid", options->grid, "ROWSxCOLS, or die (18x20)")->capture_default_str();
  sub->add_option("--dead", options->dead, "dead nodes, as YxX,YxX,...");
  sub->add_option("--dead-links", options->dead_links, "dead links, by the neighbours they join: YxX-YxX,...");
  sub->add_option("--out", options->out, "write grid and tables here, as JSON");
  sub->add_option("--check", options->check, "prove the tables of such a file instead");
  sub->callback([=, &action] { action = [=] { return route(*options); }; });
}

}  // namespace tatami::cli
