// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/conv_kernel.hpp"
#include "sim/runtime/blocked_layout.hpp"

namespace tatami {

/// Emits the inner loops of one block: for every (line r, tap s, channel c) in ascending order, four channels per
/// matrix step, multiply each row tile with each column tile into its accumulator; the very first step overwrites the
/// accumulators.
///
/// Channels come in blocks (ConvKernelSpec), of one or two steps each. The innermost body is unrolled over as many
/// blocks as a step can address weights of: all taps of a line, or all blocks of a tap, or a run of blocks. A block
/// with one row tile reads its column tiles straight from SRAM, one with more loads them once per step.
class Reduction {
 public:
  // Set by the caller.
  static constexpr XReg kRowStride = reg::a1;
  static constexpr XReg kPlanePitch = reg::a2;
  static constexpr XReg kWeightPlane = reg::a4;
  static XReg row_pointer(unsigned i) { return XReg(16 + i); }  // a6, a7, s2..
  static XReg column_pointer(const BlockVariant& variant, unsigned j) { return XReg(16 + variant.rows + j); }  // ..s8

  Reduction(Assembler& as, const Config& config, const ConvKernelSpec& spec, const BlockVariant& variant);

  /// Overwrites the pointers, v0..v15, s9..s11 and t3. `next_line` emits what is done behind each line of the filter
  /// when it has several; it may overwrite t1, t2 and t4..t6.
  void emit(const std::function<void()>& next_line = {});

  // A reduction in panels, one after the other, whose loop is the caller's. The spec is that of one panel: a 1x1 kernel
  // over at most `most_blocks` blocks of channels.

  /// The blocks of channels that a panel may have.
  static std::size_t most_blocks(const Config& config, DataType operands);
  /// Adds a panel to the accumulators and moves the pointers on to the panel behind it. Overwrites v0..v15 and t3.
  void emit_panel();
  /// The first step of a panel, which overwrites the accumulators; the rest follows in the code of `emit_panel`.
  void emit_first_step();

 private:
  /// A block of channels at one tap: where its input lies, relative to the body's first, and how many steps it has.
  struct Block {
    std::uint64_t offset;
    unsigned steps;
  };
  using Body = std::vector<Block>;
  /// How a body begins: with overwriting steps, entered after the peeled first step, or like any other.
  enum class Start { Overwrite, AfterPeel, Continue };
  using Nest = std::function<std::uint64_t()>;

  void choose_body();
  std::uint64_t nest();
  std::uint64_t loop(XReg counter, std::size_t count, std::uint64_t pitch, const Nest& inner);
  std::uint64_t emit_body(const Body& body, Start start);
  void peel_first_step();
  void step(std::size_t block, unsigned step, std::uint64_t offset, bool first);
  unsigned line(std::size_t block, unsigned step, unsigned j) const;
  void load_rows(unsigned step, std::uint64_t offset);
  void load_columns(std::size_t block, unsigned step);
  void advance_rows(std::int64_t bytes);
  void add(XReg pointer, std::int64_t bytes);

  Assembler& as_;
  const Config& config_;
  const ConvKernelSpec& spec_;
  BlockVariant variant_;
  Body body_;                      ///< the innermost loop's
  Body rest_;                      ///< channels that are left after the channel loop
  std::size_t channel_loops_ = 1;  ///< bodies per tap
  bool taps_in_body_ = false;      ///< the body covers all taps of a line
  bool looped_ = false;            ///< the body runs more than once
  Label after_first_;
};

}  // namespace tatami
