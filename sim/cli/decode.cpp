// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "formats.hpp"
#include "noc.hpp"
#include "sim/engine/link.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::cli {
namespace {

/// The words of a hexadecimal number, the lowest first; nothing when it is none, or longer.
template <std::size_t kWords>
std::optional<std::array<std::uint32_t, kWords>> parse_words(std::string_view digits) {
  constexpr std::size_t kDigits = 8;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  if (digits.empty() || digits.size() > kDigits * kWords) return std::nullopt;
  std::array<std::uint32_t, kWords> words{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char c = digits[digits.size() - 1 - i];
    constexpr std::string_view kLower = "0123456789abcdef", kUpper = "0123456789ABCDEF";
    const std::size_t value = std::min(kLower.find(c), kUpper.find(c));
    if (value == std::string_view::npos) return std::nullopt;
    words[i / kDigits] |= static_cast<std::uint32_t>(value) << (4 * (i % kDigits));
  }
  return words;
}

std::string node_text(std::uint32_t die, unsigned y, unsigned x) {
  if (die == noc::kHostDie) return "host";
  return (die == 0 ? "" : fmt::format("die {} ", die)) + place_text({y, x});
}

std::string packet_text(const noc::Header& h) {
  static constexpr std::array kOps = {"put", "get", "ctrl"};
  const auto op = static_cast<std::size_t>(h.op);
  std::string text =
      fmt::format("{}{} {} -> ", h.cls == noc::Class::Response ? "answer " : "",
                  op < kOps.size() ? kOps[op] : fmt::format("op {}", op), node_text(h.src_die, h.src_y, h.src_x));
  text += h.cast ? fmt::format("group {}", 32 * h.dst_y + h.dst_x) : node_text(h.dst_die, h.dst_y, h.dst_x);
  text += fmt::format(" {} B at {:#x}", h.len, h.addr);
  if (h.post) text += fmt::format(", posts {}", h.sem);
  return text;
}

}  // namespace

std::optional<std::string> decode_packet(const std::string& digits) {
  const auto words = parse_words<engine::kPacketWords>(digits);
  if (!words) return std::nullopt;
  return packet_text(engine::Packet{*words}.header());
}

std::optional<std::string> decode_format(const std::string& digits) {
  const auto words = parse_words<1>(digits);
  const formats::Format* found = words ? formats::find((*words)[0]) : nullptr;
  return found == nullptr ? std::nullopt : std::optional(std::string(found->name));
}

}  // namespace tatami::cli
