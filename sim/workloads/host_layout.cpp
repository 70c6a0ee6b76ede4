// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/host_layout.hpp"

#include <array>
#include <stdexcept>

#include "verif/golden/num/convert.hpp"

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

std::uint32_t rounded(double value, DataType type) {
  return golden::encode(golden::number_from_double(value), descriptor(type), 0).bits;
}

}  // namespace

HostTensor to_channels_last(const HostTensor& images) { return permute(images, {0, 2, 3, 1}); }

HostTensor to_blocked(const HostTensor& images, std::size_t side) {
  const std::size_t n = images.shape[0], channels = images.shape[1], pixels = images.shape[2] * images.shape[3];
  const std::size_t blocks = (channels + side - 1) / side;
  HostTensor blocked{{n, blocks, images.shape[2], images.shape[3], side}, images.type, {}};
  blocked.bits.resize(volume(blocked.shape));
  for (std::size_t i = 0; i < images.bits.size(); ++i) {
    const std::size_t pixel = i % pixels, c = i / pixels % channels, image = i / pixels / channels;
    blocked.bits[((image * blocks + c / side) * pixels + pixel) * side + c % side] = images.bits[i];
  }
  return blocked;
}

HostTensor from_blocked(const HostTensor& blocked, std::size_t channels) {
  const Shape& s = blocked.shape;
  const std::size_t side = s[4], pixels = s[2] * s[3];
  HostTensor images{{s[0], channels, s[2], s[3]}, blocked.type, {}};
  images.bits.resize(volume(images.shape));
  for (std::size_t i = 0; i < images.bits.size(); ++i) {
    const std::size_t pixel = i % pixels, c = i / pixels % channels, image = i / pixels / channels;
    images.bits[i] = blocked.bits[((image * s[1] + c / side) * pixels + pixel) * side + c % side];
  }
  return images;
}

HostTensor to_blocked_matrix(const HostTensor& matrix, std::size_t side) {
  return to_blocked(reshape(permute(reshape(matrix, {1, 1, matrix.shape[0], matrix.shape[1]}), {0, 3, 1, 2}),
                            {1, matrix.shape[1], 1, matrix.shape[0]}),
                    side);
}

HostTensor from_blocked_matrix(const HostTensor& blocked, std::size_t columns) {
  const std::size_t rows = blocked.shape[3];
  return reshape(permute(from_blocked(blocked, columns), {0, 2, 3, 1}), {rows, columns});
}

HostTensor to_weight_matrix(const HostTensor& filters, std::size_t side) {
  const HostTensor taps = permute(filters, {2, 3, 1, 0});  // [r][s][c][k]
  const std::size_t channels = taps.shape[2], outputs = taps.shape[3];
  const std::size_t padded = round_up(channels, side), rows = taps.shape[0] * taps.shape[1] * padded;
  HostTensor matrix{{round_up(outputs, side) / side, rows, side}, filters.type, {}};
  matrix.bits.resize(volume(matrix.shape));
  for (std::size_t i = 0; i < taps.bits.size(); ++i) {
    const std::size_t k = i % outputs, c = i / outputs % channels, tap = i / outputs / channels;
    matrix.bits[(k / side * rows + tap * padded + c) * side + k % side] = taps.bits[i];
  }
  return matrix;
}

HostTensor to_weight_matrix_of_product(const HostTensor& matrix, std::size_t side) {
  return to_weight_matrix(permute(reshape(matrix, {1, 1, matrix.shape[0], matrix.shape[1]}), {3, 2, 0, 1}), side);
}

HostTensor reshape(HostTensor tensor, Shape shape) {
  if (volume(shape) != tensor.bits.size()) throw std::invalid_argument("reshape: another volume");
  tensor.shape = std::move(shape);
  return tensor;
}

HostTensor to_type(const npy::Array& array, DataType type) {
  HostTensor tensor{array.shape, type, {}};
  tensor.bits.reserve(array.values.size());
  for (const double value : array.values) tensor.bits.push_back(rounded(value, type));
  return tensor;
}

HostTensor random_tensor(const Shape& shape, DataType type, std::uint64_t seed, std::uint64_t stream) {
  constexpr std::uint64_t kGamma = 0x9e3779b97f4a7c15;
  HostTensor tensor{shape, type, std::vector<std::uint32_t>(volume(shape))};
  const std::uint64_t key = mix(mix(seed + kGamma) + stream);
  for (std::size_t i = 0; i < tensor.bits.size(); ++i) {
    const auto drawn = static_cast<double>(mix(key + (i + 1) * kGamma) >> 11);  // 53 bits
    tensor.bits[i] = rounded(drawn * 0x1p-52 - 1.0, type);
  }
  return tensor;
}

HostTensor transpose(const HostTensor& matrix) {
  HostTensor result{{matrix.shape[1], matrix.shape[0]}, matrix.type, std::vector<std::uint32_t>(matrix.bits.size())};
  for (std::size_t i = 0; i < matrix.shape[0]; ++i) {
    for (std::size_t j = 0; j < matrix.shape[1]; ++j) {
      result.bits[j * matrix.shape[0] + i] = matrix.bits[i * matrix.shape[1] + j];
    }
  }
  return result;
}

}  // namespace tatami
