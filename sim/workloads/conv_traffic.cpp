// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/conv_traffic.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "sim/kernels/conv_kernel.hpp"
#include "sim/runtime/mesh.hpp"

namespace tatami {
namespace {

std::uint64_t payload(const Send& send) { return std::uint64_t{send.rows.rows} * send.rows.row_bytes; }

bool to_relay(const ConvTraffic::Part& part) { return part.semaphore == KernelAbi::relayed(part.urgent); }

/// Some of the parts, in the order of need.
std::vector<Send> ordered(std::vector<ConvTraffic::Part> parts,
                          const std::function<bool(const ConvTraffic::Part&)>& chosen) {
  std::erase_if(parts, std::not_fn(chosen));
  std::ranges::stable_sort(parts, {}, &ConvTraffic::Part::time);
  std::vector<Send> sends;
  for (ConvTraffic::Part& part : parts) sends.push_back(std::move(part.send));
  return sends;
}

}  // namespace

unsigned ConvTraffic::key(NodeId node) { return node.y * Mesh::kMaxSide + node.x; }

void ConvTraffic::count(Part& part) {
  part.send.rows.post = true;
  part.send.rows.sem = static_cast<std::uint8_t>(part.semaphore);
  for (const NodeId id : part.send.receivers) {
    Receiver& receiver = receivers_[key(id)];
    ++receiver.posts[part.semaphore];
    if (part.urgent) receiver.urgent_bytes += payload(part.send);
  }
  bytes_ += part.send.receivers.size() * payload(part.send);
  descriptors_ += part.send.cast ? 1 : part.send.receivers.size();
}

void ConvTraffic::send(NodeId source, Part part) {
  count(part);
  nodes_[key(source)].own.push_back(std::move(part));
}

void ConvTraffic::relay(NodeId source, NodeId relay, Part part) {
  Part ahead = part;
  ahead.semaphore = KernelAbi::relayed(part.urgent);
  ahead.send.receivers = {relay};
  ahead.send.cast = false;
  send(source, ahead);

  noc::Descriptor& rows = part.send.rows;
  rows = {.dst = rows.dst,
          .src = rows.dst,
          .row_bytes = rows.row_bytes,
          .rows = rows.rows,
          .dst_pitch = rows.dst_pitch,
          .src_pitch = rows.dst_pitch,
          .kind = noc::Kind::Put};
  count(part);
  Node& node = nodes_[key(relay)];
  ++node.relayed[part.urgent ? 1 : 0];
  node.passed.push_back(std::move(part));
}

ConvTraffic::Lists ConvTraffic::lists(NodeId id) const {
  Lists lists;
  const auto found = nodes_.find(key(id));
  if (found == nodes_.end()) return lists;
  const Node& node = found->second;
  using P = const Part&;
  List now{.sends = ordered(node.own, [](P part) { return part.urgent && to_relay(part); })};
  std::ranges::move(ordered(node.own, [](P part) { return part.urgent && !to_relay(part); }),
                    std::back_inserter(now.sends));
  // Relays pass on later what is not urgent, so they are to have it by then.
  std::ranges::move(ordered(node.own, [](P part) { return !part.urgent && to_relay(part); }),
                    std::back_inserter(now.sends));
  const List later{.sends = ordered(node.own, [](P part) { return !part.urgent && !to_relay(part); })};

  const auto passed = [&](bool urgent) {
    return List{ordered(node.passed, [urgent](P part) { return part.urgent == urgent; }), KernelAbi::relayed(urgent),
                node.relayed[urgent ? 1 : 0]};
  };
  lists.first = {std::move(now), passed(true)};
  lists.further = {later, passed(false)};
  for (std::vector<List>* part : {&lists.first, &lists.further}) {
    std::erase_if(*part, [](const List& list) { return list.sends.empty(); });
  }
  return lists;
}

unsigned ConvTraffic::posts(NodeId node, unsigned semaphore) const {
  const auto receiver = receivers_.find(key(node));
  if (receiver == receivers_.end()) return 0;
  const auto posts = receiver->second.posts.find(semaphore);
  return posts == receiver->second.posts.end() ? 0 : posts->second;
}

std::uint64_t ConvTraffic::urgent_bytes(NodeId node) const {
  const auto receiver = receivers_.find(key(node));
  return receiver == receivers_.end() ? 0 : receiver->second.urgent_bytes;
}

}  // namespace tatami
