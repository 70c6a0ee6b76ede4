// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/grid_options.hpp"
#include "sim/routing/proof.hpp"
#include "sim/routing/table_file.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/workloads/rectangle.hpp"

namespace tatami::cli {
namespace {

struct RouteOptions {
  GridOptions grid;
  std::vector<std::string> groups;
  std::string out;
  std::string check;
};

/// Groups as asked for. Says which sets are not served.
routing::Groups make_groups(const RouteOptions& o, const routing::Grid& grid, const routing::Tables& tables) {
  constexpr unsigned kNumbers = 32;  // of a full-size node
  std::vector<std::vector<unsigned>> sets;
  std::vector<std::string> names;
  const Mesh mesh = live_rectangle(grid);
  for (const std::string& kind : o.groups) {
    for (const std::vector<NodeId>& line : lines_of(mesh, kind == "rows")) {
      names.push_back(
          fmt::format("{} that begins at {}", kind == "rows" ? "row" : "column", routing::text_of(line.front())));
      sets.emplace_back();
      for (const NodeId id : line) sets.back().push_back(grid.number(id));
    }
  }
  routing::GroupRoutes made = routing::make_groups(grid, tables, sets, kNumbers);
  if (!sets.empty()) fmt::print("{:32}{} of {} sets\n", "groups", made.groups.groups.size(), sets.size());
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!made.numbers[i]) fmt::print("{:32}{}\n", "no group", names[i]);
  }
  return std::move(made.groups);
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
  if (f.casts > 0) {
    fmt::print("{:32}{}, {:.3f} links per copy\n", "casts, all arrive", f.casts,
               f.cast_copies == 0 ? 0.0 : static_cast<double>(f.cast_hops) / static_cast<double>(f.cast_copies));
  }
  fmt::print("{:32}{} between {} channels, without a circle\n", "dependencies", f.dependencies, grid.channels());
  return 0;
}

int route(const RouteOptions& o) {
  if (!o.check.empty()) {
    if (o.grid.has_faults() || !o.out.empty() || !o.groups.empty()) {
      throw InputError("--check takes grid and faults from its file; leave the other options out");
    }
    const auto [grid, tables, groups] = routing::from_json(read_file(o.check), o.check);
    return report(grid, routing::prove(grid, tables, groups));
  }
  const routing::Grid grid = o.grid.parse();
  std::optional<OutputFile> file;
  if (!o.out.empty()) file.emplace(o.out);
  const routing::Routes routes = routing::make_routes(grid);
  fmt::print("{:32}{}\n", "routes", text_of(routes.method));
  const routing::Groups groups = make_groups(o, grid, routes.tables);
  const int code = report(grid, routing::prove(grid, routes.tables, groups));
  if (code == 0 && file) file->commit(routing::to_json({grid, routes.tables, groups}));
  return code;
}

}  // namespace

void add_route(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RouteOptions>();
  CLI::App* sub = app.add_subcommand("route", "Make routing tables around dead nodes and links, and prove them");
  options->grid.add_to(*sub, "--grid");
  sub->add_option("--groups", options->groups, "make groups of the rows, the columns, or both (rows,columns)")
      ->delimiter(',')
      ->check(CLI::IsMember({"rows", "columns"}));
  sub->add_option("--out", options->out, "write grid and tables here, as JSON");
  sub->add_option("--check", options->check, "prove the tables of such a file instead");
  sub->callback([=, &action] { action = [=] { return route(*options); }; });
}

}  // namespace tatami::cli
