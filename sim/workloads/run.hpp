// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/device.hpp"
#include "sim/workloads/compare.hpp"
#include "sim/workloads/plan.hpp"

namespace tatami {

/// An operation with its data as the user knows them. matmul: left a [m][k], right b [k][n]; conv: left images
/// [n][c][h][w], right filters [k][c][r][s]. An operand without elements is still to be drawn.
struct Operation {
  std::string op;
  ConvShape shape;
  HostTensor left;
  HostTensor right;
  DataType type = DataType::Bf16;  ///< of both operands
  Transposed transposed = {};      ///< matmul: how the operands lie in the machine

  Shape left_shape() const;
  Shape right_shape() const;
  Shape output_shape() const;
};

/// The golden operator's result, in the user's shape.
HostTensor golden_result(const Operation& operation, DataType type);

/// What became of one operation.
struct Outcome {
  RunStatus status;
  double seconds = 0;                ///< of the simulation itself
  std::optional<HostTensor> output;  ///< when the launch ended
  std::optional<Mismatch> mismatch;  ///< index in the user's shape
  NodeId node;                       ///< mismatch: where the element lies
  std::uint64_t address = 0;
};

/// Independent operations on one machine, one launch each.
class Run {
 public:
  /// Plans; takes no memory for data. `config` must outlive the run. Throws InputError when a shape is impossible or
  /// does not fit the mesh, std::invalid_argument when an operand has another shape than its operation.
  Run(const Config& config, const Mesh& mesh, DataType output_type, std::vector<Operation> operations);

  const Plan& plan() const { return plan_; }
  const std::vector<Operation>& operations() const { return operations_; }
  const Launch& launch(std::size_t i) const { return plan_.launches()[i]; }

  /// Draws the operands that have no elements yet, from `seed` and the operand's position.
  void draw_operands(std::uint64_t seed);
  /// Writes the inputs of all operations into the machine.
  void upload_inputs(Device& device) const;
  /// Runs operation `i`.
  RunStatus simulate(std::size_t i, Device& device, std::uint64_t max_cycles,
                     const std::function<void(std::uint64_t)>& progress = {}) const;
  /// The same, and compares its result with the golden one.
  Outcome execute(std::size_t i, Device& device, std::uint64_t max_cycles,
                  const std::function<void(std::uint64_t)>& progress = {}) const;

 private:
  void build(Plan& plan);

  DataType output_type_;
  std::vector<Operation> operations_;
  std::vector<Tensor> inputs_;
  std::vector<Tensor> weights_;
  Plan plan_;
};

}  // namespace tatami
