// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/execute.hpp"

#include "sim/workloads/words.hpp"

namespace tatami {

RunStatus execute(Device& device, const std::vector<NodeProgram>& programs, std::uint64_t max_cycles,
                  const std::function<void(std::uint64_t)>& progress) {
  SendGroups groups;
  for (const NodeProgram& program : programs) {
    for (const SendList& list : program.lists) {
      for (const Send& send : list.sends) groups.want(send);
    }
  }
  groups.define(device);
  for (const NodeProgram& program : programs) {
    for (const Image& image : program.images) device.write(program.node, image.address, image.bytes);
    for (const SendList& list : program.lists) {
      const std::vector<noc::Descriptor> descriptors = groups.resolve(program.node, list.sends);
      std::vector<std::uint8_t> bytes;
      for (const noc::Descriptor& d : descriptors) append_words(bytes, d.pack());
      device.write(program.node, list.address, bytes);
      const std::vector<std::uint32_t> length{static_cast<std::uint32_t>(descriptors.size())};
      device.write(program.node, list.length_address, to_bytes(length));
    }
  }
  for (const NodeProgram& program : programs) device.start(program.node, 0, program.entry);
  return device.run(max_cycles, progress);
}

}  // namespace tatami
