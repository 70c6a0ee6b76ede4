// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/run.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

#include "sim/workloads/execute.hpp"
#include "sim/workloads/host_layout.hpp"
#include "verif/golden/num/bf16.hpp"
#include "verif/golden/ops/conv.hpp"
#include "verif/golden/ops/matmul.hpp"

namespace tatami {
namespace {

bool is_matmul(const Operation& operation) { return operation.op == "matmul"; }

/// The user's index of an output element as the machine's, [n][k / side][p][q][k % side].
std::vector<std::size_t> machine_index(const Operation& operation, const std::vector<std::size_t>& index,
                                       std::size_t side) {
  if (is_matmul(operation)) return {0, index[1] / side, 0, index[0], index[1] % side};
  return {index[0], index[1] / side, index[2], index[3], index[1] % side};
}

}  // namespace

Shape Operation::left_shape() const {
  if (op == "matmul") return {shape.width, shape.in_channels};
  return {shape.batch, shape.in_channels, shape.height, shape.width};
}

Shape Operation::right_shape() const {
  if (op == "matmul") return {shape.in_channels, shape.out_channels};
  return {shape.out_channels, shape.in_channels, shape.kernel_height, shape.kernel_width};
}

Shape Operation::output_shape() const {
  if (op == "matmul") return {shape.width, shape.out_channels};
  return {shape.batch, shape.out_channels, shape.out_height(), shape.out_width()};
}

HostTensor golden_result(const Operation& o, DataType type) {
  HostTensor result{o.output_shape(), type, {}};
  const std::vector<std::uint16_t> left = o.left.codes(), right = o.right.codes();
  const formats::Descriptor format = descriptor(o.type);
  result.bits = is_matmul(o)
                    ? golden::matmul({o.shape.width, o.shape.out_channels, o.shape.in_channels}, left, right, format)
                    : golden::conv(o.shape, left, right, format);
  if (type == DataType::Bf16) {
    for (std::uint32_t& bits : result.bits) bits = golden::bf16_from_fp32(bits);
  }
  return result;
}

Run::Run(const Config& config, const Mesh& mesh, DataType output_type, std::vector<Operation> operations)
    : output_type_(output_type),
      operations_(std::move(operations)),
      plan_(make_plan(config, mesh, [this](Plan& plan) { build(plan); })) {
  for (const Operation& o : operations_) {
    if ((!o.left.bits.empty() && o.left.shape != o.left_shape()) ||
        (!o.right.bits.empty() && o.right.shape != o.right_shape())) {
      throw std::invalid_argument("an operand has another shape than its operation");
    }
  }
}

void Run::draw_operands(std::uint64_t seed) {
  std::uint64_t stream = 0;
  for (Operation& o : operations_) {
    for (const auto& [operand, shape] : {std::pair{&o.left, o.left_shape()}, {&o.right, o.right_shape()}}) {
      if (operand->bits.empty()) *operand = random_tensor(shape, o.type, seed, stream);
      ++stream;
    }
  }
}

void Run::build(Plan& plan) {
  inputs_.clear();
  weights_.clear();
  for (const Operation& o : operations_) {
    check_shape(o.shape);
    const ConvShape& s = o.shape;
    const bool left = o.transposed.left, right = o.transposed.right;
    inputs_.push_back(plan.input(o.op + ".input", left ? matmul_shape(s.in_channels, 1, s.width) : s, o.type));
    weights_.push_back(
        plan.weights(o.op + ".weights", right ? matmul_shape(1, s.in_channels, s.out_channels) : s, o.type));
  }
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& o = operations_[i];
    const std::string name = o.op + ".output";
    if (is_matmul(o)) {
      plan.matmul(name, o.shape, inputs_[i], weights_[i], output_type_, o.transposed);
    } else {
      plan.conv(name, o.shape, inputs_[i], weights_[i], output_type_);
    }
  }
}

void Run::upload_inputs(Device& device) const {
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& o = operations_[i];
    const bool matmul = is_matmul(o);
    const std::size_t side = plan_.config().matrix_cols;
    const HostTensor left = o.transposed.left ? transpose(o.left) : o.left;
    const HostTensor right = o.transposed.right ? transpose(o.right) : o.right;
    upload(device, inputs_[i], matmul ? to_blocked_matrix(left, side) : to_blocked(left, side));
    upload(device, weights_[i], matmul ? to_weight_matrix_of_product(right, side) : to_weight_matrix(right, side));
  }
}

RunStatus Run::simulate(std::size_t i, Device& device, std::uint64_t max_cycles,
                        const std::function<void(std::uint64_t)>& progress) const {
  return tatami::execute(device, launch(i).nodes, max_cycles, progress);
}

Outcome Run::execute(std::size_t i, Device& device, std::uint64_t max_cycles,
                     const std::function<void(std::uint64_t)>& progress) const {
  const Operation& o = operations_[i];
  Outcome outcome;
  const auto start = std::chrono::steady_clock::now();
  outcome.status = simulate(i, device, max_cycles, progress);
  note_instructions(device, outcome.status);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (outcome.status.end != RunStatus::End::Idle) return outcome;

  const HostTensor resident = download(device, launch(i).output);
  const std::size_t outputs = o.shape.out_channels;
  outcome.output = is_matmul(o) ? from_blocked_matrix(resident, outputs) : from_blocked(resident, outputs);
  outcome.mismatch = compare(*outcome.output, golden_result(o, output_type_));
  if (outcome.mismatch) {
    const auto index = machine_index(o, outcome.mismatch->index, plan_.config().matrix_cols);
    const Shard& shard = holder(launch(i).output, index);
    outcome.node = shard.node;
    outcome.address = shard.address(index);
  }
  return outcome;
}

}  // namespace tatami
