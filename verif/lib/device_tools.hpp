// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "noc.hpp"
#include "sim/asm/assembler.hpp"
#include "sim/engine/model_library.hpp"
#include "sim/runtime/config.hpp"
#include "sim/runtime/device.hpp"
#if VM_TRACE
#include "verif/lib/device_wave.hpp"
#endif

namespace tatami::test {

/// The folder of node models, next to the running test.
inline std::filesystem::path model_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path() / "models";
}

/// The node model of a configuration; with VM_TRACE the one that records in its place.
inline engine::ModelLibrary open_model(const std::string& config, const std::string& flavour = "fast") {
  const Config parameters = load_config("sim/configs/" + config + ".json");
#if VM_TRACE
  engine::ModelLibrary library(parameters, engine::has_log(flavour) ? engine::kLogWaveFlavour : "trace",
                               model_folder());
  library.watch([](engine::MeshDevice& device) { return std::make_shared<DeviceWave>(device); });
  return library;
#else
  return {parameters, flavour, model_folder()};
#endif
}

inline std::span<const std::uint8_t> bytes_of(const auto& items) {
  return {reinterpret_cast<const std::uint8_t*>(items.data()), items.size() * sizeof(items[0])};
}

inline void load(Device& device, NodeId node, std::uint64_t address, const Assembler& as) {
  device.write(node, address, bytes_of(as.finish()));
}

inline void load(Device& device, NodeId node, std::uint64_t address, const noc::Descriptor& descriptor) {
  device.write(node, address, bytes_of(descriptor.pack()));
}

/// A node's first thread queues the descriptor at `list` and parks.
inline void start_transfer(Device& device, NodeId node, std::uint64_t list, const noc::Descriptor& descriptor,
                           std::uint64_t code = 0) {
  Assembler as;
  as.li(reg::a1, static_cast<std::int64_t>(list));
  as.li(reg::a2, 1);
  as.xfer(reg::a1, reg::a2);
  as.thread_exit(reg::zero);
  load(device, node, list, descriptor);
  load(device, node, code, as);
  device.start(node, 0, code);
}

inline std::uint64_t word(Device& device, NodeId node, std::uint64_t address) {
  std::uint64_t value = 0;
  device.read(node, address, {reinterpret_cast<std::uint8_t*>(&value), sizeof(value)});
  return value;
}

inline std::vector<std::uint8_t> random_bytes(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<std::uint8_t> bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

/// All of a node's SRAM.
inline std::vector<std::uint8_t> memory(Device& device, NodeId node, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  device.read(node, 0, bytes);
  return bytes;
}

/// Where two memories differ first, as a sentence; empty when they are equal.
inline std::string first_difference(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  if (a.size() != b.size()) return fmt::format("{} against {} bytes", a.size(), b.size());
  const auto at = std::mismatch(a.begin(), a.end(), b.begin());
  if (at.first == a.end()) return {};
  return fmt::format("address {:#x}: {:#04x} against {:#04x}", at.first - a.begin(), *at.first, *at.second);
}

/// The address of another node's SRAM.
inline std::uint64_t remote(NodeId node, std::uint64_t offset) {
  return noc::global_address(noc::Region::Sram, 0, node.y, node.x, offset);
}

}  // namespace tatami::test
