// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "verif/golden/sram/secded.hpp"

#include <bit>

namespace tatami::golden {

namespace {

std::array<std::uint8_t, 72> make_columns() {
  std::array<std::uint8_t, 72> columns{};
  unsigned next = 0;
  for (unsigned value = 0; value < 256; ++value) {
    if (std::popcount(value) == 3) columns[next++] = static_cast<std::uint8_t>(value);
  }
  for (int r = 0; r < 8; ++r) columns[next++] = std::rotl(std::uint8_t{0x1F}, r);
  for (unsigned k = 0; k < 8; ++k) columns[next++] = static_cast<std::uint8_t>(1U << k);
  return columns;
}

std::uint8_t sum_of_columns(Codeword word) {
  std::uint8_t sum = 0;
  for (unsigned i = 0; i < 64; ++i) {
    if (word.data >> i & 1) sum ^= secded_columns()[i];
  }
  return sum ^ word.check;
}

}  // namespace

Codeword flip(Codeword word, unsigned bit) {
  if (bit < 64) {
    word.data ^= std::uint64_t{1} << bit;
  } else {
    word.check ^= static_cast<std::uint8_t>(1U << (bit - 64));
  }
  return word;
}

const std::array<std::uint8_t, 72>& secded_columns() {
  static const std::array<std::uint8_t, 72> columns = make_columns();
  return columns;
}

Codeword secded_encode(std::uint64_t data) { return {data, sum_of_columns({data, 0})}; }

Decoded secded_decode(Codeword word) {
  const std::uint8_t sum = sum_of_columns(word);
  if (sum == 0) return {word.data, false, false};
  for (unsigned i = 0; i < 72; ++i) {
    if (secded_columns()[i] == sum) return {flip(word, i).data, true, false};
  }
  return {word.data, false, true};
}

}  // namespace tatami::golden
