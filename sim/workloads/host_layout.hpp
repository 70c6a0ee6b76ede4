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
/// Images [n][h][w][c] as [n][c][h][w].
HostTensor to_channels_first(const HostTensor& images);
/// Filters [k][c][r][s] as the weight matrix [(r, s, c padded to 4)][k], with zeros for the padding.
HostTensor to_weight_matrix(const HostTensor& filters);
/// The same elements in another shape of the same volume.
HostTensor reshape(HostTensor tensor, Shape shape);
/// A matrix [k][n] as a weight matrix [k padded to 4][n].
HostTensor pad_rows(const HostTensor& matrix);

/// Reals rounded to BF16, to nearest even.
HostTensor to_bf16(const npy::Array& array);

/// Deterministic uniform values in [-1, 1), as BF16; `stream` tells tensors of one seed apart.
HostTensor random_bf16(const Shape& shape, std::uint64_t seed, std::uint64_t stream);

}  // namespace tatami
