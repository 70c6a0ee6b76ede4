// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "sim/workloads/conv_planner.hpp"
#include "sim/workloads/matmul_planner.hpp"

namespace tatami {
namespace {

/// Extents beyond this could not be addressed on any mesh, and would only overflow the arithmetic.
constexpr std::size_t kLargestExtent = std::size_t{1} << 24;
constexpr double kLargestVolume = 0x1p31;  // bytes of SRAM in a mesh of the largest size

bool fits(const Config& config, const Mesh& mesh, const std::function<void(Plan&)>& build) {
  try {
    Plan plan(config, mesh, config.sram_bytes());
    build(plan);
    return true;
  } catch (const CapacityError&) {
    return false;
  }
}

/// The mesh of fewest nodes that has room; the squarest of those.
std::optional<Mesh> smallest_mesh(const Config& config, const std::function<void(Plan&)>& build) {
  std::vector<Mesh> meshes;
  for (unsigned rows = 1; rows <= Mesh::kMaxSide; ++rows) {
    for (unsigned cols = 1; cols <= Mesh::kMaxSide; ++cols) meshes.push_back({rows, cols});
  }
  if (!fits(config, meshes.back(), build)) return std::nullopt;
  std::stable_sort(meshes.begin(), meshes.end(), [](const Mesh& a, const Mesh& b) {
    return a.size() != b.size() ? a.size() < b.size() : std::max(a.rows, a.cols) < std::max(b.rows, b.cols);
  });
  return *std::find_if(meshes.begin(), meshes.end(), [&](const Mesh& mesh) { return fits(config, mesh, build); });
}

}  // namespace

Plan::Plan(const Config& config, Mesh mesh, std::uint64_t capacity)
    : partition_(config, std::move(mesh)), memory_(KernelAbi::kEnd, capacity) {}

Tensor Plan::input(const std::string& name, const ConvShape& shape, DataType type) {
  check_no_launch();
  return partition_.place_input(memory_, name, shape, type);
}

Tensor Plan::weights(const std::string& name, const ConvShape& shape, DataType type) {
  check_no_launch();
  return partition_.place_weights(memory_, name, shape, type);
}

void Plan::check_no_launch() const {
  if (!launches_.empty()) throw std::logic_error("tensors of the host are placed before the first operation");
}

Tensor Plan::conv(const std::string& output_name, const ConvShape& shape, const Tensor& input, const Tensor& weights,
                  DataType type) {
  add("conv", output_name, shape, input, weights, type, {});
  return launches_.back().output;
}

Tensor Plan::matmul(const std::string& output_name, const ConvShape& shape, const Tensor& input, const Tensor& weights,
                    DataType type, Transposed transposed) {
  add("matmul", output_name, shape, flatten_pixels(input), weights, type, transposed);
  return launches_.back().output;
}

void Plan::add(const std::string& op, const std::string& output_name, const ConvShape& shape, const Tensor& input,
               const Tensor& weights, DataType type, Transposed transposed) {
  check_shape(shape);
  const std::size_t side = config().matrix_cols;
  const auto blocks = [side](std::size_t channels) { return round_up(channels, side) / side; };
  const Shape left = transposed.left ? Shape{1, blocks(shape.width), 1, shape.in_channels, side}
                                     : Shape{shape.batch, blocks(shape.in_channels), shape.height, shape.width, side};
  const Shape right = transposed.right ? Shape{blocks(shape.in_channels), round_up(shape.out_channels, side), side}
                                       : Shape{blocks(shape.out_channels), reduction_rows(shape, side), side};
  if (input.shape != left || weights.shape != right || input.type != weights.type || input.type == DataType::Fp32) {
    throw InputError(
        fmt::format("{} cannot take a {} tensor and {} weights", op, to_string(input.shape), to_string(weights.shape)));
  }
  if ((transposed.left || transposed.right) && mesh().size() > 1) {
    throw InputError("a transposed operand must lie on one node: use --mesh 1x1");
  }
  if (op == "matmul" && mesh().size() > 1) {
    launches_.push_back(MatmulPlanner(partition_, memory_, shape, input, weights).plan(output_name, type));
    return;
  }
  launches_.push_back(ConvPlanner(partition_, memory_, shape, input, weights, transposed).plan(op, output_name, type));
}

ConvShape matmul_shape(std::size_t m, std::size_t n, std::size_t k) {
  ConvShape shape;
  shape.width = m;
  shape.out_channels = n;
  shape.in_channels = k;
  return shape;
}

void check_shape(const ConvShape& s) {
  const std::pair<const char*, std::size_t> extents[] = {
      {"batch", s.batch},   {"input channels", s.in_channels},   {"height", s.height},
      {"width", s.width},   {"output channels", s.out_channels}, {"kernel height", s.kernel_height},
      {"stride", s.stride}, {"kernel width", s.kernel_width}};
  for (const auto& [name, extent] : extents) {
    if (extent == 0) throw InputError(fmt::format("the {} must be at least 1", name));
    if (extent > kLargestExtent) throw InputError(fmt::format("the {} {} is too large", name, extent));
  }
  if (s.pad > kLargestExtent) throw InputError(fmt::format("the padding {} is too large", s.pad));
  if (s.out_height() == 0 || s.out_width() == 0) {
    throw InputError(fmt::format("a {}x{} kernel does not fit into a {}x{} input with padding {}", s.kernel_height,
                                 s.kernel_width, s.height, s.width, s.pad));
  }
  const auto real = [](std::size_t value) { return static_cast<double>(value); };
  const double input = real(s.batch) * real(s.in_channels) * real(s.height + 2 * s.pad) * real(s.width + 2 * s.pad);
  const double weight = real(s.out_channels) * real(s.in_channels) * real(s.kernel_height) * real(s.kernel_width);
  const double output = real(s.batch) * real(s.out_channels) * real(s.out_height()) * real(s.out_width());
  if (std::max({input, weight, output}) > kLargestVolume) {
    throw InputError(
        fmt::format("the shape is too large: no mesh up to {0}x{0} would hold its tensors", Mesh::kMaxSide));
  }
}

Plan make_plan(const Config& config, const Mesh& mesh, const std::function<void(Plan&)>& build) {
  try {
    Plan plan(config, mesh, config.sram_bytes());
    build(plan);
    return plan;
  } catch (const CapacityError&) {
    Plan unlimited(config, mesh, Plan::kUnlimited);
    build(unlimited);
    const std::optional<Mesh> enough = smallest_mesh(config, build);
    const std::string advice = enough ? fmt::format("the smallest mesh that would do is {}", enough->text())
                                      : fmt::format("no mesh up to {0}x{0} would do", Mesh::kMaxSide);
    throw InputError(fmt::format("the tensors do not fit: on a {} mesh a node needs {} bytes of SRAM and has {}; {}",
                                 mesh.text(), unlimited.peak(), config.sram_bytes(), advice));
  }
}

}  // namespace tatami
