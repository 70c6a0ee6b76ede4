// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <tuple>
#include <vector>

#include "sim/traffic/router_mesh.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {

/// Sends packets into a mesh of routers and checks that each comes out at every receiver once, unchanged, and in order
/// per class, sender and destination.
class Scoreboard {
 public:
  explicit Scoreboard(traffic::RouterMesh& mesh) : mesh_(mesh) {}

  /// Injects a packet of `from` to one node; false when its router has no space in this cycle.
  bool send(unsigned from, unsigned to, noc::Class cls) {
    noc::Header header;
    const NodeId id = mesh_.grid().id(to);
    header.dst_y = static_cast<std::uint8_t>(id.y);
    header.dst_x = static_cast<std::uint8_t>(id.x);
    return inject(from, header, cls, to, {to});
  }

  /// The same to all members of a group.
  bool cast(unsigned from, const routing::Group& group, noc::Class cls) {
    noc::Header header;
    header.cast = true;
    header.dst_y = static_cast<std::uint8_t>(group.number / 32);
    header.dst_x = static_cast<std::uint8_t>(group.number % 32);
    return inject(from, header, cls, kGroup + group.number, group.members);
  }

  /// One cycle of the mesh; what comes out is checked.
  void step() {
    mesh_.step([this](unsigned at, noc::Class cls, const std::uint32_t* words) { receive(at, cls, words); });
  }

  /// Runs until everything has come out, for at most `cycles`; fails the test when something has not.
  void drain(std::uint64_t cycles) {
    for (std::uint64_t i = 0; i < cycles && received_ < expected_; ++i) step();
    CHECK(received_ == expected_);
    CHECK(!mesh_.lost());
    CHECK(mesh_.assertion_failures() == 0);
  }

  std::uint64_t received() const { return received_; }
  std::uint64_t copies() const { return copies_; }

 private:
  static constexpr unsigned kGroup = 10'000;  ///< destinations from here on are groups

  bool inject(unsigned from, noc::Header header, noc::Class cls, unsigned to, const std::vector<unsigned>& receivers) {
    std::uint32_t* place = mesh_.inject(from, cls);
    if (place == nullptr) return false;
    header.cls = cls;
    header.src_y = static_cast<std::uint8_t>(mesh_.grid().id(from).y);
    header.src_x = static_cast<std::uint8_t>(mesh_.grid().id(from).x);
    header.addr = ++serial_ & 0x3FFFFFFF;
    for (const unsigned at : receivers) under_way_[{at, cls, from, to}].push_back(header.addr);
    expected_ += receivers.size();
    const std::uint32_t word = header.addr * 7;
    const engine::Packet packet = engine::Packet::make(header, {reinterpret_cast<const std::uint8_t*>(&word), 4});
    std::copy(packet.words.begin(), packet.words.end(), place);
    return true;
  }

  void receive(unsigned at, noc::Class cls, const std::uint32_t* words) {
    engine::Packet packet;
    std::copy_n(words, packet.words.size(), packet.words.begin());
    const noc::Header header = packet.header();
    const routing::Grid& grid = mesh_.grid();
    const unsigned from = grid.number({header.src_y, header.src_x});
    const unsigned to =
        header.cast ? kGroup + header.dst_y * 32U + header.dst_x : grid.number({header.dst_y, header.dst_x});
    auto& stream = under_way_[{at, cls, from, to}];
    INFO("cycle " << mesh_.time() << " at " << routing::text_of(grid.id(at)) << " from "
                  << routing::text_of(grid.id(from)) << " to " << to);
    REQUIRE(!stream.empty());
    REQUIRE(header.addr == stream.front());
    REQUIRE(words[0] == header.addr * 7);
    stream.pop_front();
    ++received_;
    copies_ += header.cast ? 1 : 0;
  }

  traffic::RouterMesh& mesh_;
  /// Serial numbers of what is under way, by receiver, class, sender and destination.
  std::map<std::tuple<unsigned, noc::Class, unsigned, unsigned>, std::deque<std::uint32_t>> under_way_;
  std::uint32_t serial_ = 0;
  std::uint64_t expected_ = 0, received_ = 0, copies_ = 0;
};

}  // namespace tatami::test
