// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The part of a padded image that outputs of a convolution look at, in one dimension.
#pragma once

#include <cstddef>

#include "sim/runtime/tensor.hpp"

namespace tatami {

/// Input lines, or pixels, that `out` outputs of a segment need, in padded coordinates.
inline Range needed(const Range& out, std::size_t stride, std::size_t kernel) {
  return {out.begin * stride, (out.end - 1) * stride + kernel};
}

/// The part of a padded range that is real, in coordinates of the tensor.
inline Range real_part(const Range& padded, std::size_t pad, std::size_t size) {
  const Range inside = intersect(padded, {pad, pad + size});
  return inside.empty() ? Range{} : Range{inside.begin - pad, inside.end - pad};
}

}  // namespace tatami
