// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "sim/timeline/window.hpp"

namespace tatami::timeline {

/// A trace for the viewer Perfetto: processes with tracks that hold slices, instants and counters, and arrows between
/// them. A cycle is a nanosecond. What lies outside of the window is cut off or left out, and so are arrows of which an
/// end is left out.
class Perfetto {
 public:
  using Track = std::uint64_t;
  using Event = std::uint64_t;
  using Arguments = std::vector<std::pair<std::string, std::variant<std::uint64_t, std::string>>>;
  static constexpr Event kNone = 0;

  explicit Perfetto(const Window& window) : window_(window) {}

  Track process(unsigned pid, const std::string& name);
  /// Tracks of a process stand in the order of their ranks.
  Track track(Track process, const std::string& name, unsigned rank);
  Track counter(Track process, const std::string& name, const std::string& unit, unsigned rank);

  /// Slices of a track must nest: `depth` is how many are around it.
  Event begin(Track track, std::uint64_t cycle, std::string name, unsigned depth = 0, Arguments arguments = {});
  void end(Event slice, std::uint64_t cycle);
  void add(Event slice, std::string name, std::uint64_t value);
  Event instant(Track track, std::uint64_t cycle, std::string name);
  void count(Track track, std::uint64_t cycle, double value);
  void arrow(Event from, Event to);

  std::size_t size() const { return events_.size() + counts_.size(); }
  /// The file; slices that have not ended end at `cycle`.
  std::string bytes(std::uint64_t cycle) const;

 private:
  struct Item {
    Track track;
    std::uint64_t begin;
    std::uint64_t end;
    bool instant;
    unsigned depth;
    std::string name;
    Arguments arguments;
  };
  struct Count {
    Track track;
    std::uint64_t cycle;
    double value;
  };
  struct Flows {
    std::vector<std::uint64_t> begin, end;
  };

  Track describe(Track parent, const std::string& name, unsigned rank, const char* unit);
  std::unordered_map<Event, Flows> flows(std::uint64_t end) const;
  bool shown(const Item& item, std::uint64_t end) const;

  Window window_;
  std::vector<std::string> descriptors_;  ///< packets
  std::map<Event, Item> events_;
  std::vector<Count> counts_;
  std::vector<std::pair<Event, Event>> arrows_;
  Track tracks_ = 0;
  Event last_ = kNone;
};

}  // namespace tatami::timeline
