// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "sim/cli/commands.hpp"
#include "sim/cli/investigation.hpp"
#include "sim/cli/parse.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/report.hpp"
#include "sim/cli/run_options.hpp"
#include "sim/collectives/collective_run.hpp"
#include "sim/runtime/error.hpp"

namespace tatami::cli {
namespace {

constexpr std::size_t kDefaultCount = 16384, kDefaultBlock = 64;
const CLI::Range kExtents(1, 1 << 24);

struct CollectiveOptions {
  RunOptions run;
  std::optional<std::size_t> count, bytes;
  std::string format = "fp32";
  std::string root = "0x0";
};

std::size_t count_of(const CollectiveOptions& o, CollectiveOp op, DataType type) {
  if (!o.bytes) return o.count.value_or(op == CollectiveOp::AllToAll ? kDefaultBlock : kDefaultCount);
  if (o.count) throw InputError("--count and --bytes say the same; give one of them");
  const std::size_t width = element_bytes(type);
  if (*o.bytes % width != 0) throw InputError(fmt::format("--bytes {} is no multiple of {}", *o.bytes, width));
  return *o.bytes / width;
}

/// The number of the member at the place that --root names.
std::size_t root_of(const CollectiveOptions& o, const Mesh& members, const routing::Grid& grid) {
  const std::vector<NodeId> given = parse_nodes(o.root, "--root", {grid.rows(), grid.cols()});
  if (given.size() != 1) throw InputError(fmt::format("--root is one node, such as 2x3, and not '{}'", o.root));
  const std::vector<NodeId> nodes = members.nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (members.place(nodes[i]) == given[0]) return i;
  }
  throw InputError(fmt::format("node {} of --root is dead", o.root));
}

int run(CollectiveOptions o, CollectiveOp op, const std::string& command) {
  o.run.prepare();
  MachineOptions& options = o.run.machine;
  const Config config = find_config(options.config);
  const DataType type = parse_type(o.format, "--format");
  const Mesh all = members(op, options.grid);
  options.mesh = uses_rings(op) ? all : Mesh{options.grid.rows(), options.grid.cols()};
  Collective collective{op, count_of(o, op, type), type, 0};
  if (op == CollectiveOp::Broadcast) collective.root = root_of(o, all, options.grid);
  CollectiveRun planned(config, options.grid, collective);
  const CollectivePlan& plan = planned.plan();
  const RunRecord record{command, name_of(op), options, config, type, o.format};
  JsonOutput json(o.run.json);

  Investigation investigation(config, options, command);
  Device& device = investigation.machine().device();
  planned.draw(options.seed);
  LaunchRecord launch;
  launch.op = name_of(op);
  launch.description = fmt::format("{} of {} {}{}", name_of(op), collective.count, name_of(type),
                                   op == CollectiveOp::AllToAll ? " for each pair of nodes" : "");
  launch.shape = {{"count", collective.count}};
  launch.elements = volume(planned.output_shape());
  launch.communication = Communication{plan.members.size(), plan.least_cycles};
  {
    Progress progress(launch.op, plan.expected_cycles);
    launch.outcome = planned.execute(device, o.run.max_cycles, [&](std::uint64_t cycles) { progress.update(cycles); });
  }
  launch.activity = investigation.machine().activity();
  if (launch.outcome.status.end == RunStatus::End::Idle) {
    launch.bytes_moved = plan.bytes_moved;
    launch.transfers = plan.transfers;
  }
  launch.cause = investigation.conclude(failure_of(launch.outcome, launch.op, type),
                                        [&](Device& other) { return planned.simulate(other, o.run.max_cycles); });
  return json.finish(record, {launch});
}

const char* text_of(CollectiveOp op) {
  switch (op) {
    case CollectiveOp::AllReduce: return "The sum of all nodes' vectors, on every node";
    case CollectiveOp::ReduceScatter: return "The sum of all nodes' vectors, a part on each node";
    case CollectiveOp::AllGather: return "A vector of which each node has a part, on every node";
    case CollectiveOp::Broadcast: return "One node's vector, on every node";
    default: return "A block from every node to every node";
  }
}

}  // namespace

void add_collectives(CLI::App& runs, Action& action, const std::string& command) {
  for (const CollectiveOp op : kCollectiveOps) {
    const auto options = std::make_shared<CollectiveOptions>();
    CLI::App* sub = runs.add_subcommand(name_of(op), text_of(op));
    options->run.add_to(*sub);
    const bool exchange = op == CollectiveOp::AllToAll;
    sub->add_option("--count", options->count,
                    exchange ? "elements for each pair of nodes (default 64)" : "elements (default 16384)")
        ->check(kExtents);
    sub->add_option("--bytes", options->bytes, "the same in bytes")->check(kExtents);
    sub->add_option("--format", options->format, "number format: fp32 or bf16")->capture_default_str();
    if (op == CollectiveOp::Broadcast) {
      sub->add_option("--root", options->root, "the node that has the vector, as YxX")->capture_default_str();
    }
    sub->callback([=, &action] { action = [=] { return run(*options, op, command); }; });
  }
}

}  // namespace tatami::cli
