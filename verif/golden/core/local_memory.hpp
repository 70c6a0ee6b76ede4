// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A node's SRAM as its programs see it.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "noc.hpp"

namespace tatami::golden {

/// Bytes, little-endian. Programs address them by two windows, at kSramBase and at kSramAlias.
class LocalMemory {
 public:
  explicit LocalMemory(std::uint64_t bytes) : bytes_(bytes) {}

  std::uint64_t size() const { return bytes_.size(); }

  /// Byte offset of a local access of `length` bytes; nothing when any byte of it lies outside both windows.
  std::optional<std::uint64_t> offset(std::uint64_t address, std::uint64_t length) const {
    for (const std::uint64_t base : {noc::kSramBase, noc::kSramAlias}) {
      const std::uint64_t offset = address - base;
      if (address >= base && offset <= size() && length <= size() - offset) return offset;
    }
    return std::nullopt;
  }

  /// Up to eight bytes at a byte offset, zero-extended.
  std::uint64_t load(std::uint64_t offset, unsigned length) const {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes(offset, length).data(), length);
    return value;
  }
  /// The low `length` bytes of a value, at most eight.
  void store(std::uint64_t offset, std::uint64_t value, unsigned length) {
    std::memcpy(bytes(offset, length).data(), &value, length);
  }

  /// A view of the bytes. Throws std::out_of_range beyond the end.
  std::span<const std::uint8_t> bytes(std::uint64_t offset, std::uint64_t length) const {
    check(offset, length);
    return {bytes_.data() + offset, length};
  }
  std::span<std::uint8_t> bytes(std::uint64_t offset, std::uint64_t length) {
    check(offset, length);
    return {bytes_.data() + offset, length};
  }

 private:
  void check(std::uint64_t offset, std::uint64_t length) const {
    if (offset > size() || length > size() - offset) throw std::out_of_range("access beyond the node's SRAM");
  }

  std::vector<std::uint8_t> bytes_;
};

}  // namespace tatami::golden
