// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/host_port.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace tatami::engine {
namespace {
constexpr std::size_t kWordBytes = 8;
}

noc::Header HostPort::header(NodeId node, noc::Op op, std::uint64_t address, std::size_t bytes) const {
  noc::Header h;
  h.cls = noc::Class::Request;
  h.op = op;
  h.len = static_cast<std::uint8_t>(bytes);
  h.dst_die = die_;
  h.dst_y = static_cast<std::uint8_t>(node.y);
  h.dst_x = static_cast<std::uint8_t>(node.x);
  h.src_die = noc::kHostDie;
  h.addr = static_cast<std::uint32_t>(address);
  return h;
}

void HostPort::send_control(NodeId node, std::uint32_t address, std::uint64_t value) {
  std::array<std::uint8_t, kWordBytes> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
  queue_.push_back(Packet::make(header(node, noc::Op::Ctrl, address, bytes.size()), bytes));
}

void HostPort::send_flip(NodeId node, std::uint64_t address, const WordFlip& flip) {
  const std::array<std::uint64_t, 2> words = {flip.data, noc::kCtrlFlipKey << 8 | flip.check};
  std::array<std::uint8_t, sizeof words> bytes{};
  std::memcpy(bytes.data(), words.data(), sizeof words);
  const auto control = static_cast<std::uint32_t>(noc::kCtrlFlipBase + address);
  queue_.push_back(Packet::make(header(node, noc::Op::Ctrl, control, bytes.size()), bytes));
}

void HostPort::send_data(NodeId node, std::uint64_t address, std::span<const std::uint8_t> bytes) {
  if (address % kWordBytes != 0 || bytes.size() % kWordBytes != 0) {
    throw std::invalid_argument(
        fmt::format("a put of {} bytes to {:#x} is not made of whole 8-byte words; pad it", bytes.size(), address));
  }
  for (std::size_t done = 0; done < bytes.size();) {
    const std::size_t step = std::min<std::size_t>(noc::kPayloadBytes, bytes.size() - done);
    queue_.push_back(Packet::make(header(node, noc::Op::Put, address + done, step), bytes.subspan(done, step)));
    done += step;
  }
}

void HostPort::cycle(bool valid_in, const std::uint32_t* packet_in, std::uint8_t credit_in) {
  output_.valid = false;
  output_.credit = 0;
  for (unsigned c = 0; c < kClasses; ++c) credits_[c] += credit_in >> c & 1;
  if (valid_in) {
    Packet packet;
    std::copy_n(packet_in, kPacketWords, packet.words.begin());
    output_.credit = static_cast<std::uint8_t>(1u << class_of(packet_in));
    received_.push_back(packet);
  }
  if (queue_.empty()) return;
  const unsigned cls = class_of(queue_.front().words.data());
  if (credits_[cls] == 0) return;
  --credits_[cls];
  output_.valid = true;
  output_.packet = queue_.front();
  queue_.pop_front();
  ++sent_;
}

}  // namespace tatami::engine
