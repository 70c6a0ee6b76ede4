// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "noc.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::engine {

/// A node of some die.
struct DieNode {
  std::uint32_t die = 0;
  NodeId node;
};

/// A wrong word of SRAM and who met it.
struct WordPlace {
  std::uint64_t address = 0;
  unsigned bank = 0;
  unsigned column = 0;
  unsigned port = 0;
};

/// What a node's SRAM has met of wrong words since reset, or since software wrote the counters.
struct MemoryErrors {
  std::uint64_t fixed = 0;  ///< words whose single-bit error was put right
  WordPlace fixed_at;       ///< the last of them; its port is not known
  std::uint64_t lost = 0;   ///< accesses to words that cannot be put right
  WordPlace lost_at;        ///< the first of them
};

/// What a node has recorded since reset of errors that no thread owns: of each kind the first.
struct NodeErrors {
  struct Overflow {
    unsigned semaphore = 0;
    DieNode source;  ///< who posted
  };
  struct Lost {
    bool cast = false;
    DieNode destination;  ///< its coordinates hold a cast's group
  };
  std::optional<noc::Header> malformed;  ///< a packet that was dropped at its destination
  std::optional<Overflow> overflow;
  bool uncorrectable = false;  ///< some access met a word of SRAM that cannot be put right
  MemoryErrors memory;
  std::optional<DieNode> get_fault;  ///< who asked for what is illegal, or cannot be read
  std::optional<Lost> lost;          ///< a packet that was dropped where it entered, because no route leads on
};

/// A sentence for each error: which node, what, and who.
std::vector<std::string> sentences(NodeId self, const NodeErrors& errors);

/// A sentence about the words that were put right; nothing when there are none.
std::optional<std::string> repairs(NodeId self, const MemoryErrors& memory);

}  // namespace tatami::engine
