// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/cli/commands.hpp"
#include "sim/cli/grid_options.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/progress.hpp"
#include "sim/routing/proof.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/traffic/chart.hpp"
#include "sim/traffic/load_point.hpp"
#include "sim/traffic/pattern.hpp"
#include "sim/traffic/router_library.hpp"

namespace tatami::cli {
namespace {

struct MeshBenchOptions {
  std::string config = "full";
  GridOptions grid;
  std::vector<std::string> patterns;
  std::vector<double> loads = {0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0};
  std::uint64_t warm_up = 2000;
  std::uint64_t cycles = 8000;
  bool both_classes = false;
  std::uint64_t seed = 1;
  std::string json, csv, svg;
};

struct Curve {
  traffic::Pattern pattern;
  std::vector<std::vector<unsigned>> destinations;
  double bound = 0;
  std::vector<traffic::LoadPoint> points;
};

std::vector<traffic::Pattern> parse_patterns(const std::vector<std::string>& names) {
  if (names.empty()) return {std::begin(traffic::kPatterns), std::end(traffic::kPatterns)};
  std::vector<traffic::Pattern> patterns;
  for (const std::string& name : names) {
    const auto pattern = traffic::pattern_of(name);
    if (!pattern) {
      std::string known;
      for (const traffic::Pattern p : traffic::kPatterns) known += (known.empty() ? "" : ", ") + traffic::name_of(p);
      throw InputError(fmt::format("--patterns knows {}, and not '{}'", known, name));
    }
    patterns.push_back(*pattern);
  }
  return patterns;
}

nlohmann::json to_json(const Curve& curve) {
  nlohmann::json points = nlohmann::json::array();
  for (const traffic::LoadPoint& p : curve.points) {
    points.push_back({{"offered", p.offered},
                      {"accepted", p.accepted},
                      {"accepted_of_bound", p.accepted / curve.bound},
                      {"worst_source_of_mean", p.worst_share},
                      {"latency", p.latency},
                      {"network_latency", p.network_latency},
                      {"hops", p.hops},
                      {"longest_wait", p.longest_wait},
                      {"packets", p.packets}});
  }
  return {{"pattern", traffic::name_of(curve.pattern)}, {"bound", curve.bound}, {"points", points}};
}

std::string to_csv(const std::vector<Curve>& curves) {
  std::string csv =
      "pattern,bound,offered,accepted,worst_source_of_mean,latency,network_latency,hops,longest_wait,packets\n";
  for (const Curve& c : curves) {
    for (const traffic::LoadPoint& p : c.points) {
      csv += fmt::format("{},{:.6f},{},{:.6f},{:.6f},{:.3f},{:.3f},{:.4f},{},{}\n", traffic::name_of(c.pattern),
                         c.bound, p.offered, p.accepted, p.worst_share, p.latency, p.network_latency, p.hops,
                         p.longest_wait, p.packets);
    }
  }
  return csv;
}

std::string to_svg(const std::vector<Curve>& curves) {
  traffic::Chart latency{"Latency", "offered packets per node and cycle", "cycles", 1, 100, {}};
  traffic::Chart accepted{
      "Throughput", "offered packets per node and cycle", "accepted packets per node and cycle", 1, 1, {}};
  for (const Curve& c : curves) {
    traffic::Series slow{traffic::name_of(c.pattern), {}, {}}, through{slow};
    for (const traffic::LoadPoint& p : c.points) {
      slow.x.push_back(p.offered);
      slow.y.push_back(p.latency);
      through.x.push_back(p.offered);
      through.y.push_back(p.accepted);
    }
    latency.series.push_back(slow);
    accepted.series.push_back(through);
  }
  return traffic::to_svg({latency, accepted});
}

/// The curve without its points. Throws InputError when nobody sends.
Curve make_curve(traffic::Pattern pattern, const routing::Grid& grid, const routing::Tables& tables) {
  Curve curve{pattern, {}, 0, {}};
  bool any = false;
  for (unsigned n = 0; n < grid.size(); ++n) {
    curve.destinations.push_back(traffic::destinations(pattern, grid, n));
    any = any || !curve.destinations.back().empty();
  }
  if (!any) throw InputError(fmt::format("no node of this grid sends under '{}'", traffic::name_of(pattern)));
  curve.bound = traffic::bound(curve.destinations, grid, tables);
  return curve;
}

void measure(Curve& curve, traffic::RouterFactory& factory, const routing::Grid& grid, const routing::Tables& tables,
             const MeshBenchOptions& o) {
  for (const double load : o.loads) {
    traffic::RouterMesh mesh(factory, grid, tables, o.seed);
    Progress progress(fmt::format("{} at {}", traffic::name_of(curve.pattern), load), o.warm_up + o.cycles);
    curve.points.push_back(traffic::measure(mesh, curve.destinations,
                                            {load, o.both_classes, o.warm_up, o.cycles, o.seed},
                                            [&](std::uint64_t done) { progress.update(done); }));
  }
}

void print(std::FILE* out, const Curve& curve) {
  fmt::print(out, "{}: at most {:.4f} packets per source and cycle\n", traffic::name_of(curve.pattern), curve.bound);
  fmt::print(out, "  offered  accepted  of bound  worst source  latency  in network  longest\n");
  for (const traffic::LoadPoint& p : curve.points) {
    fmt::print(out, "  {:7.3f}  {:8.4f}  {:7.1f}%  {:11.1f}%  {:7.1f}  {:10.1f}  {:7}\n", p.offered, p.accepted,
               100 * p.accepted / curve.bound, 100 * p.worst_share, p.latency, p.network_latency, p.longest_wait);
  }
}

int bench_mesh(const MeshBenchOptions& o) {
  const std::vector<traffic::Pattern> patterns = parse_patterns(o.patterns);
  if (o.cycles == 0) throw InputError("--cycles must be above 0");
  for (const double load : o.loads) {
    if (!(load > 0 && load <= 1)) throw InputError(fmt::format("--loads are above 0 and at most 1, and not {}", load));
  }
  const routing::Grid grid = o.grid.parse();
  const Config config = find_config(o.config);
  if (grid.rows() > config.die_rows || grid.cols() > config.die_cols) {
    throw InputError(fmt::format("a grid of {}x{} is larger than the die of {}x{} that the routing tables of '{}' know",
                                 grid.rows(), grid.cols(), config.die_rows, config.die_cols, config.name));
  }
  std::optional<OutputFile> json, csv, svg;
  const bool json_only = o.json == "-";
  if (!o.json.empty() && !json_only) json.emplace(o.json);
  if (!o.csv.empty()) csv.emplace(o.csv);
  if (!o.svg.empty()) svg.emplace(o.svg);
  const traffic::RouterLibrary library(config, model_folder());
  const routing::Routes routes = routing::make_routes(grid);
  if (const auto flaw = routing::prove(grid, routes.tables).flaw) throw std::logic_error(flaw->sentence);

  std::vector<Curve> curves;
  for (const traffic::Pattern pattern : patterns) curves.push_back(make_curve(pattern, grid, routes.tables));

  std::FILE* const out = json_only ? stderr : stdout;
  nlohmann::json result = {{"grid", {grid.rows(), grid.cols()}},
                           {"live_nodes", grid.live_nodes()},
                           {"buffer_depth", config.noc_buffer_depth},
                           {"classes", o.both_classes ? 2 : 1},
                           {"warm_up", o.warm_up},
                           {"cycles", o.cycles},
                           {"seed", o.seed},
                           {"curves", nlohmann::json::array()}};
  fmt::print(out, "{}x{}, {} live nodes, {} places per link and class\n", grid.rows(), grid.cols(), grid.live_nodes(),
             config.noc_buffer_depth);
  for (Curve& curve : curves) {
    measure(curve, library.factory(), grid, routes.tables, o);
    print(out, curve);
    result["curves"].push_back(to_json(curve));
  }
  for (const Curve& curve : curves) {
    for (const traffic::LoadPoint& p : curve.points) {
      if (p.error.empty()) continue;
      fmt::print(stderr, "FAIL: {} at {}: {}\n", traffic::name_of(curve.pattern), p.offered, p.error);
      return 1;
    }
  }
  if (library.factory().assertion_failures() != 0) {
    fmt::print(stderr, "FAIL: an assertion of the RTL failed; standard output shows which\n");
    return 1;
  }
  if (json) json->commit(result.dump(2) + "\n");
  if (json_only) fmt::print("{}\n", result.dump(2));
  if (csv) csv->commit(to_csv(curves));
  if (svg) svg->commit(to_svg(curves));
  return 0;
}

}  // namespace

void add_bench_mesh(CLI::App& benches, Action& action) {
  const auto o = std::make_shared<MeshBenchOptions>();
  CLI::App* sub = benches.add_subcommand("mesh", "Latency and throughput of the routers alone, under kinds of traffic");
  sub->add_option("--config", o->config, "configuration of a node")->capture_default_str();
  o->grid.size = "8x8";
  o->grid.add_to(*sub, "--grid");
  sub->add_option("--patterns", o->patterns, "uniform, transpose, bit-complement, hotspot, neighbour (default all)")
      ->delimiter(',');
  sub->add_option("--loads", o->loads, "packets that each node offers per cycle, up to 1")->delimiter(',');
  sub->add_option("--warm-up", o->warm_up, "cycles before each measurement")->capture_default_str();
  sub->add_option("--cycles", o->cycles, "cycles of each measurement")->capture_default_str();
  sub->add_flag("--both-classes", o->both_classes, "requests and responses at random, instead of requests only");
  sub->add_option("--seed", o->seed, "seed of every random choice")->capture_default_str();
  sub->add_option("--json", o->json, "write the curves here; - is standard output");
  sub->add_option("--csv", o->csv, "write the curves here, a line per point");
  sub->add_option("--svg", o->svg, "draw the curves here");
  sub->callback([=, &action] { action = [=] { return bench_mesh(*o); }; });
}

}  // namespace tatami::cli
