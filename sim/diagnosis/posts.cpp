// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/posts.hpp"

#include <algorithm>

namespace tatami::diagnosis {

Sender sender_of(const noc::Header& header) { return {header.src_die == noc::kHostDie, {header.src_y, header.src_x}}; }

std::string text_of(const Sender& sender) { return sender.host ? "the host" : node_text(sender.node); }

void Posts::arrive(const noc::Header& header) {
  const Sender sender = sender_of(header);
  if (header.post) arrived_.emplace_back(header.sem, sender);
  if (header.op == noc::Op::Ctrl && header.addr < noc::kCtrlStartBase) {
    arrived_.emplace_back(header.addr / noc::kCtrlStride, sender);
  }
}

void Posts::post(unsigned semaphore, unsigned count, bool from_mesh) {
  Sender sender{false, node_};
  if (from_mesh) {
    // Those that were dropped do not post.
    const auto oldest = std::ranges::find(arrived_, semaphore, &std::pair<unsigned, Sender>::first);
    if (oldest == arrived_.end()) return;
    sender = oldest->second;
    arrived_.erase(arrived_.begin(), oldest + 1);
  }
  if (count != 0) posts_[semaphore][sender] += count;
}

std::map<Sender, std::uint64_t> Posts::of(unsigned semaphore) const {
  const auto found = posts_.find(semaphore);
  return found == posts_.end() ? std::map<Sender, std::uint64_t>{} : found->second;
}

}  // namespace tatami::diagnosis
