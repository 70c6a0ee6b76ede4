// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "noc.hpp"

namespace tatami::golden {

/// Position of a node; x is the column, y the row. The host and other dies are seen as positions of their own.
struct Place {
  std::uint32_t die = 0;
  unsigned y = 0;
  unsigned x = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::string to_string(const Place& place);

/// A packet as its sender and its receiver see it.
struct Message {
  noc::Header header;
  std::array<std::uint32_t, 16> payload{};

  Place source() const { return {header.src_die, header.src_y, header.src_x}; }
  Place destination() const { return {header.dst_die, header.dst_y, header.dst_x}; }
  unsigned group() const { return 32U * header.dst_y + header.dst_x; }  ///< of a cast
  friend bool operator==(const Message&, const Message&) = default;
};

/// A die of `rows` x `cols` nodes at the level of messages: which way a packet goes, how long an empty mesh takes, and
/// who receives what in which order. A cast is a packet for every member of a group.
class Mesh {
 public:
  Mesh(unsigned rows, unsigned cols, std::uint32_t die = 0) : rows_(rows), cols_(cols), die_(die) {}

  unsigned rows() const { return rows_; }
  unsigned cols() const { return cols_; }
  bool contains(const Place& place) const { return place.die == die_ && place.y < rows_ && place.x < cols_; }

  /// The port that a packet for `destination` leaves node `at` by: X first, then Y; what is not for this die goes to
  /// node (0,0) in the same way and leaves it westwards.
  noc::Port route(const Place& at, const Place& destination) const;

  /// The links that a packet takes from `source` (a node of the die) on, in order; empty for a loop back.
  std::vector<noc::Port> path(const Place& source, const Place& destination) const;

  /// Cycles from the handshake at `inject` until the packet is at `eject` in an otherwise empty mesh: one per hop, one
  /// to enter and one to leave.
  std::size_t latency(const Place& source, const Place& destination) const {
    return path(source, destination).size() + 2;
  }

  /// From now on casts to `group` are for these nodes.
  void define_group(unsigned group, const std::vector<Place>& members) { groups_[group] = members; }
  const std::vector<Place>& members(unsigned group) const { return groups_.at(group); }

  /// The ports that a cast takes at node `at`, to which it came travelling through port `in` of the node before (LOCAL:
  /// it begins here). X first, then Y: along the row of its source, and from there along the columns; where members lie
  /// in several directions, ways part.
  std::vector<noc::Port> cast_ports(const Place& at, noc::Port in, unsigned group) const;

  /// A message was handed to the mesh (by a node, or by the host at the edge).
  void send(const Message& message);

  /// A message came out at `at` (a node, or anywhere outside the die for the host's link). It must be the oldest one of
  /// its class under way from its source to its destination, which for a cast is a group with `at`, unchanged but for
  /// `ports` and `stamp`; otherwise the answer says what is wrong.
  std::optional<std::string> receive(const Place& at, const Message& message);

  /// Messages sent and not yet received; each copy of a cast is one.
  std::size_t in_flight() const { return in_flight_; }

 private:
  struct Stream {
    Place source;
    Place destination;
    noc::Class cls;
    bool cast;
    Place receiver;  // of a cast
    friend auto operator<=>(const Stream&, const Stream&) = default;
  };

  unsigned rows_;
  unsigned cols_;
  std::uint32_t die_;
  bool is_cast(const Message& message) const { return message.header.cast && message.header.dst_die == die_; }

  std::map<unsigned, std::vector<Place>> groups_;
  std::map<Stream, std::deque<Message>> streams_;
  std::size_t in_flight_ = 0;
};

}  // namespace tatami::golden
