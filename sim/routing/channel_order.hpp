// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sim/routing/grid.hpp"

namespace tatami::routing {

/// Turns that packets take, straight on too, and an order of the channels in which each turn leads to a later one: as
/// long as there is such an order, packets cannot wait for each other in a circle. A turn that fits the order costs
/// nothing to test; for others the order is changed where it must be (Pearce and Kelly: A dynamic topological sort
/// algorithm for directed acyclic graphs, 2006).
class ChannelOrder {
 public:
  explicit ChannelOrder(const Grid& grid);

  bool has(unsigned channel, unsigned out) const { return turns_[channel] >> out & 1; }
  /// True when packets may go on from a channel into direction `out` as well; there must be a link.
  bool allows(unsigned channel, unsigned out);
  /// Adds the turn; false, and nothing changes, when it closes a circle.
  bool add(unsigned channel, unsigned out);

 private:
  unsigned to(unsigned channel, unsigned out) const {
    return kDirections * *grid_->neighbour(channel / kDirections, channel % kDirections) + out;
  }
  static std::uint8_t bit(unsigned out) { return static_cast<std::uint8_t>(1u << out); }
  bool closes_circle(unsigned channel, unsigned out);
  bool leads_back(unsigned from, unsigned to);
  void collect_before(unsigned channel, unsigned least);
  void reorder();

  const Grid* grid_;
  std::vector<std::uint8_t> turns_;       ///< by channel: bit = direction of the next
  std::vector<std::uint8_t> circles_;     ///< by channel: turns known to close a circle, which they do from then on
  std::vector<unsigned> position_;        ///< by channel, in the order
  std::vector<unsigned> after_, before_;  ///< the channels that a change of the order moves
  std::vector<std::uint8_t> seen_;
};

}  // namespace tatami::routing
