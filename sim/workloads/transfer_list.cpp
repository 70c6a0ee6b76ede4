// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/transfer_list.hpp"

namespace tatami {
namespace {

constexpr unsigned kOffsetBits = 30;  // of an address; those above name the node

/// Whether rows of `next` continue those of `last` at the same pitch; a single row has any pitch.
bool continues(std::uint64_t last, std::uint32_t last_rows, std::int32_t last_pitch, std::uint64_t next,
               std::uint32_t next_rows, std::int32_t next_pitch) {
  const std::int64_t step = static_cast<std::int64_t>(next) - static_cast<std::int64_t>(last);
  const std::int64_t pitch = last_rows > 1 ? last_pitch : next_rows > 1 ? next_pitch : step;
  return (last_rows == 1 || last_pitch == pitch) && (next_rows == 1 || next_pitch == pitch) &&
         step == pitch * static_cast<std::int64_t>(last_rows) && pitch == static_cast<std::int32_t>(pitch);
}

}  // namespace

void TransferList::zero(const Rows& to, std::uint64_t rows, std::uint64_t row_bytes) {
  append({.dst = to.address,
          .row_bytes = static_cast<std::uint32_t>(row_bytes),
          .rows = static_cast<std::uint32_t>(rows),
          .dst_pitch = static_cast<std::int32_t>(to.pitch),
          .kind = noc::Kind::Zero});
}

void TransferList::fetch(NodeId from_node, const Rows& from, const Rows& to, std::uint64_t rows,
                         std::uint64_t row_bytes) {
  const bool local = from_node == self_;
  append(
      {.dst = to.address,
       .src = local ? from.address : noc::global_address(noc::Region::Sram, 0, from_node.y, from_node.x, from.address),
       .row_bytes = static_cast<std::uint32_t>(row_bytes),
       .rows = static_cast<std::uint32_t>(rows),
       .dst_pitch = static_cast<std::int32_t>(to.pitch),
       .src_pitch = static_cast<std::int32_t>(from.pitch),
       .kind = local ? noc::Kind::Put : noc::Kind::Get});
}

std::uint64_t TransferList::bytes() const {
  std::uint64_t total = 0;
  for (const noc::Descriptor& d : list_) total += std::uint64_t{d.rows} * d.row_bytes;
  return total;
}

void TransferList::append(const noc::Descriptor& next) {
  if (next.rows == 0 || next.row_bytes == 0) return;
  if (!list_.empty()) {
    noc::Descriptor& last = list_.back();
    const bool zero = next.kind == noc::Kind::Zero;
    const bool same_node = last.src >> kOffsetBits == next.src >> kOffsetBits;
    if (same_node && last.kind == next.kind && last.row_bytes == next.row_bytes &&
        continues(last.dst, last.rows, last.dst_pitch, next.dst, next.rows, next.dst_pitch) &&
        (zero || continues(last.src, last.rows, last.src_pitch, next.src, next.rows, next.src_pitch))) {
      if (last.rows == 1) {
        last.dst_pitch = static_cast<std::int32_t>(next.dst - last.dst);
        if (!zero) last.src_pitch = static_cast<std::int32_t>(next.src - last.src);
      }
      last.rows += next.rows;
      return;
    }
  }
  list_.push_back(next);
  list_.back().post = true;
  list_.back().sem = static_cast<std::uint8_t>(semaphore_);
}

}  // namespace tatami
