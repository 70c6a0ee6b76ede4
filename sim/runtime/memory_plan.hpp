// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "sim/runtime/mesh.hpp"

namespace tatami {

/// A node's SRAM is full.
class CapacityError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Hands out the SRAM of every node of a die, lowest address first. What is allocated between `mark` and `release` is
/// handed out again; the rest stays.
class MemoryPlan {
 public:
  static constexpr std::uint64_t kAlignment = 128;  ///< two lines, see plane_pitch

  /// `reserved` bytes from address 0 are in use on every node; beyond `capacity` CapacityError is thrown.
  MemoryPlan(std::uint64_t reserved, std::uint64_t capacity)
      : capacity_(capacity), next_(kNodes, reserved), peak_(kNodes, reserved) {}

  std::uint64_t allocate(NodeId node, std::uint64_t bytes) {
    std::uint64_t& next = next_[index(node)];
    const std::uint64_t address = (next + kAlignment - 1) / kAlignment * kAlignment;
    touch(node, address + bytes);
    next = address + bytes;
    return address;
  }

  /// The same address on every node.
  std::uint64_t allocate_everywhere(std::uint64_t bytes) {
    const std::uint64_t address = capacity_ - available();
    check(address + bytes);
    for (std::uint64_t& next : next_) next = address + bytes;
    for (std::uint64_t& peak : peak_) peak = std::max(peak, address + bytes);
    return address;
  }

  /// Bytes that `allocate_everywhere` can hand out.
  std::uint64_t available() const {
    const std::uint64_t next = *std::max_element(next_.begin(), next_.end());
    return capacity_ - std::min(capacity_, (next + kAlignment - 1) / kAlignment * kAlignment);
  }
  bool limited() const { return capacity_ != std::numeric_limits<std::uint64_t>::max(); }

  /// Says that addresses up to `end` are read (rows of a tile beyond the tensor), so that they must exist.
  void touch(NodeId node, std::uint64_t end) {
    check(end);
    std::uint64_t& peak = peak_[index(node)];
    peak = std::max(peak, end);
  }

  std::vector<std::uint64_t> mark() const { return next_; }
  void release(const std::vector<std::uint64_t>& mark) { next_ = mark; }

  /// Most bytes that any node has had in use.
  std::uint64_t peak() const { return *std::max_element(peak_.begin(), peak_.end()); }

 private:
  static constexpr std::size_t kNodes = Mesh::kMaxSide * Mesh::kMaxSide;
  static std::size_t index(NodeId node) { return std::size_t{node.y} * Mesh::kMaxSide + node.x; }

  void check(std::uint64_t end) const {
    if (end > capacity_) throw CapacityError("a node needs more SRAM than it has");
  }

  std::uint64_t capacity_;
  std::vector<std::uint64_t> next_;
  std::vector<std::uint64_t> peak_;
};

}  // namespace tatami
