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
  bool uncorrectable = false;        ///< a word of SRAM that could not be corrected was read
  std::optional<DieNode> get_fault;  ///< who asked for what is illegal, or cannot be read
  std::optional<Lost> lost;          ///< a packet that was dropped where it entered, because no route leads on
};

/// A sentence for each error: which node, what, and who.
std::vector<std::string> sentences(NodeId self, const NodeErrors& errors);

}  // namespace tatami::engine
