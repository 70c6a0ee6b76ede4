// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/diagnosis/history.hpp"
#include "sim/engine/mesh.hpp"

namespace tatami::diagnosis {

/// Who sent a packet: a node of the die, or the host.
struct Sender {
  bool host = false;
  NodeId node;
  friend auto operator<=>(const Sender&, const Sender&) = default;
};

/// "node (y 0, x 1)" or "the host".
std::string text_of(const Sender& sender);

/// Watches the packets that come over the links of nodes and are for them: who posts to which of their semaphores, and
/// who writes watched bytes. A node's packets to itself do not cross a link, and are not seen.
class Arrivals {
 public:
  /// Begins to watch; the mesh must not be stepped after this object has gone.
  explicit Arrivals(engine::Mesh& mesh);
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  void watch(NodeId node, Watch bytes) { watches_.push_back({node, bytes, std::nullopt}); }
  /// Posts to a node's semaphore so far, by sender.
  std::map<Sender, std::uint64_t> posts(NodeId node, unsigned semaphore) const;
  /// Who sent the last packet with bytes for the watched place.
  std::optional<Sender> last_writer(NodeId node) const;

 private:
  struct Place {
    NodeId node;
    Watch bytes;
    std::optional<Sender> writer;
  };
  void arrived(NodeId at, const engine::Packet& packet);

  std::vector<std::map<unsigned, std::map<Sender, std::uint64_t>>> posts_;  // by node, semaphore, sender
  std::vector<Place> watches_;
  unsigned cols_;
};

}  // namespace tatami::diagnosis
