// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sim/diagnosis/history.hpp"
#include "sim/diagnosis/posts.hpp"
#include "sim/engine/mesh.hpp"

namespace tatami::diagnosis {

/// Watches what comes to the nodes of a mesh, of flavour `check`: who posts to which of their semaphores, and whose
/// packets over the links write watched bytes. A node's packets to itself do not cross a link, and their writes are not
/// seen.
class Arrivals {
 public:
  /// Begins to watch; the mesh must not be stepped after this object has gone.
  explicit Arrivals(engine::Mesh& mesh);
  ~Arrivals();
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;

  void watch(NodeId node, Watch bytes) { watches_.push_back({node, bytes, std::nullopt}); }
  /// Posts to a node's semaphore so far, by sender.
  std::map<Sender, std::uint64_t> posts(NodeId node, unsigned semaphore) const {
    return posts_.at(mesh_.index(node)).of(semaphore);
  }
  /// Who sent the last packet with bytes for the watched place.
  std::optional<Sender> last_writer(NodeId node) const;

 private:
  struct Place {
    NodeId node;
    Watch bytes;
    std::optional<Sender> writer;
  };
  void arrived(NodeId at, const engine::Packet& packet);

  engine::Mesh& mesh_;
  std::map<unsigned, Posts> posts_;  // by live node
  std::vector<Place> watches_;
};

}  // namespace tatami::diagnosis
