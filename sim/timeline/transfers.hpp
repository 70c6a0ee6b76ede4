// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <tuple>
#include <vector>

#include "sim/engine/timeline_log.hpp"
#include "sim/runtime/device.hpp"
#include "sim/timeline/perfetto.hpp"

namespace tatami::timeline {

/// Transfers of a machine: a slice from the first to the last packet of a descriptor where it leaves, one from the
/// first to the last where it arrives, and arrows from each to what it leads to: from a put, zeros or a get to every
/// arrival, and from the arrival of a get to the transfer that answers it.
///
/// Packets of one node, class and destination arrive in the order in which they leave. One that is lost on the way (its
/// destination is dead) is passed over.
class Transfers {
 public:
  explicit Transfers(Perfetto& trace) : trace_(trace) {}

  /// Shows the transfers of a node.
  void show(NodeId node, Perfetto::Track process);

  void walk(NodeId node, const engine::WalkedPacket& packet);
  void send(NodeId node, unsigned context, const noc::Header& header, std::uint64_t time);
  void arrive(NodeId node, const noc::Header& header, std::uint64_t time);
  /// The mesh posts: the arrival that brought the post; none when it was the host's.
  Perfetto::Event posted(NodeId node, unsigned semaphore);

 private:
  using Way = std::tuple<NodeId, noc::Class, bool, NodeId>;  ///< source, class, cast, destination or group

  struct Sent {
    std::size_t number;  ///< counts the packets of a way
    std::uint32_t address;
    Perfetto::Event slice;
    bool last;
    std::uint32_t get_dst;
  };
  struct Context {
    std::deque<engine::WalkedPacket> walked;
    Perfetto::Event slice = Perfetto::kNone;
    bool open = false;
    std::uint64_t packets = 0, bytes = 0;
  };
  struct Arrival {
    bool open = false;
    Perfetto::Event slice = Perfetto::kNone;
    std::uint64_t packets = 0, bytes = 0;
  };
  /// A get that has arrived and waits for its answer.
  struct Asked {
    NodeId node;
    std::uint32_t address;
    Perfetto::Event arrival;
  };
  struct Node {
    bool shown = false;
    Perfetto::Track process = 0;
    std::array<Perfetto::Track, 2> contexts{};
    std::map<std::pair<NodeId, noc::Class>, Perfetto::Track> arrivals;  ///< by source
    std::deque<Asked> asked;
    std::deque<std::pair<unsigned, Perfetto::Event>> posts;  ///< that have arrived: semaphore, arrival
  };

  Perfetto::Event open(NodeId node, unsigned context, const engine::WalkedPacket& packet, const noc::Header& header,
                       std::uint64_t time);
  Perfetto::Track arrival_track(Node& node, NodeId source, noc::Class cls);
  const Sent* match(NodeId node, const Way& way, const noc::Header& header);

  Perfetto& trace_;
  std::map<NodeId, Node> nodes_;
  std::map<std::pair<NodeId, unsigned>, Context> contexts_;
  std::map<Way, std::deque<Sent>> sent_;
  std::map<Way, std::size_t> count_;                    ///< packets sent
  std::map<std::pair<Way, NodeId>, std::size_t> next_;  ///< number of the packet that arrives next
  std::map<std::pair<Way, NodeId>, Arrival> arriving_;
};

}  // namespace tatami::timeline
