// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/machine/transfer.hpp"

#include <algorithm>

namespace tatami::golden {

namespace {

constexpr unsigned kReadPort = 3;

std::uint64_t read_rows(const noc::Descriptor& d) { return d.rows - d.pad_top - d.pad_bottom; }
std::uint64_t read_bytes(const noc::Descriptor& d) { return d.row_bytes - d.pad_left - d.pad_right; }

bool rows_inside(const LocalMemory& memory, std::uint64_t first, std::int64_t pitch, std::uint64_t rows,
                 std::uint64_t bytes) {
  if (bytes == 0) return true;
  for (std::uint64_t row = 0; row < rows; ++row) {
    if (!memory.offset(first + row * static_cast<std::uint64_t>(pitch), bytes)) return false;
  }
  return true;
}

/// Where the row of that number begins, counted without padding; nothing when a gather's table names no place in SRAM.
std::optional<std::uint64_t> source_row(const noc::Descriptor& d, LocalMemory& memory, std::uint64_t first,
                                        std::uint64_t number) {
  const std::uint64_t start = *memory.offset(first, 0);
  if (!d.gather) return start + number * static_cast<std::uint64_t>(std::int64_t{d.src_pitch});
  const std::uint64_t entry = *memory.offset(d.index, 0) + 4 * number;
  if (memory.about_to_read(entry, 4, kReadPort)) return std::nullopt;
  const std::uint64_t place = start + memory.load(entry, 4);
  if (place % 8 != 0 || place + read_bytes(d) > memory.size()) return std::nullopt;
  return place;
}

}  // namespace

std::optional<SramAddress> parse_address(std::uint64_t address) {
  const auto field = [address](unsigned lsb, unsigned bits) {
    return (address >> lsb) & ((std::uint64_t{1} << bits) - 1);
  };
  if (field(63, 1) == 0) return SramAddress{std::nullopt, address};
  const auto region = static_cast<noc::Region>(field(60, 3));
  if (region != noc::Region::Sram && region != noc::Region::Group) return std::nullopt;
  const SramAddress::Node node{static_cast<std::uint32_t>(field(40, 20)), static_cast<unsigned>(field(35, 5)),
                               static_cast<unsigned>(field(30, 5))};
  return SramAddress{node, field(0, 30), region == noc::Region::Group};
}

bool well_formed(const noc::Descriptor& d) {
  constexpr std::uint32_t kRowLimit = std::uint32_t{1} << 31;
  if (d.dst % 8 != 0 || d.row_bytes % 8 != 0 || d.dst_pitch % 8 != 0 || d.src_pitch % 8 != 0) return false;
  if (d.rows >= kRowLimit) return false;
  if (d.kind == noc::Kind::Zero) return true;
  if (d.src % 8 != 0 || d.pad_left % 8 != 0 || d.pad_right % 8 != 0) return false;
  if (std::uint32_t{d.pad_top} + d.pad_bottom > d.rows) return false;
  if (std::uint32_t{d.pad_left} + d.pad_right > d.row_bytes) return false;
  return d.kind == noc::Kind::Put || d.kind == noc::Kind::Get;
}

bool target_inside(const LocalMemory& memory, std::uint64_t first, const noc::Descriptor& d) {
  return rows_inside(memory, first, d.dst_pitch, d.rows, d.row_bytes);
}

bool source_inside(const LocalMemory& memory, std::uint64_t first, const noc::Descriptor& d) {
  constexpr std::uint64_t kOffsetBytes = 4;
  const std::uint64_t rows = read_rows(d), bytes = read_bytes(d);
  if (rows == 0 || bytes == 0) return true;
  if (!d.gather) return rows_inside(memory, first, d.src_pitch, rows, bytes);
  const std::uint64_t table = (kOffsetBytes * rows + 7) / 8 * 8;
  return memory.offset(first, bytes) && d.index % 8 == 0 && memory.offset(d.index, table);
}

bool copy_rows(const noc::Descriptor& d, LocalMemory* source, std::uint64_t source_first, LocalMemory& target,
               std::uint64_t target_first) {
  constexpr unsigned kWritePort = 5;
  if (d.row_bytes == 0) return true;
  const std::uint64_t rows = read_rows(d), bytes = read_bytes(d);
  bool complete = true;
  for (std::uint64_t row = 0; row < d.rows; ++row) {
    const std::uint64_t to = target_first + row * static_cast<std::uint64_t>(std::int64_t{d.dst_pitch});
    const std::uint64_t target_row = *target.offset(to, d.row_bytes);
    auto out = target.bytes(target_row, d.row_bytes);
    const bool padded = row < d.pad_top || row >= d.pad_top + rows;
    if (source == nullptr || padded || bytes == 0) {
      target.about_to_write(target_row, d.row_bytes, kWritePort);
      std::ranges::fill(out, std::uint8_t{0});
      continue;
    }
    const auto from = source_row(d, *source, source_first, row - d.pad_top);
    if (from && source->about_to_read(*from, bytes, kReadPort)) complete = false;
    target.about_to_write(target_row, d.row_bytes, kWritePort);
    std::ranges::fill(out.first(d.pad_left), std::uint8_t{0});
    std::ranges::fill(out.last(d.pad_right), std::uint8_t{0});
    out = out.subspan(d.pad_left, bytes);
    complete = complete && from;
    if (!from) {
      std::ranges::fill(out, std::uint8_t{0});
      continue;
    }
    const auto in = source->bytes(*from, bytes);
    // A row onto itself may overlap: it goes through ascending words, as packets do.
    for (std::size_t i = 0; i < in.size(); i += 8) std::copy_n(in.begin() + i, 8, out.begin() + i);
  }
  return complete;
}

}  // namespace tatami::golden
