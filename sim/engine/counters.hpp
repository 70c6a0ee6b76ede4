// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "isa.hpp"
#include "sim/engine/link.hpp"
#include "sim/engine/node_log.hpp"

namespace tatami::engine {

inline constexpr unsigned kMaxThreads = 4;  ///< a hart id has two bits for the thread

/// What one thread did.
struct ThreadCounters {
  std::uint64_t issued = 0;                            ///< cycles in which it issued
  std::array<std::uint64_t, isa::kCounters> counts{};  ///< performance counters, numbered as isa::Counter

  std::uint64_t operator[](isa::Counter counter) const { return counts[static_cast<std::size_t>(counter)]; }
  ThreadCounters& operator+=(const ThreadCounters& other) {
    issued += other.issued;
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
    return *this;
  }
  ThreadCounters& operator-=(const ThreadCounters& other) {
    issued -= other.issued;
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] -= other.counts[i];
    return *this;
  }
};

/// Of every port of a node's SRAM (loads 0 and 1, fetch, transfers out, stores, transfers in): cycles in which it held
/// back some word of the request that it serves.
using HeldCycles = std::array<std::uint64_t, kSramPorts>;

/// What one node did.
struct NodeCounters {
  std::uint64_t evaluated = 0;     ///< cycles in which the model was evaluated
  std::uint64_t core_cycles = 0;   ///< of these, with the core's clock running
  std::uint64_t retired = 0;       ///< instructions
  std::uint64_t matrix_steps = 0;  ///< retired matrix steps
  std::array<ThreadCounters, kMaxThreads> threads{};
  HeldCycles held{};
  std::array<std::array<std::uint64_t, kClasses>, kDirections> packets{};  ///< sent, by link and class

  NodeCounters operator-(const NodeCounters& before) const {
    NodeCounters d = *this;
    d.evaluated -= before.evaluated;
    d.core_cycles -= before.core_cycles;
    d.retired -= before.retired;
    d.matrix_steps -= before.matrix_steps;
    for (unsigned t = 0; t < kMaxThreads; ++t) d.threads[t] -= before.threads[t];
    for (unsigned p = 0; p < kSramPorts; ++p) d.held[p] -= before.held[p];
    for (unsigned l = 0; l < kDirections; ++l) {
      for (unsigned c = 0; c < kClasses; ++c) d.packets[l][c] -= before.packets[l][c];
    }
    return d;
  }
};

/// What a machine did: since reset, or as the difference of two points in time.
struct Counters {
  std::uint64_t cycles = 0;
  std::uint64_t host_packets = 0;   ///< sent by the host
  std::vector<NodeCounters> nodes;  ///< row by row

  std::uint64_t retired() const {
    return sum([](const NodeCounters& n) { return n.retired; });
  }
  std::uint64_t matrix_steps() const {
    return sum([](const NodeCounters& n) { return n.matrix_steps; });
  }
  /// Of all threads together.
  ThreadCounters threads() const {
    ThreadCounters total;
    for (const NodeCounters& node : nodes) {
      for (const ThreadCounters& thread : node.threads) total += thread;
    }
    return total;
  }
  std::uint64_t node_cycles() const {
    return sum([](const NodeCounters& n) { return n.evaluated; });
  }
  /// Packets over all links, with those that the host sent.
  std::uint64_t link_crossings() const { return packets(0) + packets(1) + host_packets; }
  /// Packets that crossed a link between nodes (or to the host), counted per link.
  std::uint64_t packets(unsigned cls) const {
    return sum([cls](const NodeCounters& n) {
      std::uint64_t total = 0;
      for (const auto& link : n.packets) total += link[cls];
      return total;
    });
  }

  Counters operator-(const Counters& before) const {
    Counters d = *this;
    d.cycles -= before.cycles;
    d.host_packets -= before.host_packets;
    for (std::size_t i = 0; i < nodes.size(); ++i) d.nodes[i] = nodes[i] - before.nodes[i];
    return d;
  }

 private:
  template <typename F>
  std::uint64_t sum(F value) const {
    std::uint64_t total = 0;
    for (const NodeCounters& node : nodes) total += value(node);
    return total;
  }
};

}  // namespace tatami::engine
