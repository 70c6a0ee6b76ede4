// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace tatami {

/// A mistake in what the user gave (a shape, a file, an option); `what()` is one sentence that says what to change.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace tatami
