// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/injection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "sim/runtime/error.hpp"
#include "sim/runtime/whole_number.hpp"

namespace tatami::cli {
namespace {

constexpr unsigned kDataBits = 64, kBits = 72;

/// Decimal, or hexadecimal behind 0x.
std::optional<std::uint64_t> number(std::string_view text) {
  const int base = text.starts_with("0x") ? 16 : 10;
  if (base == 16) text.remove_prefix(2);
  return whole_number<std::uint64_t>(text, base);
}

/// Takes what stands before the separator off the text; all of it when there is none.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

}  // namespace

Injection parse_injection(const std::string& text) {
  const auto need = [&text](std::optional<std::uint64_t> value, const char* what) {
    if (value) return *value;
    throw InputError(
        fmt::format("--inject '{}': {} is missing or no number; write YxX:ADDRESS:BIT[+BIT...][@CYCLE]", text, what));
  };
  Injection result;
  std::string_view rest = text;
  std::string_view place = take(rest, '@');
  if (text.find('@') != std::string::npos) result.cycle = need(number(rest), "the cycle");
  std::string_view node = take(place, ':');
  result.node.y = static_cast<unsigned>(need(number(take(node, 'x')), "the node's row"));
  result.node.x = static_cast<unsigned>(need(number(node), "the node's column"));
  result.address = need(number(take(place, ':')), "the address");
  for (bool more = true; more;) {
    more = place.find('+') != std::string_view::npos;
    const std::uint64_t bit = need(number(take(place, '+')), "a bit");
    if (bit >= kBits) {
      throw InputError(fmt::format("--inject '{}': a stored word has bits 0 to {}, {} and up are its check bits", text,
                                   kBits - 1, kDataBits));
    }
    if (bit < kDataBits) {
      result.bits.data ^= std::uint64_t{1} << bit;
    } else {
      result.bits.check ^= static_cast<std::uint8_t>(1U << (bit - kDataBits));
    }
  }
  return result;
}

void inject(Device& device, const Injection& injection) {
  try {
    device.flip(injection.node, injection.address, injection.bits, injection.cycle);
  } catch (const std::logic_error& error) {
    throw InputError(fmt::format("--inject: {}", error.what()));
  }
}

}  // namespace tatami::cli
