// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
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
    next = address + bytes;
    touch(node, next);
    return address;
  }

  /// Says that addresses up to `end` are read (rows of a tile beyond the tensor), so that they must exist.
  void touch(NodeId node, std::uint64_t end) {
    std::uint64_t& peak = peak_[index(node)];
    peak = std::max(peak, end);
    if (peak > capacity_) throw CapacityError("a node needs more SRAM than it has");
  }

  std::vector<std::uint64_t> mark() const { return next_; }
  void release(const std::vector<std::uint64_t>& mark) { next_ = mark; }

  /// Most bytes that any node has had in use.
  std::uint64_t peak() const { return *std::max_element(peak_.begin(), peak_.end()); }

 private:
  static constexpr std::size_t kNodes = Mesh::kMaxSide * Mesh::kMaxSide;
  static std::size_t index(NodeId node) { return std::size_t{node.y} * Mesh::kMaxSide + node.x; }

  std::uint64_t capacity_;
  std::vector<std::uint64_t> next_;
  std::vector<std::uint64_t> peak_;
};

}  // namespace tatami
