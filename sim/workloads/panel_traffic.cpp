// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/panel_traffic.hpp"

#include <algorithm>
#include <utility>

#include "sim/kernels/matmul_kernel.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {
namespace {

constexpr std::uint64_t kPacketBytes = 64;
constexpr std::uint64_t kLatency = 40;  // cycles from a list to its first packet's post, more or less

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

void PanelTraffic::add(Part part) {
  const std::size_t stage = stage_of(part.panel);
  Stage& at_source = at(part.source).stages[stage];
  noc::Descriptor& rows = part.send.rows;
  rows.kind = noc::Kind::Put;
  rows.post = true;
  rows.sem = static_cast<std::uint8_t>(MatmulAbi::kFirstPanel + panels_.semaphore(part.panel));
  for (const NodeId receiver : part.send.receivers) {
    ++at(receiver).posts[part.panel];
    bytes_ += std::uint64_t{rows.rows} * rows.row_bytes;
    if (stage > 0 && free_slots(at(receiver).stages[stage], part.source, MatmulAbi::credit(stage))) {
      ++at_source.receivers;
    }
  }
  descriptors_ += part.send.cast ? 1 : part.send.receivers.size();
  at_source.sends.emplace(part.panel, part.send);
  parts_.push_back(std::move(part));
}

/// Lets a receiver tell a source that its slots are free. False when it does so already.
bool PanelTraffic::free_slots(Stage& receiver, NodeId source, unsigned semaphore) {
  const auto same = [&](const Send& other) { return other.receivers.front() == source; };
  if (std::any_of(receiver.frees.begin(), receiver.frees.end(), same)) return false;
  noc::Descriptor only_post;
  only_post.kind = noc::Kind::Zero;
  only_post.post = true;
  only_post.sem = static_cast<std::uint8_t>(semaphore);
  receiver.frees.push_back({only_post, {source}});
  ++descriptors_;
  return true;
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
    const noc::Descriptor& rows = part.send.rows;
    const std::uint64_t packets = rows.rows * ((rows.row_bytes + kPacketBytes - 1) / kPacketBytes);
    std::uint64_t start = std::max(source.sending, cycle);
    for (const NodeId id : part.send.receivers) {
      Node& receiver = at(id);
      // The receiver takes packets from all sides; a sender whose packets wait is held up.
      receiver.taking = std::max(receiver.taking, start) + packets;
      receiver.arrivals[part.panel] = receiver.taking + kLatency;
      source.sending = std::max(source.sending, receiver.taking);
      if (!part.send.cast) start = source.sending;
    }
  }
}

}  // namespace tatami
