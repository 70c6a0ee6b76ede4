// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace tatami::engine {

/// Moves memory that is in use, and what lies around it, to huge pages where the kernel has them; else does nothing. A
/// cycle of a die goes through the state of all nodes, for which small pages need more translations than a core keeps.
void use_huge_pages(std::span<const std::byte> memory);

}  // namespace tatami::engine
