// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "sim/runtime/tensor.hpp"

namespace tatami {

/// The part of a padded image that outputs of a convolution look at, in one dimension: input lines, or pixels.
struct Window {
  std::size_t pad = 0;
  Range padded;  ///< in padded coordinates
  Range real;    ///< what the tensor has of it, in its coordinates

  /// What the outputs `out` need of `size` lines or pixels.
  static Window of(const Range& out, std::size_t stride, std::size_t kernel, std::size_t pad, std::size_t size) {
    const Range padded{out.begin * stride, (out.end - 1) * stride + kernel};
    const Range inside = intersect(padded, {pad, pad + size});
    return {pad, padded, inside.empty() ? Range{} : Range{inside.begin - pad, inside.end - pad}};
  }

  /// Where a line or pixel of the tensor stands in the window.
  std::size_t place(std::size_t index) const { return index + pad - padded.begin; }
  /// Zeros before and behind a part of the real ones; none where more of these follow.
  std::size_t before(const Range& part) const { return part.begin == real.begin ? place(part.begin) : 0; }
  std::size_t behind(const Range& part) const { return part.end == real.end ? padded.size() - place(part.end) : 0; }
};

}  // namespace tatami
