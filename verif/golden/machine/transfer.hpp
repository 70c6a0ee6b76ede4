// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a transfer descriptor means, without packets: rows copied from one node's SRAM to another's.
#pragma once

#include <cstdint>
#include <optional>

#include "noc.hpp"
#include "verif/golden/core/local_memory.hpp"

namespace tatami::golden {

/// An address in some node's SRAM, or in that of every member of a group; `node` is empty for the node that runs the
/// descriptor.
struct SramAddress {
  struct Node {
    std::uint32_t die;
    unsigned y;
    unsigned x;
  };
  std::optional<Node> node;
  std::uint64_t address;  ///< local address
  bool group = false;     ///< `node` holds its number, 32 * y + x
};

/// Takes a flat address apart; nothing when it names neither SRAM nor a group.
std::optional<SramAddress> parse_address(std::uint64_t address);

/// True when every field obeys the granularity of 8 bytes, the kind exists, there are less than 2^31 rows and the
/// padding is not larger than the box.
bool well_formed(const noc::Descriptor& descriptor);

/// True when every destination row, starting at a local address, lies inside the SRAM.
bool target_inside(const LocalMemory& memory, std::uint64_t first, const noc::Descriptor& descriptor);

/// The same for the rows that are read; of a gather for its table, and for a row at offset 0.
bool source_inside(const LocalMemory& memory, std::uint64_t first, const noc::Descriptor& descriptor);

/// Copies row by row, in order; `source` empty writes zeros. The rows must be inside. False when a gather names a row
/// that does not exist, which becomes zeros, or a word of the source cannot be read; it is sent as it is stored.
bool copy_rows(const noc::Descriptor& descriptor, LocalMemory* source, std::uint64_t source_first, LocalMemory& target,
               std::uint64_t target_first);

}  // namespace tatami::golden
