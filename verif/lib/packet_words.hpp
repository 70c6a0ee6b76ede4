// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "verif/golden/noc/mesh.hpp"

namespace tatami::test {

inline constexpr std::size_t kPacketWords = 20;  ///< a Verilated `packet_t`: 16 words of payload, then 4 of header

/// Writes a message into a Verilated packet (anything indexed by word).
template <typename Words>
void store_packet(const golden::Message& message, Words& words) {
  const auto header = message.header.pack();
  for (std::size_t i = 0; i < message.payload.size(); ++i) words[i] = message.payload[i];
  for (std::size_t i = 0; i < header.size(); ++i) words[message.payload.size() + i] = header[i];
}

/// Reads a message from a Verilated packet.
template <typename Words>
golden::Message load_packet(const Words& words) {
  golden::Message message;
  std::array<std::uint32_t, 4> header{};
  for (std::size_t i = 0; i < message.payload.size(); ++i) message.payload[i] = words[i];
  for (std::size_t i = 0; i < header.size(); ++i) header[i] = words[message.payload.size() + i];
  message.header = noc::Header::unpack(header);
  return message;
}

}  // namespace tatami::test
