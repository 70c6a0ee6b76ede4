// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/diagnosis/cause.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {

using diagnosis::Cause;
using diagnosis::Failure;
using diagnosis::Trigger;
using engine::MeshDevice;

constexpr std::uint64_t kLimit = 10'000;

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The cause of a failure on a mesh, and what the programs do that `begin` loads and starts.
inline Cause cause_of(unsigned rows, unsigned cols, const Failure& failure,
                      const std::function<void(MeshDevice&)>& begin, const std::vector<NodeId>& dead = {}) {
  const auto library = open_model("small", "check");
  MeshDevice device(library, {.rows = rows, .cols = cols, .seed = seed(), .dead_nodes = dead});
  return diagnosis::find_cause(device, failure, [&](Device&) {
    begin(device);
    return device.run(kLimit);
  });
}

}  // namespace tatami::test
