// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/machine/transfer.hpp"

#include <algorithm>

namespace tatami::golden {

std::optional<SramAddress> parse_address(std::uint64_t address) {
  const auto field = [address](unsigned lsb, unsigned bits) {
    return (address >> lsb) & ((std::uint64_t{1} << bits) - 1);
  };
  if (field(63, 1) == 0) return SramAddress{std::nullopt, address};
  if (field(60, 3) != static_cast<std::uint64_t>(noc::Region::Sram)) return std::nullopt;
  const SramAddress::Node node{static_cast<std::uint32_t>(field(40, 20)), static_cast<unsigned>(field(35, 5)),
                               static_cast<unsigned>(field(30, 5))};
  return SramAddress{node, field(0, 30)};
}

bool well_formed(const noc::Descriptor& d) {
  const bool aligned = d.dst % 8 == 0 && (d.kind == noc::Kind::Zero || d.src % 8 == 0) && d.row_bytes % 8 == 0 &&
                       d.dst_pitch % 8 == 0 && d.src_pitch % 8 == 0;
  constexpr std::uint32_t kRowLimit = std::uint32_t{1} << 31;
  return aligned && d.rows < kRowLimit &&
         (d.kind == noc::Kind::Put || d.kind == noc::Kind::Get || d.kind == noc::Kind::Zero);
}

bool rows_inside(const LocalMemory& memory, std::uint64_t first, std::int64_t pitch, const noc::Descriptor& d) {
  if (d.row_bytes == 0) return true;
  for (std::uint64_t row = 0; row < d.rows; ++row) {
    if (!memory.offset(first + row * static_cast<std::uint64_t>(pitch), d.row_bytes)) return false;
  }
  return true;
}

void copy_rows(const noc::Descriptor& d, LocalMemory* source, std::uint64_t source_first, LocalMemory& target,
               std::uint64_t target_first) {
  if (d.row_bytes == 0) return;
  for (std::uint64_t row = 0; row < d.rows; ++row) {
    const std::uint64_t to = target_first + row * static_cast<std::uint64_t>(std::int64_t{d.dst_pitch});
    const auto out = target.bytes(*target.offset(to, d.row_bytes), d.row_bytes);
    if (source == nullptr) {
      std::ranges::fill(out, std::uint8_t{0});
      continue;
    }
    const std::uint64_t from = source_first + row * static_cast<std::uint64_t>(std::int64_t{d.src_pitch});
    const auto in = source->bytes(*source->offset(from, d.row_bytes), d.row_bytes);
    // A row onto itself may overlap: it goes through ascending words, as packets do.
    for (std::size_t i = 0; i < in.size(); i += 8) std::copy_n(in.begin() + i, 8, out.begin() + i);
  }
}

}  // namespace tatami::golden
