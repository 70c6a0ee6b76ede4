// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/panel_traffic.hpp"

#include <algorithm>

#include "sim/kernels/matmul_kernel.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {
namespace {

constexpr std::uint64_t kPacketBytes = 64;
constexpr std::uint64_t kLatency = 40;  // cycles from a list to its first packet's post, more or less

std::uint64_t global(NodeId node, std::uint64_t offset) {
  return noc::global_address(noc::Region::Sram, 0, node.y, node.x, offset);
}

}  // namespace

PanelTraffic::Node& PanelTraffic::at(NodeId id) {
  Node& node = nodes_[id.y * Mesh::kMaxSide + id.x];
  if (node.stages.empty()) {
    node.stages.resize(panels_.sweeps());
    node.posts.resize(panels_.count());
    node.arrivals.resize(panels_.count());
  }
  return node;
}

std::size_t PanelTraffic::stage_of(std::size_t panel) const {
  std::size_t stage = 0;
  while (!panels_.sent_after(stage).contains(panel)) ++stage;
  return stage;
}

void PanelTraffic::add(const Part& part) {
  const std::size_t stage = stage_of(part.panel);
  Node& source = at(part.source);
  for (const NodeId receiver : part.receivers) {
    noc::Descriptor d = part.rows;
    d.kind = noc::Kind::Put;
    if (receiver != part.source) d.dst = global(receiver, part.rows.dst);
    d.post = true;
    d.sem = static_cast<std::uint8_t>(MatmulAbi::kFirstPanel + panels_.semaphore(part.panel));
    source.stages[stage].sends.push_back(d);
    ++at(receiver).posts[part.panel];
    bytes_ += std::uint64_t{d.rows} * d.row_bytes;
    ++descriptors_;
    if (stage == 0) continue;
    noc::Descriptor free;
    free.dst = global(part.source, 0);
    free.kind = noc::Kind::Zero;
    free.post = true;
    free.sem = static_cast<std::uint8_t>(MatmulAbi::credit(stage));
    std::vector<noc::Descriptor>& frees = at(receiver).stages[stage].frees;
    const auto same = [&](const noc::Descriptor& other) { return other.dst == free.dst; };
    if (std::any_of(frees.begin(), frees.end(), same)) continue;
    frees.push_back(free);
    ++source.stages[stage].receivers;
    ++descriptors_;
  }
  parts_.push_back(part);
}

bool PanelTraffic::sends(NodeId node) {
  const std::vector<Stage>& stages = at(node).stages;
  return std::any_of(stages.begin(), stages.end(), [](const Stage& stage) { return !stage.sends.empty(); });
}

void PanelTraffic::expect(std::size_t stage, std::uint64_t cycle) {
  const Range sent = panels_.sent_after(stage);
  for (const Part& part : parts_) {
    if (!sent.contains(part.panel)) continue;
    Node& source = at(part.source);
    const std::uint64_t packets = part.rows.rows * ((part.rows.row_bytes + kPacketBytes - 1) / kPacketBytes);
    for (const NodeId id : part.receivers) {
      Node& receiver = at(id);
      // The receiver takes packets from all sides; a sender whose packets wait is held up.
      receiver.taking = std::max({receiver.taking, source.sending, cycle}) + packets;
      source.sending = receiver.taking;
      receiver.arrivals[part.panel] = receiver.taking + kLatency;
    }
  }
}

}  // namespace tatami
