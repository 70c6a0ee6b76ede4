// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "verif/golden/noc/mesh.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace tatami::golden {

std::string to_string(const Place& place) {
  return fmt::format("(die {:#x}, y {}, x {})", place.die, place.y, place.x);
}

noc::Port Mesh::route(const Place& at, const Place& destination) const {
  const bool here = destination.die == die_;
  const unsigned x = here ? destination.x : 0;
  const unsigned y = here ? destination.y : 0;
  if (x != at.x) return x > at.x ? noc::Port::East : noc::Port::West;
  if (y != at.y) return y > at.y ? noc::Port::South : noc::Port::North;
  return here ? noc::Port::Local : noc::Port::West;
}

std::vector<noc::Port> Mesh::path(const Place& source, const Place& destination) const {
  std::vector<noc::Port> links;
  Place at = source;
  while (contains(at)) {
    const noc::Port port = route(at, destination);
    if (port == noc::Port::Local) break;
    links.push_back(port);
    switch (port) {
      case noc::Port::North: --at.y; break;
      case noc::Port::South: ++at.y; break;
      case noc::Port::East: ++at.x; break;
      default:
        --at.x;  // wraps beyond the edge, which ends the walk
        break;
    }
  }
  return links;
}

std::vector<noc::Port> Mesh::cast_ports(const Place& at, noc::Port in, unsigned group) const {
  const std::vector<Place>& group_members = groups_.at(group);
  const auto any = [&](auto&& is) { return std::any_of(group_members.begin(), group_members.end(), is); };
  const bool along_row = in == noc::Port::Local || in == noc::Port::East || in == noc::Port::West;
  std::vector<noc::Port> ports;
  if (any([&](const Place& m) { return m == at; })) ports.push_back(noc::Port::Local);
  if (in != noc::Port::South && any([&](const Place& m) { return m.x == at.x && m.y < at.y; }))
    ports.push_back(noc::Port::North);
  if (along_row && in != noc::Port::West && any([&](const Place& m) { return m.x > at.x; }))
    ports.push_back(noc::Port::East);
  if (in != noc::Port::North && any([&](const Place& m) { return m.x == at.x && m.y > at.y; }))
    ports.push_back(noc::Port::South);
  if (along_row && in != noc::Port::East && any([&](const Place& m) { return m.x < at.x; }))
    ports.push_back(noc::Port::West);
  return ports;
}

void Mesh::send(const Message& message) {
  const Place source = message.source(), destination = message.destination();
  const noc::Class cls = message.header.cls;
  if (!is_cast(message)) {
    streams_[{source, destination, cls, false, {}}].push_back(message);
    ++in_flight_;
    return;
  }
  for (const Place& member : groups_.at(message.group())) {
    streams_[{source, destination, cls, true, member}].push_back(message);
    ++in_flight_;
  }
}

std::optional<std::string> Mesh::receive(const Place& at, const Message& message) {
  const auto describe = [&] {
    return fmt::format("class {} {} {} -> {} addr {:#x}", static_cast<unsigned>(message.header.cls),
                       message.header.cast ? "cast" : "packet", to_string(message.source()),
                       to_string(message.destination()), message.header.addr);
  };
  const Place destination = message.destination();
  const bool cast = is_cast(message);
  const bool right_place = cast || (contains(at) ? at == destination : !contains(destination));
  if (!right_place) return fmt::format("{} came out at {}", describe(), to_string(at));
  const auto stream = streams_.find({message.source(), destination, message.header.cls, cast, cast ? at : Place{}});
  if (stream == streams_.end() || stream->second.empty())
    return fmt::format("{} was not sent, or came twice, or is not for {}", describe(), to_string(at));
  Message expected = stream->second.front();
  expected.header.ports = message.header.ports;
  expected.header.stamp = message.header.stamp;
  if (!(expected == message)) {
    return fmt::format("{} is out of order or changed: expected addr {:#x}", describe(), expected.header.addr);
  }
  stream->second.pop_front();
  --in_flight_;
  return std::nullopt;
}

}  // namespace tatami::golden
