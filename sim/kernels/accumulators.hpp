// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/conv_kernel.hpp"

namespace tatami {

/// Emits the moves of a block's tiles between accumulators and SRAM. In SRAM tiles lie as BlockedLayout says: the rows
/// of a tile follow each other in its plane, so a register holds a line of it. Reduction::row_pointer(i) points to row
/// tile i in the plane of the first column tile; `plane` holds the bytes to the next plane.
class Accumulators {
 public:
  Accumulators(Assembler& as, const Config& config, const BlockVariant& variant)
      : as_(as), config_(config), variant_(variant) {}

  /// Registers that a tile of such elements fills.
  static unsigned parts(const Config& config, DataType type);

  /// Reads every tile out and stores it as FP32 or BF16; of a masked block the last column tile keeps the bits of
  /// `mask` only. Overwrites the row pointers and v16..v23.
  void store(DataType type, XReg plane, VReg mask);
  /// Fills every accumulator with a tile of FP32. Overwrites the row pointers and v16..v23.
  void load(XReg plane);

 private:
  /// A register of results: part `part` of a tile.
  struct Part {
    unsigned row, col, part;
  };
  using Set = std::vector<Part>;

  std::vector<Set> sets(DataType type) const;
  void read_out(const Set& set, std::size_t number, DataType type);
  void store_set(const Set& set, std::size_t number, XReg plane, VReg mask);
  void load_set(const Set& set, std::size_t number, XReg plane);
  void fill(const Set& set, std::size_t number);
  void enter_tile(const Part& part, XReg plane);
  AccReg accumulator(const Part& part) const { return AccReg(part.row * variant_.cols + part.col); }

  Assembler& as_;
  const Config& config_;
  BlockVariant variant_;
};

}  // namespace tatami
