// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "sim/runtime/device.hpp"
#include "sim/workloads/launch.hpp"

namespace tatami {

/// Loads the programs of a launch and runs it to its end. The device's mesh must be the plan's.
RunStatus execute(Device& device, const std::vector<NodeProgram>& programs, std::uint64_t max_cycles,
                  const std::function<void(std::uint64_t)>& progress = {});

}  // namespace tatami
