// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/trigger.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tatami::diagnosis {

TriggerWatch::TriggerWatch(engine::Mesh& mesh, const Trigger& trigger) : trigger_(trigger) {
  mesh.observe([this, &mesh](std::uint64_t time, unsigned n, const engine::NodeModel& node, bool core) {
    if (!moment_) look(time, mesh.id(n), node, core);
  });
}

void TriggerWatch::look(std::uint64_t time, NodeId at, const engine::NodeModel& node, bool core) {
  const std::vector<NodeId>& nodes = trigger_.nodes;
  if (!nodes.empty() && std::find(nodes.begin(), nodes.end(), at) == nodes.end()) return;
  if (trigger_.kind == Trigger::Kind::Packet) {
    if ((*node.pins().flags & engine::kPacketSunk) != 0) moment_ = {time, at, "a packet for " + node_text(at)};
    return;
  }
  for (unsigned c = 0; core && c < node.retirement_channels(); ++c) {
    const engine::Retirement r = node.retirement(c);
    const bool hit = trigger_.kind == Trigger::Kind::Trap ? r.trap : r.pc == trigger_.pc;
    if (!r.valid || !hit) continue;
    moment_ = {
        time, at,
        fmt::format("thread {} of {} {} pc {:#x}", r.thread, node_text(at), r.trap ? "traps at" : "retires", r.pc)};
    return;
  }
}

}  // namespace tatami::diagnosis
