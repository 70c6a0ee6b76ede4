// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/reduction.hpp"

#include <algorithm>

namespace tatami {
namespace {

using namespace reg;

constexpr XReg kLineCounter = s8, kTapCounter = s9, kChannelCounter = s10, kScratch = t3, kWeightStep = t4;
constexpr std::uint64_t kLastOffset = 127 * 8;  // of strided vector loads
constexpr std::uint64_t kStepBytes = 8;         // four channels

constexpr bool fits_addi(std::int64_t value) { return value >= -2048 && value < 2048; }

/// Steps of the innermost body: a step is about 16 instructions, or two cache lines; a quarter of the cache may be one
/// body.
std::size_t most_steps(const Config& config) { return std::clamp<std::size_t>(config.icache_lines / 8, 4, 32); }

}  // namespace

Reduction::Reduction(Assembler& as, const Config& config, const ConvKernelSpec& spec, const BlockVariant& variant)
    : as_(as), config_(config), spec_(spec), variant_(variant), after_first_(as.label()) {
  choose_body();
}

void Reduction::choose_body() {
  const std::size_t most = most_steps(config_), taps = spec_.kernel_width, steps = spec_.channel_steps;
  const std::uint64_t last = (taps - 1) * spec_.pixel_pitch + (steps - 1) * kStepBytes;
  const auto append = [](Body& body, std::uint64_t first, std::size_t count) {
    for (std::size_t c = 0; c < count; ++c) body.offsets.push_back(first + c * kStepBytes);
  };
  taps_in_body_ = taps * steps <= most && last <= kLastOffset;
  if (taps_in_body_) {
    for (std::size_t s = 0; s < taps; ++s) append(body_, s * spec_.pixel_pitch, steps);
    looped_ = spec_.kernel_height > 1;
    return;
  }
  const std::size_t bodies = (steps + most - 1) / most;
  const std::size_t unrolled = (steps + bodies - 1) / bodies;
  channel_loops_ = steps / unrolled;
  append(body_, 0, unrolled);
  append(rest_, 0, steps % unrolled);
  looped_ = channel_loops_ > 1 || taps > 1 || spec_.kernel_height > 1;
}

void Reduction::emit() {
  if (!fits_addi(weight_step())) as_.li(kWeightStep, weight_step());
  if (looped_) peel_first_step();
  loop(kLineCounter, spec_.kernel_height, spec_.line_pitch, [this] { return nest(); });
}

/// One line of taps. Returns how far the row pointers have moved.
std::uint64_t Reduction::nest() {
  const auto innermost = [this] {
    emit_body(body_, looped_ ? Start::AfterPeel : Start::Overwrite);
    return std::uint64_t{0};
  };
  if (taps_in_body_) return innermost();
  return loop(kTapCounter, spec_.kernel_width, spec_.pixel_pitch, [&] {
    const std::uint64_t moved = loop(kChannelCounter, channel_loops_, body_.offsets.size() * kStepBytes, innermost);
    if (rest_.offsets.empty()) return moved;
    // With a single body before it the pointers have not moved: its channels are reached by offsets.
    Body rest = rest_;
    if (channel_loops_ == 1) {
      for (std::uint64_t& offset : rest.offsets) offset += body_.offsets.size() * kStepBytes;
    }
    emit_body(rest, Start::Continue);
    return moved;
  });
}

/// A counted loop around `inner`; `pitch` is what the row pointers move per round. Returns how far they have moved.
std::uint64_t Reduction::loop(XReg counter, std::size_t count, std::uint64_t pitch, const Nest& inner) {
  if (count == 1) return inner();
  as_.li(counter, static_cast<std::int64_t>(count));
  const Label head = as_.here();
  const std::uint64_t moved = inner();
  for (unsigned i = 0; i < variant_.rows; ++i) {
    add(pointer(i), static_cast<std::int64_t>(pitch) - static_cast<std::int64_t>(moved));
  }
  as_.addi(counter, counter, -1);
  as_.bnez(counter, head);
  return count * pitch;
}

/// The first step of all, with overwriting matrix steps; then into the middle of the first round of the loops, whose
/// counters it therefore sets.
void Reduction::peel_first_step() {
  as_.li(kLineCounter, static_cast<std::int64_t>(spec_.kernel_height));
  as_.li(kTapCounter, static_cast<std::int64_t>(spec_.kernel_width));
  as_.li(kChannelCounter, static_cast<std::int64_t>(channel_loops_));
  load(body_, 0);
  if (body_.offsets.size() > 1) load(body_, 1);
  multiply(0, true);
  as_.j(after_first_);
  weight_offset_ = 0;
}

void Reduction::emit_body(const Body& body, Start start) {
  const std::size_t steps = body.offsets.size();
  load(body, 0);
  for (std::size_t step = 0; step < steps; ++step) {
    if (step + 1 < steps) load(body, step + 1);
    multiply(step, step == 0 && start == Start::Overwrite);
    if (step == 0 && start == Start::AfterPeel) as_.bind(after_first_);
  }
  advance_weights();
}

/// Loads the tiles of a step.
void Reduction::load(const Body& body, std::size_t step) {
  const auto col_bytes = static_cast<std::int64_t>(2 * config_.matrix_cols);
  if (weight_offset_ + (variant_.cols - 1) * col_bytes > static_cast<std::int64_t>(kLastOffset)) advance_weights();
  for (unsigned i = 0; i < variant_.rows; ++i) {
    as_.vld_w(row_register(step, i), pointer(i), kRowPitch, static_cast<std::int64_t>(body.offsets[step]));
  }
  for (unsigned j = 0; j < variant_.cols; ++j) {
    as_.vld_q(col_register(step, j), kWeights, kWeightPitch, weight_offset_ + j * col_bytes);
  }
  weight_offset_ += weight_step();
}

void Reduction::multiply(std::size_t step, bool first) {
  for (unsigned i = 0; i < variant_.rows; ++i) {
    for (unsigned j = 0; j < variant_.cols; ++j) {
      const AccReg acc(i * variant_.cols + j);
      if (first) {
        as_.mma_z(acc, row_register(step, i), col_register(step, j));
      } else {
        as_.mma(acc, row_register(step, i), col_register(step, j));
      }
    }
  }
}

/// Lets kWeights catch up with the next step.
void Reduction::advance_weights() {
  if (weight_offset_ == weight_step() && !fits_addi(weight_offset_)) {
    as_.add(kWeights, kWeights, kWeightStep);
  } else {
    add(kWeights, weight_offset_);
  }
  weight_offset_ = 0;
}

std::int64_t Reduction::weight_step() const { return static_cast<std::int64_t>(4 * spec_.weight_pitch); }

void Reduction::add(XReg pointer, std::int64_t bytes) {
  if (bytes == 0) return;
  if (fits_addi(bytes)) {
    as_.addi(pointer, pointer, bytes);
  } else {
    as_.li(kScratch, bytes);
    as_.add(pointer, pointer, kScratch);
  }
}

}  // namespace tatami
