// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/arrivals.hpp"

#include <algorithm>

namespace tatami::diagnosis {

Arrivals::Arrivals(engine::Mesh& mesh) : mesh_(mesh) {
  for (const unsigned n : mesh.live()) mesh.node(n).set_timeline(&posts_.try_emplace(n, mesh.id(n)).first->second);
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

Arrivals::~Arrivals() {
  for (const unsigned n : mesh_.live()) mesh_.node(n).set_timeline(nullptr);
}

void Arrivals::arrived(NodeId at, const engine::Packet& packet) {
  const noc::Header h = packet.header();
  // The copies of a cast come to every node on its tree, members or not.
  if (!h.cast && NodeId{h.dst_y, h.dst_x} != at) return;
  if (h.op != noc::Op::Put) return;
  for (Place& place : watches_) {
    const Watch& w = place.bytes;
    if (place.node == at && h.addr < w.address + w.bytes && w.address < std::uint64_t{h.addr} + h.len) {
      place.writer = sender_of(h);
    }
  }
}

std::optional<Sender> Arrivals::last_writer(NodeId node) const {
  for (const Place& place : watches_) {
    if (place.node == node) return place.writer;
  }
  return std::nullopt;
}

}  // namespace tatami::diagnosis
