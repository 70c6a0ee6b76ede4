// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Generates the program of a node in a distributed matrix product (docs/operators.md).
///
/// A thread's work is a list of calls, 32 bytes each: the address of a routine and its arguments. Every routine ends by
/// going to the thread's next call. A *visit* adds some panels of the reduction index to a block of output tiles; the
/// other routines move panels between nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "sim/kernels/conv_kernel.hpp"
#include "sim/runtime/config.hpp"
#include "sim/runtime/tensor.hpp"

namespace tatami {

/// Where the program finds what it needs: the first bytes of SRAM hold these words, at the same place in every node and
/// launch; everything else is position independent.
struct MatmulAbi {
  static constexpr std::uint64_t kCalls = 0x00;     ///< per thread a 64-bit word: its first call
  static constexpr std::uint64_t kArrivals = 0x38;  ///< 64-bit word: the table of arrivals
  static constexpr std::uint64_t kMask = KernelAbi::kMask;
  static constexpr std::uint64_t kEnd = KernelAbi::kEnd;

  // Semaphores. Those of neighbouring sweeps differ, so that a thread or node that is a sweep ahead is not mistaken for
  // one that has ended this sweep.
  static constexpr unsigned kTurns = 4;
  static unsigned done(std::size_t sweep) { return static_cast<unsigned>(sweep % kTurns); }  ///< of a thread's part
  static unsigned credit(std::size_t sweep) { return kTurns + static_cast<unsigned>(sweep % kTurns); }  ///< of slots
  static constexpr unsigned kFirstPanel = 2 * kTurns;  ///< from here on: transfers of a panel that have arrived

  using Arrival = KernelAbi::Gate;  ///< an entry of the table of arrivals, for each panel in order

  static constexpr std::uint64_t kCallBytes = 32;
  static constexpr std::size_t kMostPanels = 0xffff;
  /// Adds panels [panel, panels_end), whose operands follow each other in SRAM, to a block.
  struct Visit {
    std::uint32_t code = 0;
    std::uint32_t then = 0;  ///< routine that follows
    std::uint32_t input = 0;
    std::uint32_t weights = 0;
    std::uint32_t weight_plane = 0;  ///< from a column tile of the right operand to the next one
    std::uint16_t panel = 0;
    std::uint16_t panels_end = 0;
    std::uint32_t partial = 0;  ///< the block's first tile as FP32, between visits
    std::uint32_t output = 0;   ///< its first tile
  };
  /// Takes `credits` from the semaphore and queues a transfer list, of as many descriptors as the word at `length`
  /// says.
  struct Send {
    std::uint32_t code = 0;
    std::uint32_t list = 0;
    std::uint32_t length = 0;
    std::uint32_t semaphore = 0;
    std::uint32_t credits = 0;
  };
  /// Tells the thread that releases the sweep that this one has ended it.
  struct Finish {
    std::uint32_t code = 0;
    std::uint32_t semaphore = 0;
  };
  /// Clears the semaphores of some panels. `release` first waits until every other thread has ended the sweep.
  struct Clear {
    std::uint32_t code = 0;
    std::uint32_t semaphore = 0;
    std::uint32_t arrivals = 0;
    std::uint32_t arrivals_end = 0;
  };
  /// Starts the other threads, meets them, or ends this one.
  struct Plain {
    std::uint32_t code = 0;
  };
};

/// What the program depends on; pitches in bytes.
struct MatmulKernelSpec {
  DataType operands = DataType::Bf16;
  DataType output = DataType::Fp32;
  std::uint64_t pixel_pitch = 0;    ///< between rows of a block of channels of the left operand
  std::uint64_t input_plane = 0;    ///< from a block of the reduction index to the next one
  std::uint64_t output_plane = 0;   ///< from a column tile of the output to the next one
  std::uint64_t partial_plane = 0;  ///< the same of partial sums
};

/// The routines of visits: one set for each shape of a block and length of a panel.
struct VisitVariant {
  BlockVariant block;
  std::size_t channels = 0;  ///< of a panel
  friend auto operator<=>(const VisitVariant&, const VisitVariant&) = default;
};

struct MatmulKernel {
  /// Byte offsets in `code`. A visit begins with sums of zero, or with partial sums from SRAM, or with what the
  /// thread's last visit has left in the accumulators. It is followed by `partial` (which stores the sums), `finish`
  /// (which stores the result), or `next`.
  struct Visit {
    std::uint64_t fresh = 0, reload = 0, resume = 0;
    std::uint64_t partial = 0, finish = 0, next = 0;
  };
  std::vector<std::uint32_t> code;  ///< every thread begins at its start
  std::map<VisitVariant, Visit> visits;
  std::uint64_t start_threads = 0, send = 0, finish = 0, release = 0, clear = 0, meet = 0, exit = 0;
};

/// Throws std::invalid_argument when a variant has more tiles than the configuration has accumulators.
MatmulKernel make_matmul_kernel(const Config& config, const MatmulKernelSpec& spec,
                                const std::set<VisitVariant>& variants);

}  // namespace tatami
