// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "sim/engine/timeline_log.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::diagnosis {

/// Who sent a packet or posted: a node of the die, or the host.
struct Sender {
  bool host = false;
  NodeId node;
  friend auto operator<=>(const Sender&, const Sender&) = default;
};

Sender sender_of(const noc::Header& header);

/// "node (y 0, x 1)" or "the host".
std::string text_of(const Sender& sender);

/// Who posts to a node's semaphores: packets that come, also its own, and its threads. It hears them from a model of
/// flavour `check`.
class Posts : public engine::TimelineLog {
 public:
  explicit Posts(NodeId node) : node_(node) {}

  /// What a semaphore was given so far, by sender.
  std::map<Sender, std::uint64_t> of(unsigned semaphore) const;

  void arrive(const noc::Header& header) override;
  void post(unsigned semaphore, unsigned count, bool from_mesh) override;

 private:
  NodeId node_;
  std::deque<std::pair<unsigned, Sender>> arrived_;  // that will post to this semaphore, in this order
  std::map<unsigned, std::map<Sender, std::uint64_t>> posts_;
};

}  // namespace tatami::diagnosis
