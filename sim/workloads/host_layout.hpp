// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Tensors as users know them and as the machine holds them.
#pragma once

#include <cstdint>

#include "sim/runtime/npy.hpp"
#include "sim/runtime/tensor.hpp"
#include "sim/workloads/partition.hpp"

namespace tatami {

/// Images [n][c][h][w] as [n][h][w][c].
HostTensor to_channels_last(const HostTensor& images);
/// Images [n][c][h][w] in blocks of `side` channels, [n][c / side][h][w][side], zeros filling the last block.
HostTensor to_blocked(const HostTensor& images, std::size_t side);
/// The first `channels` channels of blocked images as [n][c][h][w].
HostTensor from_blocked(const HostTensor& blocked, std::size_t channels);
/// A matrix [m][k] as the blocked image of one line of m pixels.
HostTensor to_blocked_matrix(const HostTensor& matrix, std::size_t side);
/// A blocked image of one line as a matrix of `columns` columns.
HostTensor from_blocked_matrix(const HostTensor& blocked, std::size_t columns);
/// Filters [k][c][r][s] as the blocked weight matrix [k / side][(r, s, c in whole blocks)][side], with zeros for the
/// padding.
HostTensor to_weight_matrix(const HostTensor& filters, std::size_t side);
/// A matrix [k][n] as a blocked weight matrix.
HostTensor to_weight_matrix_of_product(const HostTensor& matrix, std::size_t side);
/// The same elements in another shape of the same volume.
HostTensor reshape(HostTensor tensor, Shape shape);
/// Reals rounded to a type's format, to nearest even.
HostTensor to_type(const npy::Array& array, DataType type);

/// Deterministic uniform values in [-1, 1), rounded; `stream` tells tensors of one seed apart.
HostTensor random_tensor(const Shape& shape, DataType type, std::uint64_t seed, std::uint64_t stream);
/// A matrix [m][n] as [n][m].
HostTensor transpose(const HostTensor& matrix);

}  // namespace tatami
