// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/host_layout.hpp"

#include <array>
#include <stdexcept>

#include "verif/golden/num/bf16.hpp"

namespace tatami {
namespace {

/// The tensor with its dimensions in another order: dimension d of the result is dimension order[d] of the argument.
HostTensor permute(const HostTensor& tensor, const std::array<std::size_t, 4>& order) {
  HostTensor result{Shape(4), tensor.type, {}};
  for (std::size_t d = 0; d < 4; ++d) result.shape[d] = tensor.shape[order[d]];
  result.bits.reserve(tensor.bits.size());
  std::array<std::size_t, 4> index{};
  auto& [i, j, k, l] = index;
  for (i = 0; i < result.shape[0]; ++i) {
    for (j = 0; j < result.shape[1]; ++j) {
      for (k = 0; k < result.shape[2]; ++k) {
        for (l = 0; l < result.shape[3]; ++l) {
          std::array<std::size_t, 4> from{};
          for (std::size_t d = 0; d < 4; ++d) from[order[d]] = index[d];
          const Shape& s = tensor.shape;
          result.bits.push_back(tensor.bits[((from[0] * s[1] + from[1]) * s[2] + from[2]) * s[3] + from[3]]);
        }
      }
    }
  }
  return result;
}

/// A counter-based generator (splitmix64's output function).
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

HostTensor to_channels_last(const HostTensor& images) { return permute(images, {0, 2, 3, 1}); }

HostTensor to_channels_first(const HostTensor& images) { return permute(images, {0, 3, 1, 2}); }

HostTensor to_weight_matrix(const HostTensor& filters) {
  const HostTensor taps = permute(filters, {2, 3, 1, 0});  // [r][s][c][k]
  const std::size_t channels = taps.shape[2], outputs = taps.shape[3], padded = round_up(channels, 4);
  HostTensor matrix{{taps.shape[0] * taps.shape[1] * padded, outputs}, filters.type, {}};
  matrix.bits.resize(volume(matrix.shape));
  for (std::size_t i = 0; i < taps.bits.size(); ++i) {
    const std::size_t row = i / outputs;
    matrix.bits[(row / channels * padded + row % channels) * outputs + i % outputs] = taps.bits[i];
  }
  return matrix;
}

HostTensor reshape(HostTensor tensor, Shape shape) {
  if (volume(shape) != tensor.bits.size()) throw std::invalid_argument("reshape: another volume");
  tensor.shape = std::move(shape);
  return tensor;
}

HostTensor pad_rows(const HostTensor& matrix) {
  HostTensor padded = matrix;
  padded.shape[0] = round_up(matrix.shape[0], 4);
  padded.bits.resize(volume(padded.shape));
  return padded;
}

HostTensor to_bf16(const npy::Array& array) {
  HostTensor tensor{array.shape, DataType::Bf16, {}};
  tensor.bits.reserve(array.values.size());
  for (const double value : array.values) tensor.bits.push_back(golden::bf16_from_double(value));
  return tensor;
}

HostTensor random_bf16(const Shape& shape, std::uint64_t seed, std::uint64_t stream) {
  constexpr std::uint64_t kGamma = 0x9e3779b97f4a7c15;
  HostTensor tensor{shape, DataType::Bf16, std::vector<std::uint32_t>(volume(shape))};
  const std::uint64_t key = mix(mix(seed + kGamma) + stream);
  for (std::size_t i = 0; i < tensor.bits.size(); ++i) {
    const auto drawn = static_cast<double>(mix(key + (i + 1) * kGamma) >> 11);  // 53 bits
    tensor.bits[i] = golden::bf16_from_double(drawn * 0x1p-52 - 1.0);
  }
  return tensor;
}

}  // namespace tatami
