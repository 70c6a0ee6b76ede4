// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sim/engine/link.hpp"

namespace tatami::engine {

/// What is at the far end of a link over the die's edge: the host, or whatever else the mesh is given (Mesh::attach).
/// Like a node, its outputs of a cycle depend only on what it saw in earlier cycles.
class EdgePort {
 public:
  /// What it drives in one cycle.
  struct Output {
    bool valid = false;
    Packet packet;            ///< with no ports: the node at the edge routes what enters the die
    std::uint8_t credit = 0;  ///< bit = class
  };

  virtual ~EdgePort() = default;
  /// One cycle: takes what the link shows in this cycle and decides what it shows in the next one.
  virtual void cycle(bool valid_in, const std::uint32_t* packet_in, std::uint8_t credit_in) = 0;
  /// Nothing to send, and nothing on the wires of this side.
  virtual bool idle() const = 0;
  const Output& output() const { return output_; }

 protected:
  Output output_;
};

}  // namespace tatami::engine
