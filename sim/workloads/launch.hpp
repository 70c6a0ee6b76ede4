// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/runtime/tensor.hpp"
#include "sim/workloads/partition.hpp"
#include "sim/workloads/send_list.hpp"

namespace tatami {

/// Bytes to write into a node before it starts.
struct Image {
  std::uint64_t address = 0;
  std::vector<std::uint8_t> bytes;
};

/// A node's part of a launch.
struct NodeProgram {
  NodeId node;
  std::vector<Image> images;
  std::uint64_t entry = 0;
  std::vector<SendList> lists = {};  ///< transfer lists that are written when the machine's groups are known
};

/// One operation over resident tensors: the programs of the nodes that take part.
struct Launch {
  std::string op;   ///< matmul or conv
  ConvShape shape;  ///< matmul: batch 1, height 1, width m, in_channels k, out_channels n, kernel 1x1
  Tensor output;
  std::vector<NodeProgram> nodes;     ///< thread 0 of each is started at its entry, in this order
  std::uint64_t macs = 0;             ///< useful multiply-accumulates: without padding of shapes, with padding pixels
  std::uint64_t bytes_moved = 0;      ///< payload of all transfers
  std::uint64_t transfers = 0;        ///< descriptors
  std::uint64_t expected_cycles = 0;  ///< a rough guess, for progress bars
};

}  // namespace tatami
