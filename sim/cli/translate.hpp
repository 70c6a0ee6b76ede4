// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace tatami::cli {

/// A value per line of standard input, its text per line of standard output, at once, as viewers of waveforms want it;
/// what has no text comes back as it is. Returns the exit code.
int translate_lines(const std::function<std::optional<std::string>(const std::string&)>& text_of);

}  // namespace tatami::cli
