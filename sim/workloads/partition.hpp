// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which node holds and computes what. Everything follows from the shape, the configuration and the mesh.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/memory_plan.hpp"
#include "sim/runtime/mesh.hpp"
#include "sim/runtime/tensor.hpp"
#include "verif/golden/ops/conv.hpp"

namespace tatami {

using golden::ConvShape;

constexpr std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

/// Output lines [lines) and pixels [pixels) of one image.
struct Segment {
  std::size_t image = 0;
  Range lines;
  Range pixels;
};

/// Places and partitions the tensors of convolutions on one mesh.
///
/// Output: lines (image, p), or the pixels of the only line in units of a row tile, over mesh rows; channels, in units
/// of a column tile, over mesh columns. Input [image][line][pixel][channel]: lines, or pixels of the only line, over
/// mesh rows; channels over mesh columns. Weights, the matrix [(r, s, channel padded to 4)][output channel]: rows over
/// mesh rows, columns as the output channels. So every node computes its own part of the output, and lacks input
/// channels that its mesh row has, weight rows that its mesh column has, and lines around its own.
class Partition {
 public:
  Partition(const Config& config, Mesh mesh) : config_(config), mesh_(mesh) {}

  const Config& config() const { return config_; }
  const Mesh& mesh() const { return mesh_; }

  /// Output lines and pixels of the nodes of mesh row `y`, one segment per image.
  std::vector<Segment> segments(const ConvShape& shape, unsigned y) const;
  /// Output channels of the nodes of mesh column `x`.
  Range channels(const ConvShape& shape, unsigned x) const;

  Tensor place_input(MemoryPlan& memory, const std::string& name, const ConvShape& shape) const;
  Tensor place_weights(MemoryPlan& memory, const std::string& name, const ConvShape& shape) const;
  Tensor place_output(MemoryPlan& memory, const std::string& name, const ConvShape& shape, DataType type) const;

  /// Bytes between rows of the weight matrix, on every node.
  std::uint64_t weight_pitch(const ConvShape& shape) const;
  /// Bytes between output pixels, on every node.
  std::uint64_t output_pitch(const ConvShape& shape, DataType type) const;

 private:
  std::size_t widest_channels(const ConvShape& shape) const;

  const Config& config_;
  Mesh mesh_;
};

/// Rows of the weight matrix.
std::size_t reduction_rows(const ConvShape& shape);

/// The same tensor [n][h][w][c] as one line of pixels: [1][1][n*h*w][c].
Tensor flatten_pixels(const Tensor& tensor);

}  // namespace tatami
