// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Tensors: in the host's memory, and resident in the SRAMs of a mesh.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/runtime/data_type.hpp"
#include "sim/runtime/device.hpp"

namespace tatami {

/// Extents, outermost dimension first.
using Shape = std::vector<std::size_t>;

/// Number of elements.
std::size_t volume(const Shape& shape);

/// As text: 2x3x4.
std::string to_string(const Shape& shape);

/// A tensor in the host's memory: codes in row-major order, one per word.
struct HostTensor {
  Shape shape;
  DataType type = DataType::Fp32;
  std::vector<std::uint32_t> bits;

  /// The value of element `i` of a BF16 or FP32 tensor, exactly.
  double value(std::size_t i) const;
  /// The codes of a tensor whose elements have at most 16 bits.
  std::vector<std::uint16_t> codes() const;
};

/// Indices begin <= i < end of one dimension.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool contains(std::size_t i) const { return begin <= i && i < end; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// What two ranges share; empty (0, 0) when nothing.
Range intersect(const Range& a, const Range& b);

/// Part `index` of [0, count) cut into `parts` runs of whole units, as even as possible; the last unit may be short.
Range split(std::size_t count, std::size_t unit, std::size_t parts, std::size_t index);

/// The part of a resident tensor that one node holds. Element (i, j, ...) of the tensor, inside `box`, lies at
/// base + sum of (i - box[d].begin) * pitches[d]; the innermost pitch is the element size.
struct Shard {
  NodeId node;
  std::vector<Range> box;
  std::uint64_t base = 0;
  std::vector<std::uint64_t> pitches;
  std::uint64_t before = 0;  ///< bytes before the base and behind the end that belong to it and stay zero
  std::uint64_t after = 0;

  /// Address of an element of the box.
  std::uint64_t address(const std::vector<std::size_t>& index) const;
  /// Bytes from the base to the end of the last innermost row, including its padding.
  std::uint64_t footprint() const;
};

/// A tensor that lies in SRAM, cut into shards that do not overlap and together hold every element.
struct Tensor {
  std::string name;
  Shape shape;
  DataType type = DataType::Bf16;
  std::vector<Shard> shards;
};

/// Writes a host tensor of the same shape and type into the shards, and zeros into their padding and around them.
/// Throws std::invalid_argument when shape or type differ.
void upload(Device& device, const Tensor& tensor, const HostTensor& host);

/// Reads the shards back.
HostTensor download(Device& device, const Tensor& tensor);

/// The shard that holds an element. Throws std::out_of_range when none does.
const Shard& holder(const Tensor& tensor, const std::vector<std::size_t>& index);

/// The index of element `i` in row-major order.
std::vector<std::size_t> unravel(const Shape& shape, std::size_t i);

}  // namespace tatami
