// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a lockstep run executes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "sim/asm/assembler.hpp"

namespace tatami::test {

/// A memory image and the threads that the mesh starts.
struct Program {
  struct Start {
    unsigned thread;
    std::uint64_t pc;
  };

  explicit Program(std::uint64_t bytes) : image(bytes) {}

  /// Places code at an address.
  void place(std::uint64_t address, const Assembler& as) {
    const auto words = as.finish();
    if (address + 4 * words.size() > image.size()) throw std::out_of_range("the program does not fit the SRAM");
    pieces.push_back({address, words.size(), 0});
    std::copy_n(reinterpret_cast<const std::uint8_t*>(words.data()), 4 * words.size(), image.data() + address);
  }

  /// Code that was placed.
  struct Piece {
    std::uint64_t address;
    std::size_t words;
    std::size_t shown_from;  ///< words that a listing leaves out at its beginning
  };

  std::vector<std::uint8_t> image;
  std::vector<Piece> pieces;
  std::vector<Start> starts;
};

}  // namespace tatami::test
