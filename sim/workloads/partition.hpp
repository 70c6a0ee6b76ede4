// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which node holds and computes what. Everything follows from the shape, the configuration and the mesh.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/memory_plan.hpp"
#include "sim/runtime/mesh.hpp"
#include "sim/runtime/tensor.hpp"
#include "verif/golden/ops/conv.hpp"

namespace tatami {

using golden::ConvShape;

constexpr std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

/// Which operands of a product lie in the machine transposed: the left one as [k][m], the right one as [n][k].
struct Transposed {
  bool left = false;
  bool right = false;
};

/// Output lines [lines) and pixels [pixels) of one image.
struct Segment {
  std::size_t image = 0;
  Range lines;
  Range pixels;
};

/// Places and partitions the tensors of convolutions on one mesh, as BlockedLayout says.
///
/// Output [image][block][line][pixel][channel in block]: lines (image, p), or the pixels of the only line in units of a
/// row tile, over mesh rows; blocks of channels over mesh columns. Input likewise: lines, or pixels of the only line,
/// over mesh rows; blocks over mesh columns. Weights [block of output channels][row (r, s, channel)][channel in block]:
/// rows over mesh rows, blocks as those of the output. So every node computes its own part of the output, and lacks
/// input channels that its mesh row has, weight rows that its mesh column has, and lines around its own.
class Partition {
 public:
  Partition(const Config& config, Mesh mesh) : config_(config), mesh_(std::move(mesh)) {}

  const Config& config() const { return config_; }
  const Mesh& mesh() const { return mesh_; }

  /// Output lines and pixels of the nodes of mesh row `y`, one segment per image.
  std::vector<Segment> segments(const ConvShape& shape, unsigned y) const;
  /// Output channels of the nodes of mesh column `x`.
  Range channels(const ConvShape& shape, unsigned x) const;

  /// On a single node the image lies in a border of zeros, as wide as the convolution's padding: `pad` pixels before
  /// each line, which close the line before it as well, and `pad` lines above and below.
  Tensor place_input(MemoryPlan& memory, const std::string& name, const ConvShape& shape, DataType type) const;
  Tensor place_weights(MemoryPlan& memory, const std::string& name, const ConvShape& shape, DataType type) const;
  /// With `line_pixels` pixels from a line to the next one and `plane` bytes from a block to the next one. The last row
  /// tile of a plane may be stored whole.
  Tensor place_output(MemoryPlan& memory, const std::string& name, const ConvShape& shape, DataType type,
                      std::size_t line_pixels, std::uint64_t plane) const;

 private:
  const Config& config_;
  Mesh mesh_;
};

/// Rows of the weight matrix: the channels of a tap fill whole blocks of `side`.
std::size_t reduction_rows(const ConvShape& shape, std::size_t side);

/// The blocks that hold a range of channels which begins with a block.
Range blocks_of(const Range& channels, std::size_t side);

/// The same tensor [n][block][h][w][channel] as one line of pixels: [1][block][1][n*h*w][channel].
Tensor flatten_pixels(const Tensor& tensor);

}  // namespace tatami
