// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "noc.hpp"
#include "sim/runtime/device.hpp"

namespace tatami {

/// A block of rows in some SRAM.
struct Rows {
  std::uint64_t address = 0;
  std::uint64_t pitch = 0;
};

/// Collects a node's transfer descriptors. Each of them posts the same semaphore of the node, so that the program waits
/// for as many posts as there are descriptors. Neighbouring transfers that continue each other become one.
class TransferList {
 public:
  TransferList(NodeId self, unsigned semaphore) : self_(self), semaphore_(semaphore) {}

  /// Fills `rows` rows of `row_bytes` with zeros.
  void zero(const Rows& to, std::uint64_t rows, std::uint64_t row_bytes);
  /// Copies from another node, or from this one.
  void fetch(NodeId from_node, const Rows& from, const Rows& to, std::uint64_t rows, std::uint64_t row_bytes);

  const std::vector<noc::Descriptor>& descriptors() const { return list_; }
  /// Payload bytes that the list moves.
  std::uint64_t bytes() const;

 private:
  void append(const noc::Descriptor& descriptor);

  NodeId self_;
  unsigned semaphore_;
  std::vector<noc::Descriptor> list_;
};

}  // namespace tatami
