// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "isa.hpp"
#include "sim/cli/report_parts.hpp"
#include "sim/routing/grid.hpp"

namespace tatami::cli {
namespace {

using Json = nlohmann::ordered_json;
using Figure = std::function<std::uint64_t(const engine::NodeCounters&)>;

constexpr std::array kClassNames = {"requests", "responses"};
constexpr std::array<const char*, engine::kSramPorts> kPortNames = {"load_0",       "load_1", "fetch",
                                                                    "transfer_out", "store",  "transfer_in"};

/// One figure of every node.
Json matrix(const routing::Grid& grid, const engine::Counters& activity, const Figure& figure) {
  Json rows = Json::array();
  for (unsigned y = 0; y < grid.rows(); ++y) {
    Json row = Json::array();
    for (unsigned x = 0; x < grid.cols(); ++x) {
      const unsigned node = grid.number({y, x});
      row.push_back(grid.live(node) ? Json(figure(activity.nodes[node])) : Json(nullptr));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Json nodes_json(const RunRecord& run, const engine::Counters& activity) {
  const auto of = [&](const Figure& figure) { return matrix(run.machine.grid, activity, figure); };
  using Node = engine::NodeCounters;
  Json held = Json::object(), packets = Json::object(), threads = Json::array();
  for (unsigned p = 0; p < engine::kSramPorts; ++p) held[kPortNames[p]] = of([p](const Node& n) { return n.held[p]; });
  for (unsigned c = 0; c < engine::kClasses; ++c) {
    for (unsigned d = 0; d < kDirections; ++d) {
      packets[kClassNames[c]][routing::kDirectionNames[d]] = of([=](const Node& n) { return n.packets[d][c]; });
    }
  }
  for (unsigned t = 0; t < run.config.threads; ++t) {
    Json thread{{"issue", of([t](const Node& n) { return n.threads[t].issued; })}};
    for (std::size_t i = 0; i < isa::kCounters; ++i) {
      thread[isa::kCounterNames[i]] = of([=](const Node& n) { return n.threads[t].counts[i]; });
    }
    threads.push_back(std::move(thread));
  }
  return {{"rows", run.machine.grid.rows()},
          {"cols", run.machine.grid.cols()},
          {"cycles_awake", of([](const Node& n) { return n.evaluated; })},
          {"core_cycles", of([](const Node& n) { return n.core_cycles; })},
          {"instructions", of([](const Node& n) { return n.retired; })},
          {"matrix_steps", of([](const Node& n) { return n.matrix_steps; })},
          {"sram_held_cycles", held},
          {"packets", packets},
          {"threads", threads}};
}

}  // namespace tatami::cli
