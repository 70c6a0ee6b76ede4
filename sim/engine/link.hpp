// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include "noc.hpp"
#include "sim/runtime/direction.hpp"

namespace tatami::engine {

inline constexpr unsigned kClasses = 2;
inline constexpr unsigned kPacketWords = 20;

/// A packet as the Verilated `packet_t` holds it: 16 words of payload, then 4 of header.
struct Packet {
  std::array<std::uint32_t, kPacketWords> words{};

  static Packet make(const noc::Header& header, std::span<const std::uint8_t> payload) {
    Packet packet;
    const std::size_t bytes = std::min<std::size_t>(payload.size(), noc::kPayloadBytes);
    if (bytes != 0) std::memcpy(packet.words.data(), payload.data(), bytes);
    const auto packed = header.pack();
    std::copy(packed.begin(), packed.end(), packet.words.begin() + 16);
    return packet;
  }
  noc::Header header() const { return noc::Header::unpack({words[16], words[17], words[18], words[19]}); }
  friend bool operator==(const Packet&, const Packet&) = default;
};

/// The class bit of a packet's header, without unpacking the rest.
inline unsigned class_of(const std::uint32_t* packet_words) { return packet_words[19] >> 31; }

}  // namespace tatami::engine
