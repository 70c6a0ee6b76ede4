// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/arrivals.hpp"

#include <algorithm>

namespace tatami::diagnosis {

std::string text_of(const Sender& sender) { return sender.host ? "the host" : node_text(sender.node); }

Arrivals::Arrivals(engine::Mesh& mesh) : posts_(mesh.size()), cols_(mesh.cols()) {
  mesh.observe([this, &mesh](std::uint64_t, unsigned n, const engine::NodeModel& node, bool) {
    const engine::NodePins& pins = node.pins();
    for (unsigned d = 0; d < kDirections; ++d) {
      if ((*pins.valid_in >> d & 1) == 0) continue;
      engine::Packet packet;
      std::copy_n(pins.packet_in[d], engine::kPacketWords, packet.words.begin());
      arrived(mesh.id(n), packet);
    }
  });
}

void Arrivals::arrived(NodeId at, const engine::Packet& packet) {
  const noc::Header h = packet.header();
  // The copies of a cast come to every node on its tree, members or not.
  if (!h.cast && NodeId{h.dst_y, h.dst_x} != at) return;
  const Sender sender{h.src_die == noc::kHostDie, {h.src_y, h.src_x}};
  auto& posts = posts_[at.y * cols_ + at.x];
  if (h.post) ++posts[h.sem][sender];
  if (h.op == noc::Op::Ctrl && h.addr < noc::kCtrlStartBase)
    posts[h.addr / noc::kCtrlStride][sender] += packet.words[0];
  if (h.op != noc::Op::Put) return;
  for (Place& place : watches_) {
    const Watch& w = place.bytes;
    if (place.node == at && h.addr < w.address + w.bytes && w.address < std::uint64_t{h.addr} + h.len) {
      place.writer = sender;
    }
  }
}

std::map<Sender, std::uint64_t> Arrivals::posts(NodeId node, unsigned semaphore) const {
  const auto& of_node = posts_[node.y * cols_ + node.x];
  const auto found = of_node.find(semaphore);
  return found == of_node.end() ? std::map<Sender, std::uint64_t>{} : found->second;
}

std::optional<Sender> Arrivals::last_writer(NodeId node) const {
  for (const Place& place : watches_) {
    if (place.node == node) return place.writer;
  }
  return std::nullopt;
}

}  // namespace tatami::diagnosis
