// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/htif.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <string>

#include "noc.hpp"
#include "sim/runtime/error.hpp"

namespace tatami {
namespace {

constexpr std::uint64_t kPutCharacter = 0x0101;  // device and command, bits 63:48
constexpr std::uint64_t kWrite = 64, kExit = 93, kCallBytes = 64;

}  // namespace

std::optional<std::uint64_t> Htif::poll(const Print& print) {
  if (exit_) return exit_;
  const std::uint64_t value = word(place_.tohost);
  if (value == 0) return std::nullopt;
  if ((value & 1) != 0 && value >> 48 == 0) {
    exit_ = value >> 1;
  } else if (value >> 48 == kPutCharacter) {
    const char character = static_cast<char>(value & 0xff);
    print({&character, 1});
    set_word(place_.tohost, 0);
  } else {
    exit_ = call(value, print);
    set_word(place_.tohost, 0);
    if (place_.fromhost) set_word(*place_.fromhost, 1);
  }
  return exit_;
}

/// A system call; returns the exit code of `exit`.
std::optional<std::uint64_t> Htif::call(std::uint64_t address, const Print& print) {
  const std::uint64_t at = offset_of(address, kCallBytes);
  const std::uint64_t number = word(at);
  if (number == kExit) return word(at + 8);
  if (number != kWrite) {
    throw InputError(
        fmt::format("the program asks the host for system call {}; only write (64) and exit (93) are known", number));
  }
  const std::uint64_t length = word(at + 24);
  std::string text(length <= place_.sram_bytes ? length : 0, '\0');
  device_.read(node_, offset_of(word(at + 16), length), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  print(text);
  set_word(at, length);
  return std::nullopt;
}

std::uint64_t Htif::offset_of(std::uint64_t address, std::uint64_t bytes) const {
  const std::uint64_t offset = address & ~noc::kSramAlias;
  if (offset > place_.sram_bytes || bytes > place_.sram_bytes - offset) {
    throw InputError(
        fmt::format("the program gives the host {} bytes at {:#x}, outside the node's SRAM", bytes, address));
  }
  return offset;
}

std::uint64_t Htif::word(std::uint64_t offset) const {
  std::array<std::uint8_t, 8> bytes{};
  device_.read(node_, offset, bytes);
  return std::bit_cast<std::uint64_t>(bytes);
}

void Htif::set_word(std::uint64_t offset, std::uint64_t value) {
  device_.write(node_, offset, std::bit_cast<std::array<std::uint8_t, 8>>(value));
}

}  // namespace tatami
