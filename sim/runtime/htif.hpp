// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "sim/runtime/device.hpp"

namespace tatami {

/// The host's side of the `tohost` convention of RISC-V programs, on one node, through the back door. The program
/// writes the 64-bit word `tohost`: an odd value v ends it with exit code v >> 1; {device 1, command 1, character} is a
/// character to print; any other value is the address of eight words {number, arguments...}, of which `write` (64) and
/// `exit` (93) are known. The host then clears `tohost` and, for the latter two, sets `fromhost`.
class Htif {
 public:
  struct Place {
    std::uint64_t tohost = 0;  ///< offsets in SRAM
    std::optional<std::uint64_t> fromhost = {};
    std::uint64_t sram_bytes = 0;
  };
  using Print = std::function<void(std::string_view)>;

  Htif(Device& device, NodeId node, Place place) : device_(device), node_(node), place_(place) {}

  /// Serves what the program has asked for since the last call; returns the exit code once it has given one. Throws
  /// InputError when it asks for something unknown.
  std::optional<std::uint64_t> poll(const Print& print);

 private:
  std::uint64_t word(std::uint64_t offset) const;
  void set_word(std::uint64_t offset, std::uint64_t value);
  std::uint64_t offset_of(std::uint64_t address, std::uint64_t bytes) const;
  std::optional<std::uint64_t> call(std::uint64_t address, const Print& print);

  Device& device_;
  NodeId node_;
  Place place_;
  std::optional<std::uint64_t> exit_;
};

}  // namespace tatami
