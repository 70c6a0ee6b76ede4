// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/conv_kernel.hpp"

namespace tatami {

/// Emits the inner loops of one block: for every (r, s, c) in ascending order, load the row tiles and the column tiles
/// of the step and multiply each pair into its accumulator; the very first step overwrites the accumulators.
///
/// The innermost body is unrolled over as many steps as the load offsets and a share of the instruction cache allow:
/// all taps of a line, or all channels of a tap, or a run of channels. Within a body the loads of a step stand before
/// the matrix steps of the one before it. Per step and block: rows + cols loads, at most one pointer update, rows *
/// cols matrix steps.
class Reduction {
 public:
  // Set by the caller.
  static constexpr XReg kRowPitch = reg::a1;
  static constexpr XReg kWeightPitch = reg::a2;
  static constexpr XReg kWeights = reg::a4;
  static constexpr XReg pointer(unsigned row_tile) { return XReg(16 + row_tile); }  // a6, a7, s2..s7

  Reduction(Assembler& as, const Config& config, const ConvKernelSpec& spec, const BlockVariant& variant);

  /// Overwrites the pointers, v0..v17, s8..s10, t3 and t4.
  void emit();

 private:
  struct Body {
    std::vector<std::uint64_t> offsets;  ///< of the row tiles, per step
  };
  /// How a body begins: with overwriting steps, entered after the peeled first step, or like any other.
  enum class Start { Overwrite, AfterPeel, Continue };
  using Nest = std::function<std::uint64_t()>;

  void choose_body();
  std::uint64_t nest();
  std::uint64_t loop(XReg counter, std::size_t count, std::uint64_t pitch, const Nest& inner);
  void emit_body(const Body& body, Start start);
  void peel_first_step();
  void load(const Body& body, std::size_t step);
  void multiply(std::size_t step, bool first);
  void advance_weights();
  std::int64_t weight_step() const;
  void add(XReg pointer, std::int64_t bytes);
  VReg row_register(std::size_t step, unsigned i) const { return VReg(static_cast<unsigned>(step % 2) * 9 + i); }
  VReg col_register(std::size_t step, unsigned j) const { return row_register(step, variant_.rows + j); }

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
  std::int64_t weight_offset_ = 0;  ///< bytes that kWeights lags behind the current step
};

}  // namespace tatami
