// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "sim/engine/edge_port.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::engine {

/// The host's end of its link: sends queued packets as credits allow, one per cycle, and keeps what comes back.
class HostPort : public EdgePort {
 public:
  /// `buffer_depth`: places per class at the receiving router.
  explicit HostPort(std::uint32_t die, unsigned buffer_depth) : die_(die) { credits_.fill(buffer_depth); }

  /// Queues a control write of `value` to a node's control register.
  void send_control(NodeId node, std::uint32_t address, std::uint64_t value);
  /// Queues a control write that inverts stored bits of a word: `data` of its data, `check` of its check bits.
  void send_flip(NodeId node, std::uint64_t address, const WordFlip& flip);
  /// Queues puts that write `bytes` to a node's SRAM. Throws std::invalid_argument unless address and size are
  /// multiples of 8.
  void send_data(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes);

  void cycle(bool valid_in, const std::uint32_t* packet_in, std::uint8_t credit_in) override;
  bool idle() const override { return queue_.empty() && !output_.valid && output_.credit == 0; }
  std::uint64_t sent() const { return sent_; }
  const std::vector<Packet>& received() const { return received_; }

 private:
  noc::Header header(NodeId node, noc::Op op, std::uint64_t address, std::size_t bytes) const;

  std::uint32_t die_;
  std::deque<Packet> queue_;
  std::array<unsigned, kClasses> credits_{};
  std::vector<Packet> received_;
  std::uint64_t sent_ = 0;
};

}  // namespace tatami::engine
