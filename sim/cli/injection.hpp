// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sim/runtime/device.hpp"

namespace tatami::cli {

/// An error to inject into a word of SRAM.
struct Injection {
  NodeId node;
  std::uint64_t address = 0;
  WordFlip bits;
  std::uint64_t cycle = 0;
};

/// "YxX:ADDRESS:BIT[+BIT...][@CYCLE]", bits 0..63 of the data and 64..71 of the check bits; without a cycle the error
/// is there from the start. Throws InputError.
Injection parse_injection(const std::string& text);

/// Gives it to the device. Throws InputError when the device has no such word.
void inject(Device& device, const Injection& injection);

}  // namespace tatami::cli
