// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "verif/golden/sram/secded.hpp"

namespace tatami::golden {

/// The wrong bits of an SRAM, from docs/memory.md, Error correction. The words themselves are the caller's: bytes as
/// they are stored, wrong ones included. Addresses are byte offsets.
class WordErrors {
 public:
  /// A word that cannot be put right, and who met it: a port as in CSR tlostat.
  struct Lost {
    std::uint64_t address = 0;
    unsigned port = 0;
  };

  /// Inverts stored bits of the word at a multiple of 8.
  void flip(std::span<std::uint8_t> bytes, std::uint64_t address, const Codeword& bits);

  /// Before some bytes are read: words with one wrong bit are put right. The first one that cannot be, if any.
  std::optional<std::uint64_t> read(std::span<std::uint8_t> bytes, std::uint64_t address, std::uint64_t length,
                                    unsigned port);

  /// Before some bytes are written: words that are written as a whole lose their errors, others are read.
  void write(std::span<std::uint8_t> bytes, std::uint64_t address, std::uint64_t length, unsigned port);

  bool none() const { return wrong_.empty(); }
  /// Words put right, and the last of them.
  std::uint64_t fixed() const { return fixed_; }
  std::uint64_t fixed_at() const { return fixed_at_; }
  /// Accesses to words that cannot be, and the first of them.
  std::uint64_t lost() const { return lost_; }
  const Lost& lost_at() const { return lost_at_; }
  void set_fixed(std::uint64_t count) { fixed_ = count; }
  void set_lost(std::uint64_t count) { lost_ = count; }

 private:
  std::map<std::uint64_t, Codeword> wrong_;  ///< by word address: the bits that are inverted
  std::uint64_t fixed_ = 0, fixed_at_ = 0, lost_ = 0;
  Lost lost_at_;
};

}  // namespace tatami::golden
