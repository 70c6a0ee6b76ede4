// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/dma/transfer_engine.hpp"

#include <algorithm>

namespace tatami::golden {

namespace {

constexpr std::uint64_t kHostBytes = std::uint64_t{1} << 30;

std::uint64_t global(const Place& node, std::uint64_t offset) {
  return std::uint64_t{1} << 63 | std::uint64_t{node.die} << 40 | std::uint64_t{node.y} << 35 |
         std::uint64_t{node.x} << 30 | offset;
}

/// The node that a global address names.
Place node_of(std::uint64_t address) {
  return {static_cast<std::uint32_t>(address >> 40 & 0xFFFFF), static_cast<unsigned>(address >> 35 & 31),
          static_cast<unsigned>(address >> 30 & 31)};
}

}  // namespace

bool TransferEngine::unreadable(std::uint64_t offset, std::uint64_t count) const {
  const auto first = unreadable_.lower_bound(offset / 8);
  return first != unreadable_.end() && *first < (offset + count) / 8;
}

std::optional<TransferEngine::Target> TransferEngine::parse(std::uint64_t address) const {
  if (address >> 63 == 0) {
    const std::uint64_t base = address >= noc::kSramAlias ? noc::kSramAlias : noc::kSramBase;
    if (address - base >= noc::kSramAlias) return std::nullopt;
    return Target{node_, address - base};
  }
  const auto region = static_cast<noc::Region>(address >> 60 & 7);
  const bool group = region == noc::Region::Group;
  if (region != noc::Region::Sram && !group) return std::nullopt;
  return Target{node_of(address), address & (kHostBytes - 1), group};
}

TransferEngine::Inner TransferEngine::inner(const noc::Descriptor& d) {
  return {std::int64_t{d.rows} - d.pad_top - d.pad_bottom, std::int64_t{d.row_bytes} - d.pad_left - d.pad_right};
}

std::uint64_t TransferEngine::bytes_of(const Target& target) const {
  return target.node.die == noc::kHostDie ? kHostBytes : bytes();
}

bool TransferEngine::rows_fit(const Target& target, std::int64_t pitch, std::int64_t rows,
                              std::int64_t row_bytes) const {
  auto row = static_cast<std::int64_t>(target.offset);
  for (std::int64_t i = 0; i < rows; ++i, row += pitch) {
    if (row < 0 || row + row_bytes > static_cast<std::int64_t>(bytes_of(target))) return false;
    if (pitch == 0) return true;
  }
  return true;
}

/// Padding that fits the box, and source rows, or the table of a gather and its row at offset 0, that exist.
bool TransferEngine::source_legal(const noc::Descriptor& d, const Target& src) const {
  const Inner box = inner(d);
  if (d.pad_left % 8 != 0 || d.pad_right % 8 != 0 || box.rows < 0 || box.bytes < 0) return false;
  if (box.none()) return true;
  if (!d.gather) return rows_fit(src, d.src_pitch, box.rows, box.bytes);
  const std::uint64_t table = d.index & 0x7FFFFFFF, size = static_cast<std::uint64_t>(box.rows + 1) / 2 * 8;
  return rows_fit(src, 0, 1, box.bytes) && d.index % 8 == 0 && table + size <= bytes_of(src);
}

bool TransferEngine::legal(const noc::Descriptor& d, bool remote) const {
  const bool known = d.kind == noc::Kind::Put || d.kind == noc::Kind::Get || d.kind == noc::Kind::Zero;
  if (remote ? d.kind != noc::Kind::Get : !known) return false;
  const bool has_source = d.kind != noc::Kind::Zero;
  const bool asks = d.kind == noc::Kind::Get && !remote;
  if (d.dst % 8 != 0 || d.row_bytes % 8 != 0 || d.dst_pitch % 8 != 0 || d.src_pitch % 8 != 0) return false;
  if (d.post && d.sem >= semaphores_) return false;
  if (d.rows >= 0x80000000U) return false;
  const bool empty = d.rows == 0 || d.row_bytes == 0;
  const auto dst = parse(d.dst);
  if (!dst || (asks && dst->node != node_)) return false;
  if (dst->group && (d.kind == noc::Kind::Get || dst->node.die == noc::kHostDie)) return false;
  if (!empty && !rows_fit(*dst, d.dst_pitch, d.rows, d.row_bytes)) return false;
  if (!has_source) return true;
  const auto src = parse(d.src);
  if (d.src % 8 != 0 || !src || src->group || (!asks && src->node != node_)) return false;
  return source_legal(d, *src);
}

Message TransferEngine::message(noc::Class cls, noc::Op op, const Target& target) const {
  const Place& to = target.node;
  Message m;
  m.header.cls = cls;
  m.header.op = op;
  m.header.cast = target.group;
  m.header.dst_die = to.die;
  m.header.dst_y = static_cast<std::uint8_t>(to.y);
  m.header.dst_x = static_cast<std::uint8_t>(to.x);
  m.header.src_die = node_.die;
  m.header.src_y = static_cast<std::uint8_t>(node_.y);
  m.header.src_x = static_cast<std::uint8_t>(node_.x);
  return m;
}

/// Where the row of the source that becomes row `row` of the box begins; nothing for a gather's row that does not
/// exist.
std::optional<std::uint64_t> TransferEngine::source_row(const noc::Descriptor& d, std::int64_t row) const {
  const std::uint64_t first = parse(d.src)->offset;
  const std::int64_t number = row - d.pad_top;
  if (!d.gather) return first + static_cast<std::uint64_t>(number * d.src_pitch);
  const std::uint64_t entry = (d.index & 0x7FFFFFFF) + 4 * static_cast<std::uint64_t>(number);
  if (unreadable(entry / 8 * 8, 8)) return std::nullopt;
  const std::uint64_t offset = sram_[entry / 8] >> (8 * (entry % 8)) & 0xFFFFFFFF;
  if (offset % 8 != 0 || first + offset + static_cast<std::uint64_t>(inner(d).bytes) > bytes()) return std::nullopt;
  return first + offset;
}

/// The payload of a packet: `count` bytes of a row of the box, from byte `at` on. False when some of it is at fault.
bool TransferEngine::fill(const noc::Descriptor& d, std::int64_t row, std::uint32_t at, std::uint32_t count,
                          Message& message) const {
  if (d.kind == noc::Kind::Zero || row < d.pad_top || row >= std::int64_t{d.rows} - d.pad_bottom) return true;
  bool good = true;
  for (std::uint32_t i = 0; i < count / 8; ++i) {
    const std::int64_t column = std::int64_t{at} + 8 * i;
    if (column < d.pad_left || column >= std::int64_t{d.row_bytes} - d.pad_right) continue;
    const auto place = source_row(d, row);
    if (!place) return false;
    const std::uint64_t from = *place + static_cast<std::uint64_t>(column - d.pad_left);
    message.payload[2 * i] = static_cast<std::uint32_t>(sram_[from / 8]);
    message.payload[2 * i + 1] = static_cast<std::uint32_t>(sram_[from / 8] >> 32);
    good = good && !unreadable(from, 8);
  }
  return good;
}

void TransferEngine::blame(const Origin& origin, const noc::Descriptor& d, TransferResult& result) const {
  if (origin) {
    result.faults.push_back(*origin);
    return;
  }
  result.get_faults.push_back(d.dst >> 63 != 0 ? node_of(d.dst) : node_);
}

void TransferEngine::send_rows(const noc::Descriptor& d, const Origin& origin, TransferResult& result) const {
  const auto cls = origin ? noc::Class::Request : noc::Class::Response;
  const Target dst = *parse(d.dst);
  const bool empty = d.rows == 0 || d.row_bytes == 0;
  const std::uint32_t rows = empty ? 0 : d.rows;
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t at = 0; at < d.row_bytes; at += 64) {
      Message m = message(cls, noc::Op::Put, dst);
      const std::uint32_t count = std::min<std::uint32_t>(64, d.row_bytes - at);
      m.header.addr =
          static_cast<std::uint32_t>(static_cast<std::int64_t>(dst.offset) + std::int64_t{r} * d.dst_pitch + at);
      m.header.len = static_cast<std::uint8_t>(count);
      m.header.sem = d.sem;
      if (!fill(d, r, at, count, m)) blame(origin, d, result);
      result.packets.push_back(m);
    }
  }
  if (!d.post) return;
  if (empty) {
    result.packets.push_back(message(cls, noc::Op::Put, dst));
    result.packets.back().header.sem = d.sem;
  }
  result.packets.back().header.post = true;
}

void TransferEngine::run(const Words& words, const Origin& origin, TransferResult& result) const {
  const noc::Descriptor d = noc::Descriptor::unpack(words);
  if (!legal(d, !origin)) {
    blame(origin, d, result);
    return;
  }
  if (d.kind != noc::Kind::Get || !origin) {
    send_rows(d, origin, result);
    return;
  }
  if ((d.rows == 0 || d.row_bytes == 0) && !d.post) return;
  Message m = message(noc::Class::Request, noc::Op::Get, *parse(d.src));
  m.header.len = 64;
  Words payload = words;
  payload[0] = global(node_, parse(d.dst)->offset % kHostBytes);
  for (unsigned i = 0; i < 8; ++i) {
    m.payload[2 * i] = static_cast<std::uint32_t>(payload[i]);
    m.payload[2 * i + 1] = static_cast<std::uint32_t>(payload[i] >> 32);
  }
  result.packets.push_back(m);
}

TransferResult TransferEngine::run_list(unsigned thread, std::uint32_t address, unsigned count) const {
  TransferResult result;
  for (unsigned i = 0; i < count; ++i) {
    const std::uint64_t at = std::uint64_t{address} + 64 * i;
    const TransferFault origin{thread, static_cast<std::uint32_t>(at & 0x1FFFFF)};
    if (at % 8 != 0 || at + 64 > bytes()) {
      result.faults.push_back(origin);
      return result;
    }
    if (unreadable(at, 64)) {
      result.faults.push_back(origin);
      continue;
    }
    Words words;
    std::copy_n(sram_.begin() + static_cast<std::ptrdiff_t>(at / 8), 8, words.begin());
    run(words, origin, result);
  }
  return result;
}

TransferResult TransferEngine::run_get(const Words& descriptor) const {
  TransferResult result;
  run(descriptor, std::nullopt, result);
  return result;
}

}  // namespace tatami::golden
