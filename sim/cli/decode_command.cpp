// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What words of hardware mean, for people and for viewers of waveforms.

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formats.hpp"
#include "noc.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/translate.hpp"
#include "sim/engine/link.hpp"
#include "sim/runtime/device.hpp"
#include "sim/runtime/error.hpp"

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

std::optional<std::string> packet(const std::string& digits) {
  const auto words = parse_words<engine::kPacketWords>(digits);
  if (!words) return std::nullopt;
  return packet_text(engine::Packet{*words}.header());
}

std::optional<std::string> format(const std::string& digits) {
  const auto words = parse_words<1>(digits);
  const formats::Format* found = words ? formats::find((*words)[0]) : nullptr;
  return found == nullptr ? std::nullopt : std::optional(std::string(found->name));
}

int decode(const std::string& kind, const std::vector<std::string>& values) {
  const auto text_of = kind == "packet" ? packet : format;
  if (values == std::vector<std::string>{"-"}) return translate_lines(text_of);
  for (const std::string& value : values) {
    const auto text = text_of(value);
    if (!text) throw InputError(fmt::format("'{}' is not a {} in hexadecimal digits", value, kind));
    fmt::print("{}\n", *text);
  }
  return 0;
}

}  // namespace

void add_decode(CLI::App& app, Action& action) {
  const auto kind = std::make_shared<std::string>();
  const auto values = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("decode", "Say what a packet, or a number format's code, means");
  sub->add_option("kind", *kind, "packet (160 digits, header first) or format")
      ->required()
      ->check(CLI::IsMember({"packet", "format"}));
  sub->add_option("values", *values, "in hexadecimal, or - for a value per line of standard input")->required();
  sub->callback([=, &action] { action = [=] { return decode(*kind, *values); }; });
}

}  // namespace tatami::cli
