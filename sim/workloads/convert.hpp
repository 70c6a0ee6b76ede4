// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Conversion of whole tensors between number formats, by the golden model or by a machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernels/convert_kernel.hpp"
#include "sim/runtime/device.hpp"

namespace tatami {

/// The codes, in order, and the status flags of all of them together.
struct Converted {
  std::vector<std::uint32_t> codes;
  unsigned flags = 0;
};

/// By the golden conversions. Code i draws lane i % 16 of the random numbers of counter i / 16.
Converted convert_golden(const Conversion& conversion, std::span<const std::uint32_t> codes);

/// Where a program runs. The result does not depend on it.
struct Place {
  NodeId node;
  unsigned thread = 0;
};

/// By the conversion instructions of a node whose registers have 64 bytes; the same random numbers. Throws
/// std::runtime_error when the program does not end.
Converted convert_on(Device& device, const Conversion& conversion, std::span<const std::uint32_t> codes,
                     const Place& place = {});

}  // namespace tatami
