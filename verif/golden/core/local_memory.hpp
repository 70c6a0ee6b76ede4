// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A node's SRAM as its programs see it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "noc.hpp"
#include "verif/golden/sram/word_errors.hpp"

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

  /// Wrong bits. Loads and stores below do not look at them: who models an access calls `about_to_read` or
  /// `about_to_write` first, with the port that makes it; a read tells the first word that is lost.
  WordErrors& errors() { return errors_; }
  const WordErrors& errors() const { return errors_; }
  void flip(std::uint64_t offset, const Codeword& bits) {
    check(offset, sizeof bits.data);
    errors_.flip(bytes_, offset, bits);
  }
  std::optional<std::uint64_t> about_to_read(std::uint64_t offset, std::uint64_t length, unsigned port) {
    return errors_.none() ? std::nullopt : errors_.read(bytes_, offset, length, port);
  }
  /// What a read would find, corrected where that is possible; changes nothing.
  void peek(std::uint64_t offset, std::span<std::uint8_t> out) const {
    std::ranges::copy(bytes(offset, out.size()), out.begin());
    if (errors_.none()) return;
    std::vector<std::uint8_t> copy = bytes_;
    WordErrors errors = errors_;
    errors.read(copy, offset, out.size(), 0);
    std::copy_n(copy.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
  }
  void about_to_write(std::uint64_t offset, std::uint64_t length, unsigned port) {
    errors_.write(bytes_, offset, length, port);
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
  WordErrors errors_;
};

}  // namespace tatami::golden
