// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A run is a list of launches over tensors that stay in SRAM.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "sim/runtime/error.hpp"
#include "sim/workloads/launch.hpp"
#include "sim/workloads/partition.hpp"

namespace tatami {

/// Lays a run out on a mesh, operation by operation.
class Plan {
 public:
  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

  /// `config` must outlive the plan; a node has `capacity` bytes of SRAM.
  Plan(const Config& config, Mesh mesh, std::uint64_t capacity);

  // What the host fills is placed before the first operation: later it could lie where an earlier launch had its
  // buffers, and the host writes all of it before the first launch. Throws std::logic_error otherwise.

  /// A tensor of images [batch][block][height][width][channel in block] (see Partition).
  Tensor input(const std::string& name, const ConvShape& shape, DataType type = DataType::Bf16);
  /// The weight matrix of a convolution.
  Tensor weights(const std::string& name, const ConvShape& shape, DataType type = DataType::Bf16);
  /// A convolution of resident tensors. Returns its output [batch][block][out_height][out_width][channel]. Only BF16
  /// outputs can be inputs of further operations. Throws CapacityError, and InputError when the shape is impossible.
  Tensor conv(const std::string& output_name, const ConvShape& shape, const Tensor& input, const Tensor& weights,
              DataType type);
  /// The product of a tensor's pixels, as rows of a matrix [n*h*w][c], with weights of `matmul_shape`. Returns
  /// [1][block][1][m][channel].
  /// A transposed input is that of [k][m], transposed weights those of [n][k]; on one node only.
  Tensor matmul(const std::string& output_name, const ConvShape& shape, const Tensor& input, const Tensor& weights,
                DataType type, Transposed transposed = {});

  const Config& config() const { return partition_.config(); }
  const Mesh& mesh() const { return partition_.mesh(); }
  const std::vector<Launch>& launches() const { return launches_; }
  /// Most bytes of SRAM in use on any node.
  std::uint64_t peak() const { return memory_.peak(); }

 private:
  void check_no_launch() const;
  void add(const std::string& op, const std::string& output_name, const ConvShape& shape, const Tensor& input,
           const Tensor& weights, DataType type, Transposed transposed);

  Partition partition_;
  MemoryPlan memory_;
  std::vector<Launch> launches_;
};

/// A matrix product [m][k] x [k][n] as a convolution of one line of m pixels.
ConvShape matmul_shape(std::size_t m, std::size_t n, std::size_t k);

/// Throws InputError, with a sentence, when no machine could run the shape.
void check_shape(const ConvShape& shape);

/// Calls `build` with a plan for the mesh and returns the plan. When the SRAM does not suffice: throws InputError with
/// the bytes that a node needs and has, and the smallest mesh that would do.
Plan make_plan(const Config& config, const Mesh& mesh, const std::function<void(Plan&)>& build);

}  // namespace tatami
