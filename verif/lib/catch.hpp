// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Catch2, version 2 (Debian 12) or 3 (later), and the seed of the run.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <cstdint>

namespace tatami::test {

/// The seed of this run (`--seed`, default 1); every random choice of a test comes from it.
std::uint64_t seed();

}  // namespace tatami::test
