// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace tatami::cli {

/// What a packet means, by its hexadecimal digits, header first; nothing when they are none, or too many.
std::optional<std::string> decode_packet(const std::string& digits);
/// The name of the number format with that code, likewise.
std::optional<std::string> decode_format(const std::string& digits);

}  // namespace tatami::cli
