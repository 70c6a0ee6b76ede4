// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/sram/word_errors.hpp"

#include <cstring>

namespace tatami::golden {
namespace {

constexpr std::uint64_t kWordBytes = 8;

void invert(std::span<std::uint8_t> bytes, std::uint64_t address, std::uint64_t mask) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + address, kWordBytes);
  word ^= mask;
  std::memcpy(bytes.data() + address, &word, kWordBytes);
}

}  // namespace

void WordErrors::flip(std::span<std::uint8_t> bytes, std::uint64_t address, const Codeword& bits) {
  invert(bytes, address, bits.data);
  Codeword& wrong = wrong_[address];
  wrong.data ^= bits.data;
  wrong.check ^= bits.check;
  if (wrong == Codeword{}) wrong_.erase(address);
}

std::optional<std::uint64_t> WordErrors::read(std::span<std::uint8_t> bytes, std::uint64_t address,
                                              std::uint64_t length, unsigned port) {
  std::optional<std::uint64_t> first;
  for (auto it = wrong_.lower_bound(address / kWordBytes * kWordBytes);
       it != wrong_.end() && it->first < address + length;) {
    // The code is linear: what the decoder does to a word, it does to its wrong bits alone.
    const Decoded decoded = secded_decode(it->second);
    if (decoded.uncorrectable) {
      if (lost_++ == 0) lost_at_ = {it->first, port};
      if (!first) first = it->first;
      ++it;
      continue;
    }
    ++fixed_;
    fixed_at_ = it->first;
    invert(bytes, it->first, it->second.data ^ decoded.data);
    it = wrong_.erase(it);
  }
  return first;
}

void WordErrors::write(std::span<std::uint8_t> bytes, std::uint64_t address, std::uint64_t length, unsigned port) {
  if (none()) return;
  for (std::uint64_t word = address / kWordBytes * kWordBytes; word < address + length; word += kWordBytes) {
    if (word >= address && word + kWordBytes <= address + length) {
      wrong_.erase(word);
    } else {
      read(bytes, word, kWordBytes, port);
    }
  }
}

}  // namespace tatami::golden
