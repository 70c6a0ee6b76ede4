// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/traffic/load_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <random>

namespace tatami::traffic {
namespace {

constexpr std::uint64_t kProgressStep = 64;

/// A packet that waits at its source.
struct Waiting {
  std::uint64_t made;
  unsigned destination;
  noc::Class cls;
};

/// The payload: when it was made and taken, its number in its stream, and words that follow from these.
engine::Packet make_packet(const routing::Grid& grid, unsigned from, const Waiting& w, std::uint64_t taken,
                           std::uint32_t serial) {
  noc::Header header;
  header.cls = w.cls;
  header.op = noc::Op::Put;
  header.len = noc::kPayloadBytes;
  header.addr = from;
  const NodeId source = grid.id(from), to = grid.id(w.destination);
  header.src_y = static_cast<std::uint8_t>(source.y);
  header.src_x = static_cast<std::uint8_t>(source.x);
  header.dst_y = static_cast<std::uint8_t>(to.y);
  header.dst_x = static_cast<std::uint8_t>(to.x);
  engine::Packet packet = engine::Packet::make(header, {});
  packet.words[0] = static_cast<std::uint32_t>(w.made);
  packet.words[1] = static_cast<std::uint32_t>(taken);
  packet.words[2] = serial;
  for (unsigned i = 3; i < 16; ++i) packet.words[i] = (serial + from) * 0x9E3779B9U + w.destination * i;
  return packet;
}

}  // namespace

LoadPoint measure(RouterMesh& mesh, const std::vector<std::vector<unsigned>>& destinations, const LoadOptions& options,
                  const std::function<void(std::uint64_t)>& progress) {
  const routing::Grid& grid = mesh.grid();
  const unsigned nodes = grid.size();
  std::mt19937_64 random(options.seed);
  std::bernoulli_distribution makes(options.load), response(options.both_classes ? 0.5 : 0.0);
  std::vector<std::deque<Waiting>> queues(nodes);
  const auto stream = [&](unsigned from, unsigned to, noc::Class cls) {
    return (std::size_t{from} * nodes + to) * engine::kClasses + static_cast<unsigned>(cls);
  };
  std::vector<std::uint32_t> sent(std::size_t{nodes} * nodes * engine::kClasses), received(sent.size());
  std::vector<std::uint64_t> came(nodes);
  LoadPoint point;
  point.offered = options.load;
  const std::uint64_t begin = mesh.time() + options.warm_up, end = begin + options.cycles;
  double latency = 0, network_latency = 0, hops = 0;

  const auto receive = [&](unsigned at, noc::Class cls, const std::uint32_t* words) {
    const engine::Packet packet = [&] {
      engine::Packet p;
      std::copy_n(words, p.words.size(), p.words.begin());
      return p;
    }();
    noc::Header header = packet.header();
    const unsigned from = header.addr;
    const std::uint64_t now = mesh.time();
    std::uint32_t& expected = received[stream(from % nodes, at, cls)];
    engine::Packet as_sent = make_packet(grid, from % nodes, {packet.words[0], at, cls}, packet.words[1], expected);
    noc::Header same = as_sent.header();
    same.ports = header.ports;
    same.stamp = header.stamp;
    if (point.error.empty() &&
        (!(same == header) || !std::equal(packet.words.begin(), packet.words.begin() + 16, as_sent.words.begin()))) {
      point.error = fmt::format("cycle {}: at node {} came packet {} of class {} from node {}, and not its packet {}",
                                now, routing::text_of(grid.id(at)), packet.words[2], static_cast<unsigned>(cls),
                                routing::text_of(grid.id(from % nodes)), expected);
    }
    ++expected;
    if (now < begin || now >= end) return;
    ++came[from % nodes];
    ++point.packets;
    latency += static_cast<double>(now - packet.words[0]);
    network_latency += static_cast<double>(now - packet.words[1]);
    point.longest_wait = std::max(point.longest_wait, now - packet.words[1]);
    const NodeId a = grid.id(from % nodes), b = grid.id(at);
    hops += std::abs(static_cast<int>(a.x) - static_cast<int>(b.x)) +
            std::abs(static_cast<int>(a.y) - static_cast<int>(b.y));
  };

  while (mesh.time() < end) {
    for (unsigned n = 0; n < nodes; ++n) {
      if (destinations[n].empty()) continue;
      if (makes(random)) {
        const unsigned to = destinations[n][random() % destinations[n].size()];
        queues[n].push_back({mesh.time(), to, response(random) ? noc::Class::Response : noc::Class::Request});
      }
      if (queues[n].empty()) continue;
      const Waiting w = queues[n].front();
      if (std::uint32_t* place = mesh.inject(n, w.cls)) {
        const engine::Packet packet = make_packet(grid, n, w, mesh.time(), sent[stream(n, w.destination, w.cls)]++);
        std::copy(packet.words.begin(), packet.words.end(), place);
        queues[n].pop_front();
      }
    }
    mesh.step(receive);
    if (progress && mesh.time() % kProgressStep == 0) progress(mesh.time() + options.cycles + options.warm_up - end);
  }

  // What is still under way must come out, too.
  const auto in_flight = [&] { return !std::equal(sent.begin(), sent.end(), received.begin()); };
  const std::uint64_t limit = mesh.time() + 64 * std::uint64_t{nodes} + 1000;
  while (in_flight() && mesh.time() < limit) {
    for (unsigned i = 0; i < 64; ++i) mesh.step(receive);
  }
  if (point.error.empty() && in_flight()) point.error = "packets did not come out";
  if (point.error.empty() && mesh.lost()) point.error = "a router dropped a packet";

  unsigned sources = 0;
  std::uint64_t least = ~std::uint64_t{0};
  for (unsigned n = 0; n < nodes; ++n) {
    if (destinations[n].empty()) continue;
    ++sources;
    least = std::min(least, came[n]);
  }
  if (point.packets != 0) {
    const double packets = static_cast<double>(point.packets);
    point.accepted = packets / static_cast<double>(options.cycles) / sources;
    point.worst_share = static_cast<double>(least) * sources / packets;
    point.latency = latency / packets;
    point.network_latency = network_latency / packets;
    point.hops = hops / packets;
  }
  return point;
}

}  // namespace tatami::traffic
