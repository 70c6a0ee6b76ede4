// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/reduction.hpp"

#include <algorithm>

namespace tatami {
namespace {

using namespace reg;

constexpr XReg kLineCounter = s9, kTapCounter = s10, kChannelCounter = s11, kScratch = t3;
constexpr unsigned kStepLines = 16;             // lines of weights that a step can address
constexpr std::uint64_t kLastOffset = 127 * 8;  // of strided vector loads
constexpr unsigned kStepDepth = 4;

constexpr bool fits_addi(std::int64_t value) { return value >= -2048 && value < 2048; }

VReg row_register(unsigned i) { return VReg(i); }
VReg column_register(unsigned j) { return VReg(8 + j); }

}  // namespace

Reduction::Reduction(Assembler& as, const Config& config, const ConvKernelSpec& spec, const BlockVariant& variant)
    : as_(as), config_(config), spec_(spec), variant_(variant), after_first_(as.label()) {
  choose_body();
}

void Reduction::choose_body() {
  const BlockedLayout layout(config_, element_bytes(spec_.operands));
  const std::size_t most = most_blocks(config_, spec_.operands), taps = spec_.kernel_width;
  const std::size_t steps = (spec_.channels + kStepDepth - 1) / kStepDepth, full = steps / layout.steps();
  const auto left = static_cast<unsigned>(steps % layout.steps());  // of a block that is not full
  const auto append = [&](Body& body, std::uint64_t first, std::size_t count, bool partial) {
    for (std::size_t b = 0; b < count; ++b) body.push_back({first + b * spec_.plane_pitch, layout.steps()});
    if (partial && left != 0) body.push_back({first + count * spec_.plane_pitch, left});
  };
  taps_in_body_ = taps * layout.blocks(spec_.channels) <= most;
  if (taps_in_body_) {
    for (std::size_t s = 0; s < taps; ++s) append(body_, s * spec_.pixel_pitch, full, true);
    looped_ = spec_.kernel_height > 1;
    return;
  }
  const std::size_t bodies = std::max<std::size_t>(1, (full + most - 1) / most);
  const std::size_t unrolled = (full + bodies - 1) / bodies;
  if (unrolled > 0) {
    channel_loops_ = full / unrolled;
    append(body_, 0, unrolled, false);
    append(rest_, 0, full % unrolled, true);
  } else {
    append(body_, 0, 0, true);
  }
  looped_ = channel_loops_ > 1 || taps > 1 || spec_.kernel_height > 1;
}

std::size_t Reduction::most_blocks(const Config& config, DataType operands) {
  return kStepLines / BlockedLayout(config, element_bytes(operands)).lines();
}

void Reduction::emit_panel() {
  const std::uint64_t moved = emit_body(body_, Start::AfterPeel);
  advance_rows(static_cast<std::int64_t>(body_.size() * spec_.plane_pitch - moved));
}

void Reduction::emit_first_step() {
  step(0, 0, 0, true);
  as_.j(after_first_);
}

void Reduction::emit(const std::function<void()>& next_line) {
  if (looped_) peel_first_step();
  loop(kLineCounter, spec_.kernel_height, spec_.line_pitch, [&] {
    const std::uint64_t moved = nest();
    if (next_line && spec_.kernel_height > 1) next_line();
    return moved;
  });
}

/// One line of taps. Returns how far the row pointers have moved.
std::uint64_t Reduction::nest() {
  const auto innermost = [this] { return emit_body(body_, looped_ ? Start::AfterPeel : Start::Overwrite); };
  if (taps_in_body_) return innermost();
  return loop(kTapCounter, spec_.kernel_width, spec_.pixel_pitch, [&] {
    const std::uint64_t moved = loop(kChannelCounter, channel_loops_, body_.size() * spec_.plane_pitch, innermost);
    if (rest_.empty()) return moved;
    // The rest begins behind all bodies, wherever the last of them has left the pointers.
    Body rest = rest_;
    const std::uint64_t done = channel_loops_ * body_.size() * spec_.plane_pitch;
    for (Block& block : rest) block.offset += done - moved;
    return moved + emit_body(rest, Start::Continue);
  });
}

/// A counted loop around `inner`; `pitch` is what the row pointers move per round. Returns how far they have moved.
std::uint64_t Reduction::loop(XReg counter, std::size_t count, std::uint64_t pitch, const Nest& inner) {
  if (count == 1) return inner();
  as_.li(counter, static_cast<std::int64_t>(count));
  const Label head = as_.here();
  const std::uint64_t moved = inner();
  as_.addi(counter, counter, -1);
  advance_rows(static_cast<std::int64_t>(pitch) - static_cast<std::int64_t>(moved));
  as_.bnez(counter, head);
  return count * pitch;
}

/// The first step of all, with overwriting matrix steps; then into the middle of the first round of the loops, whose
/// counters it therefore sets.
void Reduction::peel_first_step() {
  as_.li(kLineCounter, static_cast<std::int64_t>(spec_.kernel_height));
  as_.li(kTapCounter, static_cast<std::int64_t>(spec_.kernel_width));
  as_.li(kChannelCounter, static_cast<std::int64_t>(channel_loops_));
  emit_first_step();
}

/// Returns how far the row pointers have moved.
std::uint64_t Reduction::emit_body(const Body& body, Start start) {
  const BlockedLayout layout(config_, element_bytes(spec_.operands));
  std::uint64_t moved = 0;
  for (std::size_t b = 0; b < body.size(); ++b) {
    if (body[b].offset < moved || body[b].offset - moved + 8 > kLastOffset) {
      advance_rows(static_cast<std::int64_t>(body[b].offset) - static_cast<std::int64_t>(moved));
      moved = body[b].offset;
    }
    for (unsigned s = 0; s < body[b].steps; ++s) {
      const bool very_first = b == 0 && s == 0;
      step(b, s, body[b].offset - moved, very_first && start == Start::Overwrite);
      if (very_first && start == Start::AfterPeel) as_.bind(after_first_);
    }
    if (spec_.right_transposed) as_.add(column_pointer(variant_, 0), column_pointer(variant_, 0), kWeightPlane);
  }
  for (unsigned j = 0; j < variant_.cols && !spec_.right_transposed; ++j) {
    const std::uint64_t bytes = body.size() * layout.lines() * config_.simd_bytes;
    add(column_pointer(variant_, j), static_cast<std::int64_t>(bytes));
  }
  return moved;
}

/// Step `step` of the body's block number `block`, whose input lies `offset` from the row pointers.
void Reduction::step(std::size_t block, unsigned step, std::uint64_t offset, bool first) {
  const BlockedLayout layout(config_, element_bytes(spec_.operands));
  const bool two_lines = layout.lines() > 1;  // else a register holds all steps of a block
  const bool upper = !two_lines && step > 0;
  if (two_lines || step == 0) load_rows(two_lines ? step : 0, offset);
  if (variant_.rows == 1) {
    for (unsigned j = 0; j < variant_.cols; ++j) {
      const isa::From from{.line = line(block, step, j), .ta = spec_.left_transposed, .h = upper, .first = first};
      if (!spec_.right_transposed) {
        as_.mma_m(AccReg(j), column_pointer(variant_, j), row_register(0), from);
      } else if (two_lines) {
        as_.mma_mc(AccReg(j), column_pointer(variant_, 0), row_register(0), from);
      } else {
        as_.mma_mt(AccReg(j), column_pointer(variant_, 0), row_register(0), from);
      }
    }
    return;
  }
  if (two_lines || step == 0) load_columns(block, step);
  const isa::Tile tile{.ta = spec_.left_transposed, .tb = spec_.right_transposed, .ha = upper, .hb = upper};
  for (unsigned i = 0; i < variant_.rows; ++i) {
    for (unsigned j = 0; j < variant_.cols; ++j) {
      const AccReg acc(i * variant_.cols + j);
      if (first) {
        as_.mma_z(acc, row_register(i), column_register(j), tile);
      } else {
        as_.mma(acc, row_register(i), column_register(j), tile);
      }
    }
  }
}

/// The line of column tile `j` from its pointer: the blocks of a tile follow each other, or (transposed) the tiles of a
/// block do.
unsigned Reduction::line(std::size_t block, unsigned step, unsigned j) const {
  const unsigned lines = BlockedLayout(config_, element_bytes(spec_.operands)).lines();
  const auto first = static_cast<unsigned>(spec_.right_transposed ? j : block) * lines;
  return first + (lines > 1 ? step : 0);
}

/// Loads the row tiles of a step: of every pixel the word with its channels, or (transposed) of every channel its
/// pixels.
void Reduction::load_rows(unsigned step, std::uint64_t offset) {
  const auto base = static_cast<std::int64_t>(offset);
  for (unsigned i = 0; i < variant_.rows; ++i) {
    if (spec_.left_transposed) {
      as_.vld(row_register(i), row_pointer(i), base + std::int64_t{step} * config_.simd_bytes);
    } else {
      as_.vld_w(row_register(i), row_pointer(i), kRowStride, base + 8 * std::int64_t{step});
    }
  }
}

/// Loads the column tiles of a step.
void Reduction::load_columns(std::size_t block, unsigned step) {
  const BlockedLayout layout(config_, element_bytes(spec_.operands));
  for (unsigned j = 0; j < variant_.cols; ++j) {
    if (spec_.right_transposed && layout.lines() > 1) {
      const std::int64_t offset = std::int64_t{j} * layout.lines() * config_.simd_bytes + 8 * step;
      as_.vld_w(column_register(j), column_pointer(variant_, 0), kRowStride, offset);
    } else {
      const XReg pointer = column_pointer(variant_, spec_.right_transposed ? 0 : j);
      as_.vld(column_register(j), pointer, std::int64_t{line(block, step, j)} * config_.simd_bytes);
    }
  }
}

void Reduction::advance_rows(std::int64_t bytes) {
  if (bytes == 0) return;
  const bool plane = bytes == static_cast<std::int64_t>(spec_.plane_pitch);
  if (!plane && !fits_addi(bytes)) as_.li(kScratch, bytes);
  for (unsigned i = 0; i < variant_.rows; ++i) {
    const XReg pointer = row_pointer(i);
    if (plane) {
      as_.add(pointer, pointer, kPlanePitch);
    } else if (fits_addi(bytes)) {
      as_.addi(pointer, pointer, bytes);
    } else {
      as_.add(pointer, pointer, kScratch);
    }
  }
}

void Reduction::add(XReg pointer, std::int64_t bytes) {
  if (fits_addi(bytes)) {
    as_.addi(pointer, pointer, bytes);
  } else {
    as_.li(kScratch, bytes);
    as_.add(pointer, pointer, kScratch);
  }
}

}  // namespace tatami
