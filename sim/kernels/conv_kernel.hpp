// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Generates the program of a convolution, of which a matrix product is the case of one line of pixels and a 1x1
/// kernel.
///
/// A node's work is a table of blocks. A block is up to `accumulators` output tiles: `rows` row tiles (matrix_rows
/// neighbouring output pixels each) times `cols` column tiles (matrix_cols output channels each). Thread 0 starts the
/// other threads and queues what the node sends; every thread takes each `threads`-th block. What other nodes send
/// comes in stages, each with a *gate*, a semaphore: before a line of the filter a thread passes the gates of what that
/// line reads, so it computes while the rest is on its way. Within a block all sums run over (line r, tap s, channel c)
/// in ascending order, four channels per matrix step. Tensors lie as BlockedLayout says: the weights' pixels are their
/// rows (r, s, c), the channels of a tap being padded to whole blocks.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/tensor.hpp"

namespace tatami {

/// Where a node's program finds what it needs: the first bytes of SRAM hold these parameters, at the same place in
/// every node and launch; everything else is position independent. Thread 0 is started at the first instruction.
struct KernelAbi {
  static constexpr std::uint64_t kParameters = 0x00;  ///< `Parameters`
  static constexpr std::uint64_t kMask = 0x40;        ///< vector that keeps the real channels of the last column tile
  static constexpr std::uint64_t kEnd = 0x80;         ///< first free byte

  struct Parameters {
    std::uint64_t blocks = 0;  ///< address of the block table
    std::uint64_t blocks_end = 0;
    std::uint64_t sends = 0;          ///< address of the table of transfer lists
    std::uint64_t further_sends = 0;  ///< from here on: those that thread 0 queues when it has passed the first gates
    std::uint64_t sends_end = 0;
    std::uint64_t gates = 0;  ///< address of the table of gates
    std::uint64_t gate_count = 0;
    std::uint64_t first_gates = 0;  ///< of those
  };
  /// A transfer list, of as many descriptors as the word at `length` says. It is queued when `posts` have come to the
  /// semaphore, which are taken.
  struct Send {
    std::uint32_t list = 0;
    std::uint32_t length = 0;
    std::uint32_t semaphore = 0;
    std::uint32_t posts = 0;
  };
  /// The semaphore of a gate, and the posts that open it.
  struct Gate {
    std::uint32_t semaphore = 0;
    std::uint32_t posts = 0;
  };
  static constexpr unsigned kDoneSemaphore = 0;  ///< the other threads tell thread 0 that they are done
  /// Of what comes to a node that passes it on.
  static constexpr unsigned relayed(bool urgent) { return urgent ? 1 : 2; }
  static constexpr unsigned kFirstGate = 3;  ///< semaphores of the gates

  /// One row of the block table, 32-bit words; rows are kBlockBytes apart.
  static constexpr unsigned kMaxTiles = 8;
  static constexpr std::size_t kMaxGatedLines = 31;
  static constexpr unsigned kLogBlockBytes = 7;
  static constexpr std::uint64_t kBlockBytes = 1 << kLogBlockBytes;
  struct Block {
    std::uint32_t code = 0;                ///< address of the routine for this block's variant
    std::uint32_t weights = 0;             ///< first row, first column tile of the block
    std::uint32_t input[kMaxTiles] = {};   ///< per row tile: first tap of its first pixel
    std::uint32_t output[kMaxTiles] = {};  ///< per row tile: its first pixel, first column tile of the block
    /// Per line of the filter how many gates must have been passed, and 0 behind the last; with more lines the first
    /// entry stands for all.
    std::uint8_t gates[kMaxGatedLines + 1] = {};
  };
};

/// What the program depends on; pitches in bytes.
struct ConvKernelSpec {
  std::size_t kernel_height = 1;
  std::size_t kernel_width = 1;
  std::size_t channels = 1;  ///< of a tap
  DataType operands = DataType::Bf16;
  bool left_transposed = false;    ///< one tap only: the input lies as [channel][pixel], one pixel block per plane
  bool right_transposed = false;   ///< one tap only: the weights lie as [column][row], one row block per plane
  std::uint64_t line_pitch = 0;    ///< from a tap to the one in the next line
  std::uint64_t pixel_pitch = 0;   ///< from a tap to the next one
  std::uint64_t plane_pitch = 0;   ///< from a block of input channels to the next one, in the order of the reduction
  std::uint64_t row_stride = 0;    ///< between the first taps of neighbouring output pixels
  std::uint64_t weight_plane = 0;  ///< from a column tile of the weights to the next one; transposed: from a row block
  std::uint64_t output_plane = 0;  ///< from a block of output channels to the next one
  DataType output = DataType::Fp32;
  bool gated = false;  ///< some node lacks something: the program queues transfers and passes gates
};

/// The shape of a block: the kernel holds one routine for each variant in use.
struct BlockVariant {
  unsigned rows = 1;    ///< row tiles
  unsigned cols = 1;    ///< column tiles
  bool masked = false;  ///< the last column tile is cut by the mask before it is stored as BF16
  friend auto operator<=>(const BlockVariant&, const BlockVariant&) = default;
};

/// The mask of a masked block: lanes of a BF16 line that are real channels of the last of so many.
std::vector<std::uint16_t> column_mask(const Config& config, std::size_t channels);

struct ConvKernel {
  std::vector<std::uint32_t> code;
  std::map<BlockVariant, std::uint64_t> routines;  ///< byte offsets in `code`
};

/// Throws std::invalid_argument when a variant has more tiles than the configuration has accumulators.
ConvKernel make_conv_kernel(const Config& config, const ConvKernelSpec& spec, const std::set<BlockVariant>& variants);

}  // namespace tatami
