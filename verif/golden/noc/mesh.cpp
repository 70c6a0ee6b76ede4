// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "verif/golden/noc/mesh.hpp"

#include <fmt/core.h>

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

void Mesh::send(const Message& message) {
  streams_[{message.source(), message.destination(), message.header.cls}].push_back(message);
  ++in_flight_;
}

std::optional<std::string> Mesh::receive(const Place& at, const Message& message) {
  const auto describe = [&] {
    return fmt::format("class {} packet {} -> {} addr {:#x}", static_cast<unsigned>(message.header.cls),
                       to_string(message.source()), to_string(message.destination()), message.header.addr);
  };
  const Place destination = message.destination();
  const bool right_place = contains(at) ? at == destination : !contains(destination);
  if (!right_place) return fmt::format("{} came out at {}", describe(), to_string(at));
  const auto stream = streams_.find({message.source(), destination, message.header.cls});
  if (stream == streams_.end() || stream->second.empty())
    return fmt::format("{} was not sent, or came twice", describe());
  Message expected = stream->second.front();
  expected.header.port = message.header.port;
  expected.header.stamp = message.header.stamp;
  if (!(expected == message)) {
    return fmt::format("{} is out of order or changed: expected addr {:#x}", describe(), expected.header.addr);
  }
  stream->second.pop_front();
  --in_flight_;
  return std::nullopt;
}

}  // namespace tatami::golden
