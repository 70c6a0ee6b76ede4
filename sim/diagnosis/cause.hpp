// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "sim/diagnosis/history.hpp"
#include "sim/diagnosis/trigger.hpp"
#include "sim/engine/mesh_device.hpp"

namespace tatami::diagnosis {

/// How a run failed.
struct Failure {
  Trigger::Kind kind = Trigger::Kind::Mismatch;  ///< Mismatch, Fault, Hang or Limit
  std::string kernel;                            ///< what ran, for a person
  NodeId node;                                   ///< mismatch: where the first wrong element lies
  Watch element;                                 ///< mismatch: its bytes
};

/// Why it failed.
struct Cause {
  Moment moment;     ///< where to look
  std::string text;  ///< several lines: who wrote the element, what a thread did before; who waits for whom
};

/// Runs on a device of a model of flavour `check` again what failed, and tells why. `again` does on that device exactly
/// what was done before on another. Costs a run.
Cause find_cause(engine::MeshDevice& device, const Failure& failure, const std::function<RunStatus(Device&)>& again);

}  // namespace tatami::diagnosis
