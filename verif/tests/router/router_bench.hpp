// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "Vrouter_tb.h"
#include "sim/runtime/direction.hpp"
#include "verif/golden/noc/mesh.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/packet_words.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {

/// One router at (1,1) of a large die; the test plays its four neighbours and its node.
class RouterBench {
 public:
  static constexpr unsigned kLinks = 4;
  static constexpr unsigned kSlots = 4;  ///< NocBufferDepth of the `small` configuration
  static constexpr golden::Place kHere{7, 1, 1};

  explicit RouterBench(std::uint64_t seed = test::seed()) : sim_(seed) {
    idle();
    sim_->die_i = kHere.die;
    sim_->y_i = kHere.y;
    sim_->x_i = kHere.x;
    sim_->edge_i = 0;
  }

  Vrouter_tb& top() { return sim_.top(); }

  /// No packet, no credit, and nothing is taken.
  void idle() {
    sim_->link_valid_i = 0;
    sim_->credit_i = 0;
    sim_->inject_valid_i = 0;
    sim_->eject_ready_i = 0;
    sim_->write_i = 0;
  }

  /// The set that holds one port.
  static std::uint8_t set_of(noc::Port port) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(port)); }

  /// Writes an entry of the group table, of the routing table, and the routes in general; they count from the next
  /// cycle on.
  void write_group(unsigned group, const noc::GroupEntry& entry) { write(1, group, entry.pack()); }
  void write_route(const golden::Place& node, const noc::RouteEntry& entry) {
    write(4, 32 * node.y + node.x, entry.pack());
  }
  void write_exit(const noc::RouteExit& routes) { write(2, 0, routes.pack()); }

  /// A packet as it arrives here: its ports are those to take here.
  golden::Message message(const golden::Place& destination, noc::Class cls, std::uint32_t serial = 0) const {
    golden::Message m;
    m.header.cls = cls;
    m.header.ports = set_of(mesh.route(kHere, destination));
    m.header.addr = serial;
    m.header.dst_die = destination.die;
    m.header.dst_y = static_cast<std::uint8_t>(destination.y);
    m.header.dst_x = static_cast<std::uint8_t>(destination.x);
    for (unsigned i = 0; i < m.payload.size(); ++i) m.payload[i] = serial * 0x9E3779B9U + i;
    return m;
  }

  /// Puts a packet on an incoming link for this cycle.
  void arrive(unsigned link, const golden::Message& m) {
    sim_->link_valid_i |= 1U << link;
    store_packet(m, sim_->link_packet_i[link]);
  }

  /// Offers a packet of the node for this cycle.
  void inject(const golden::Message& m) {
    const auto cls = static_cast<unsigned>(m.header.cls);
    sim_->inject_valid_i |= 1U << cls;
    store_packet(m, sim_->inject_packet_i[cls]);
  }

  void reset() {
    idle();
    sim_.reset();
  }
  void settle() { sim_.settle(); }
  void cycle() { sim_.cycle(); }

  const golden::Mesh mesh{32, 32, kHere.die};

 private:
  void write(unsigned what, unsigned index, std::uint64_t data) {
    sim_->write_i = static_cast<std::uint8_t>(what);
    sim_->write_index_i = static_cast<std::uint16_t>(index);
    sim_->write_data_i = static_cast<std::uint32_t>(data);
    cycle();
    sim_->write_i = 0;
  }

  Sim<Vrouter_tb> sim_;
};

inline constexpr noc::Class kClasses[] = {noc::Class::Request, noc::Class::Response};

/// One destination behind each link, two hops or more away, so that the next hop has to be looked up.
inline const golden::Place kBehind[] = {{7, 0, 1}, {7, 9, 5}, {7, 6, 1}, {3, 0, 0}};
/// The node that the packet reaches over each link.
inline const golden::Place kNeighbour[] = {{7, 0, 1}, {7, 1, 2}, {7, 2, 1}, {7, 1, 0}};

/// Sends packets of a class to the east until its credits are used up.
inline void use_up_east(RouterBench& bench, noc::Class cls) {
  for (unsigned i = 0; i < RouterBench::kSlots; ++i) {
    bench.idle();
    bench.arrive(0, bench.message(kBehind[kEast], cls, i));
    bench.cycle();
  }
  bench.idle();
  for (unsigned i = 0; i < 5; ++i) bench.cycle();
}

/// A packet to the east with a stamp.
inline golden::Message stamped(const RouterBench& bench, noc::Class cls, std::uint32_t serial, unsigned stamp) {
  golden::Message m = bench.message(kBehind[kEast], cls, serial);
  m.header.stamp = static_cast<std::uint16_t>(stamp);
  return m;
}

/// Gives the east so many credits, one per cycle; the serial numbers of what leaves, in order.
inline std::vector<std::uint32_t> leave_east(RouterBench& bench, noc::Class cls, unsigned credits) {
  std::vector<std::uint32_t> left;
  for (unsigned cycle = 0; cycle < 30; ++cycle) {
    bench.idle();
    bench.top().credit_i = (cycle < credits) ? 1U << (2 * kEast + static_cast<unsigned>(cls)) : 0;
    bench.settle();
    if (bench.top().link_valid_o != 0) left.push_back(load_packet(bench.top().link_packet_o[kEast]).header.addr);
    bench.cycle();
  }
  return left;
}

}  // namespace tatami::test
