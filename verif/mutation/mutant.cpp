// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What mutant_pkg asks for when a program with faults built in starts.
#include <cstdlib>

extern "C" unsigned tatami_mutant() {
  const char* number = std::getenv("TATAMI_MUTANT");
  return number == nullptr ? 0 : static_cast<unsigned>(std::atoi(number));
}
