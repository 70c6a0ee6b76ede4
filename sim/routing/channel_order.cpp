// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/channel_order.hpp"

#include <algorithm>
#include <numeric>

namespace tatami::routing {

ChannelOrder::ChannelOrder(const Grid& grid)
    : grid_(&grid),
      turns_(grid.channels()),
      circles_(grid.channels()),
      position_(grid.channels()),
      seen_(grid.channels()) {
  std::iota(position_.begin(), position_.end(), 0u);
}

/// True when `to` can be reached from `from`; then after_ is of no use. Else it holds what can be reached, up to the
/// position of `to`.
bool ChannelOrder::leads_back(unsigned from, unsigned to) {
  after_.assign(1, from);
  seen_[from] = 1;
  bool found = false;
  for (std::size_t i = 0; i < after_.size() && !found; ++i) {
    const unsigned turns = turns_[after_[i]];
    if (turns == 0) continue;
    const unsigned first = this->to(after_[i], 0);
    for (unsigned out = 0; out < kDirections; ++out) {
      const unsigned next = first + out;
      if ((turns >> out & 1) == 0 || seen_[next] || position_[next] > position_[to]) continue;
      found |= next == to;
      seen_[next] = 1;
      after_.push_back(next);
    }
  }
  for (const unsigned channel : after_) seen_[channel] = 0;
  return found;
}

/// Collects the channels from which `channel` can be reached, down to a position.
void ChannelOrder::collect_before(unsigned channel, unsigned least) {
  before_.assign(1, channel);
  seen_[channel] = 1;
  for (std::size_t i = 0; i < before_.size(); ++i) {
    const unsigned node = before_[i] / kDirections, out = before_[i] % kDirections;
    for (unsigned in = 0; in < kDirections; ++in) {
      const auto from = grid_->neighbour(node, opposite(in));
      if (!from) continue;
      const unsigned before = kDirections * *from + in;
      if (!has(before, out) || seen_[before] || position_[before] < least) continue;
      seen_[before] = 1;
      before_.push_back(before);
    }
  }
  for (const unsigned before : before_) seen_[before] = 0;
}

/// Gives the channels of `before_` and `after_` their positions anew: those of `before_` first, each in its old order.
void ChannelOrder::reorder() {
  const auto by_position = [&](unsigned a, unsigned b) { return position_[a] < position_[b]; };
  std::ranges::sort(before_, by_position);
  std::ranges::sort(after_, by_position);
  before_.insert(before_.end(), after_.begin(), after_.end());
  std::vector<unsigned> positions;
  for (const unsigned channel : before_) positions.push_back(position_[channel]);
  std::ranges::sort(positions);
  for (std::size_t i = 0; i < before_.size(); ++i) position_[before_[i]] = positions[i];
}

bool ChannelOrder::closes_circle(unsigned channel, unsigned out) {
  const unsigned next = to(channel, out);
  if (position_[channel] < position_[next]) return false;
  if ((circles_[channel] >> out & 1) == 0 && leads_back(next, channel)) circles_[channel] |= bit(out);
  return circles_[channel] >> out & 1;
}

bool ChannelOrder::allows(unsigned channel, unsigned out) { return has(channel, out) || !closes_circle(channel, out); }

bool ChannelOrder::add(unsigned channel, unsigned out) {
  if (has(channel, out)) return true;
  if (closes_circle(channel, out)) return false;
  const unsigned next = to(channel, out);
  if (position_[channel] > position_[next]) {  // then after_ holds what follows
    collect_before(channel, position_[next]);
    reorder();
  }
  turns_[channel] |= bit(out);
  return true;
}

}  // namespace tatami::routing
