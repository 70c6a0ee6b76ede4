// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/execute.hpp"

namespace tatami {

RunStatus execute(Device& device, const std::vector<NodeProgram>& programs, std::uint64_t max_cycles,
                  const std::function<void(std::uint64_t)>& progress) {
  for (const NodeProgram& program : programs) {
    for (const Image& image : program.images) device.write(program.node, image.address, image.bytes);
  }
  for (const NodeProgram& program : programs) device.start(program.node, 0, program.entry);
  return device.run(max_cycles, progress);
}

}  // namespace tatami
