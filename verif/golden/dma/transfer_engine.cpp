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
  if ((address >> 60 & 7) != static_cast<std::uint64_t>(noc::Region::Sram)) return std::nullopt;
  return Target{{static_cast<std::uint32_t>(address >> 40 & 0xFFFFF), static_cast<unsigned>(address >> 35 & 31),
                 static_cast<unsigned>(address >> 30 & 31)},
                address & (kHostBytes - 1)};
}

bool TransferEngine::rows_fit(const Target& target, std::int64_t pitch, const noc::Descriptor& d) const {
  const auto limit = static_cast<std::int64_t>(target.node.die == noc::kHostDie ? kHostBytes : bytes());
  auto row = static_cast<std::int64_t>(target.offset);
  for (std::uint32_t i = 0; i < d.rows; ++i, row += pitch) {
    if (row < 0 || row + std::int64_t{d.row_bytes} > limit) return false;
    if (pitch == 0) return true;
  }
  return true;
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
  if (!empty && !rows_fit(*dst, d.dst_pitch, d)) return false;
  if (!has_source) return true;
  const auto src = parse(d.src);
  if (d.src % 8 != 0 || !src || (!asks && src->node != node_)) return false;
  return empty || rows_fit(*src, d.src_pitch, d);
}

Message TransferEngine::message(noc::Class cls, noc::Op op, const Place& to) const {
  Message m;
  m.header.cls = cls;
  m.header.op = op;
  m.header.dst_die = to.die;
  m.header.dst_y = static_cast<std::uint8_t>(to.y);
  m.header.dst_x = static_cast<std::uint8_t>(to.x);
  m.header.src_die = node_.die;
  m.header.src_y = static_cast<std::uint8_t>(node_.y);
  m.header.src_x = static_cast<std::uint8_t>(node_.x);
  return m;
}

void TransferEngine::send_rows(const noc::Descriptor& d, bool remote, const TransferFault& origin,
                               TransferResult& result) const {
  const auto cls = remote ? noc::Class::Response : noc::Class::Request;
  const Target dst = *parse(d.dst);
  const bool empty = d.rows == 0 || d.row_bytes == 0;
  const std::uint32_t rows = empty ? 0 : d.rows;
  const bool reads = d.kind != noc::Kind::Zero;
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t at = 0; at < d.row_bytes; at += 64) {
      Message m = message(cls, noc::Op::Put, dst.node);
      const std::uint32_t count = std::min<std::uint32_t>(64, d.row_bytes - at);
      m.header.addr =
          static_cast<std::uint32_t>(static_cast<std::int64_t>(dst.offset) + std::int64_t{r} * d.dst_pitch + at);
      m.header.len = static_cast<std::uint8_t>(count);
      m.header.sem = d.sem;
      if (reads) {
        const auto from = static_cast<std::uint64_t>(static_cast<std::int64_t>(parse(d.src)->offset) +
                                                     std::int64_t{r} * d.src_pitch + at);
        for (std::uint32_t i = 0; i < count / 8; ++i) {
          m.payload[2 * i] = static_cast<std::uint32_t>(sram_[from / 8 + i]);
          m.payload[2 * i + 1] = static_cast<std::uint32_t>(sram_[from / 8 + i] >> 32);
        }
        if (unreadable(from, count)) result.faults.push_back(origin);
      }
      result.packets.push_back(m);
    }
  }
  if (!d.post) return;
  if (empty) {
    result.packets.push_back(message(cls, noc::Op::Put, dst.node));
    result.packets.back().header.sem = d.sem;
  }
  result.packets.back().header.post = true;
}

void TransferEngine::run(const Words& words, bool remote, const TransferFault& origin, TransferResult& result) const {
  const noc::Descriptor d = noc::Descriptor::unpack(words);
  if (!legal(d, remote)) {
    result.faults.push_back(origin);
    return;
  }
  if (d.kind != noc::Kind::Get || remote) {
    send_rows(d, remote, origin, result);
    return;
  }
  if ((d.rows == 0 || d.row_bytes == 0) && !d.post) return;
  Message m = message(noc::Class::Request, noc::Op::Get, parse(d.src)->node);
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
    run(words, false, origin, result);
  }
  return result;
}

TransferResult TransferEngine::run_get(const Words& descriptor) const {
  TransferResult result;
  run(descriptor, true, kRemoteFault, result);
  return result;
}

}  // namespace tatami::golden
