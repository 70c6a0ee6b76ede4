// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/routing/cast_trees.hpp"

#include <algorithm>

namespace tatami::routing {
namespace {

constexpr unsigned kNone = ~0u;
constexpr std::size_t kNewTurn = 2;  // links that a turn which nobody took before counts for

/// Members, by their place in the list.
class Members {
 public:
  explicit Members(std::size_t count) : words_((count + 63) / 64) {}
  void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << i % 64; }
  bool has(std::size_t i) const { return words_[i / 64] >> i % 64 & 1; }
  bool empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t w) { return w == 0; });
  }
  std::size_t count() const {
    std::size_t sum = 0;
    for (const std::uint64_t w : words_) sum += static_cast<std::size_t>(__builtin_popcountll(w));
    return sum;
  }
  bool within(const Members& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }
  void add(const Members& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  void remove(const Members& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// Grows the trees of a group. A point is a channel of the tree, or `begin_`: the source itself.
class Trees {
 public:
  Trees(const Grid& grid, ChannelOrder& order, const std::vector<unsigned>& members)
      : grid_(grid),
        order_(order),
        members_(members),
        begin_(grid.channels()),
        place_(grid.size(), kNone),
        ways_(std::size_t{grid.size()} * Tables::kIns),
        behind_(grid.channels(), Members(members.size())),
        parent_(grid.channels() + 1, kNone),
        seen_(grid.channels() + 1, kNone) {
    for (unsigned i = 0; i < members.size(); ++i) place_[members[i]] = i;
  }

  std::optional<GroupWays> grow() {
    for (unsigned i = 0; i < members_.size(); ++i) {
      if (!grow_from(i)) return std::nullopt;
    }
    return std::move(ways_);
  }

 private:
  /// A channel that packets can go into, and the point before it.
  struct Step {
    unsigned channel;
    unsigned from;
  };
  struct Target {
    unsigned channel = kNone;
    unsigned from = kNone;  ///< the point before it
    Members gain;
  };

  unsigned node_at(unsigned point) const {
    return point == begin_ ? source_ : *grid_.neighbour(point / kDirections, point % kDirections);
  }
  unsigned in_at(unsigned point) const { return point == begin_ ? Tables::kBegins : point % kDirections; }
  Ways& ways(unsigned point) { return ways_[std::size_t{node_at(point)} * Tables::kIns + in_at(point)]; }

  bool grow_from(unsigned place) {
    source_ = members_[place];
    Members lacking(members_.size());
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (i != place) lacking.add(i);
    }
    tree_.assign(1, begin_);
    ways(begin_) = 1u << Tables::kHere;
    while (!lacking.empty()) {
      const Target target = nearest(lacking);
      if (target.channel == kNone) return false;
      if (!take_turns(target)) continue;  // together they close a circle; the last one is not allowed any more
      attach(target);
      lacking.remove(target.gain);
    }
    return true;
  }

  /// What a channel leads to from the tree: the members behind one that has its place in some tree, the member at the
  /// end of a new one.
  std::optional<Members> gain_of(unsigned channel, const Members& lacking) const {
    if (!behind_[channel].empty()) {
      return behind_[channel].within(lacking) ? std::optional(behind_[channel]) : std::nullopt;
    }
    const unsigned member = place_[node_at(channel)];
    if (member == kNone || !lacking.has(member)) return std::nullopt;
    Members one(members_.size());
    one.add(member);
    return one;
  }

  /// The nearest channel outside the tree that brings members which are lacking; of several, the one that brings most.
  /// A new turn is as far as some links, as it may keep others from theirs.
  Target nearest(const Members& lacking) {
    ++search_;
    Target best{.gain = Members(members_.size())};
    std::vector<std::vector<Step>> steps(1);  // by distance
    for (const unsigned point : tree_) seen_[point] = search_;
    for (const unsigned point : tree_) look_on(point, 0, steps);
    for (std::size_t distance = 1; distance < steps.size() && best.channel == kNone; ++distance) {
      for (std::size_t i = 0; i < steps[distance].size(); ++i) {
        const auto [channel, from] = steps[distance][i];
        if (seen_[channel] == search_) continue;
        if (from != begin_ && !order_.allows(from, channel % kDirections)) continue;
        seen_[channel] = search_;
        if (auto gain = gain_of(channel, lacking)) {
          if (gain->count() > best.gain.count()) best = {channel, from, std::move(*gain)};
        }
        if (!behind_[channel].empty()) continue;
        parent_[channel] = from;
        look_on(channel, distance, steps);
      }
    }
    return best;
  }

  /// Notes where a packet could go on from a point that is so far away; whether a new turn is allowed is looked at when
  /// it is taken, because most are not needed.
  void look_on(unsigned point, std::size_t distance, std::vector<std::vector<Step>>& steps) {
    const unsigned node = node_at(point), in = in_at(point);
    for (unsigned out = 0; out < kDirections; ++out) {
      const unsigned channel = kDirections * node + out;
      if (!grid_.neighbour(node, out) || seen_[channel] == search_) continue;
      std::size_t to = distance + 1;
      if (in != Tables::kBegins && !order_.has(point, out)) {
        if (out == opposite(in)) continue;
        to += kNewTurn;
      }
      if (steps.size() <= to) steps.resize(to + 1);
      steps[to].push_back({channel, point});
    }
  }

  /// Adds the turns of the way to a target; false at the first that closes a circle.
  bool take_turns(const Target& target) {
    unsigned channel = target.channel;
    for (unsigned point = target.from; point != begin_; point = parent_[point]) {
      if (!order_.add(point, channel % kDirections)) return false;
      channel = point;
    }
    return true;
  }

  void attach(const Target& target) {
    if (behind_[target.channel].empty()) {  // a new channel, at whose end a member takes its copy
      parent_[target.channel] = target.from;
      tree_.push_back(target.channel);
      behind_[target.channel] = target.gain;
      ways(target.channel) |= 1u << Tables::kHere;
    }
    unsigned channel = target.channel;
    for (unsigned point = target.from;; point = parent_[point]) {
      ways(point) |= static_cast<Ways>(1u << channel % kDirections);
      if (point == begin_) return;
      if (behind_[point].empty()) tree_.push_back(point);
      behind_[point].add(target.gain);
      channel = point;
    }
  }

  const Grid& grid_;
  ChannelOrder& order_;
  const std::vector<unsigned>& members_;
  const unsigned begin_;
  unsigned source_ = 0;
  std::vector<unsigned> place_;  ///< of each node in the list of members
  GroupWays ways_;
  std::vector<Members> behind_;   ///< by channel: whom a copy in it reaches; empty: no tree has it
  std::vector<unsigned> parent_;  ///< by channel: the point before it
  std::vector<unsigned> tree_;    ///< points of the tree that grows
  std::vector<unsigned> seen_;    ///< by point: the last search that came there
  unsigned search_ = 0;
};

}  // namespace

std::optional<GroupWays> grow_trees(const Grid& grid, ChannelOrder& order, const std::vector<unsigned>& members) {
  return Trees(grid, order, members).grow();
}

}  // namespace tatami::routing
