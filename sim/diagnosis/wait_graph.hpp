// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/diagnosis/arrivals.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::diagnosis {

/// Who waits for whom, of a machine that hangs: for each thread that waits for a semaphore the nodes that have posted
/// to it so far, as those that could post again, and the circles of nodes that wait for each other. What a node has
/// posted to itself is told, too, and makes no circle. For each thread that waits at a barrier, who is missing there.
/// Several lines, each with a break; none when no thread waits.
std::string wait_graph(const std::vector<ThreadStatus>& threads, const Arrivals& arrivals);

}  // namespace tatami::diagnosis
