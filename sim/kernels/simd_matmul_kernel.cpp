// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/simd_matmul_kernel.hpp"

#include <stdexcept>

#include "sim/asm/assembler.hpp"

namespace tatami {
namespace {

using namespace reg;

constexpr unsigned kRows = 8, kCols = 2;  // of a block, in rows and registers
constexpr std::uint64_t kElement = 4;

constexpr XReg kThread = a0, kRowBlock = s0, kRowBlocks = s1, kColumn = s2, kColumns = s3, kDepth = s4;
constexpr XReg kA = s5, kB = s6, kC = s7;  // of the block
constexpr XReg kAPitch = a1, kBPitch = a2;
constexpr XReg kPointer = t0, kScratch = t1;

VReg sum(unsigned row, unsigned col) { return VReg(row * kCols + col); }
VReg left(unsigned row) { return VReg(16 + row); }
VReg right(unsigned lane, unsigned col) { return VReg(24 + lane % 2 * kCols + col); }

}  // namespace

std::vector<std::uint32_t> simd_matmul_kernel(const Config& config, const SimdMatmulSpec& spec) {
  const unsigned lanes = config.simd_bytes / kElement;
  if (spec.m % kRows != 0 || spec.n % (kCols * lanes) != 0 || spec.k % lanes != 0 || spec.m == 0 || spec.n == 0 ||
      spec.k == 0) {
    throw std::invalid_argument("the shape is not a multiple of the blocks");
  }
  Assembler as;
  const auto li = [&](XReg r, std::uint64_t value) { as.li(r, static_cast<std::int64_t>(value)); };
  const Label next_rows = as.label(), done = as.label();
  li(kAPitch, spec.k * kElement);
  li(kBPitch, spec.n * kElement);
  li(kRowBlocks, spec.m / kRows);
  li(kColumns, spec.n / (kCols * lanes));
  as.mv(kRowBlock, kThread);

  as.bind(next_rows);
  as.bgeu(kRowBlock, kRowBlocks, done);
  as.li(kColumn, 0);
  const Label next_columns = as.here();
  // The block's first elements.
  li(kScratch, kRows * spec.k * kElement);
  as.mul(kScratch, kScratch, kRowBlock);
  li(kA, spec.a);
  as.add(kA, kA, kScratch);
  li(kScratch, kRows * spec.n * kElement);
  as.mul(kScratch, kScratch, kRowBlock);
  li(kC, spec.c);
  as.add(kC, kC, kScratch);
  li(kScratch, kCols * config.simd_bytes);
  as.mul(kScratch, kScratch, kColumn);
  as.add(kC, kC, kScratch);
  li(kB, spec.b);
  as.add(kB, kB, kScratch);
  for (unsigned r = 0; r < kRows; ++r) {
    for (unsigned c = 0; c < kCols; ++c) as.vxor(sum(r, c), sum(r, c), sum(r, c));
  }

  li(kDepth, spec.k / lanes);
  const Label next_depth = as.here();
  as.mv(kPointer, kA);
  for (unsigned r = 0; r < kRows; ++r) {
    as.vld(left(r), kPointer);
    as.add(kPointer, kPointer, kAPitch);
  }
  for (unsigned lane = 0; lane < lanes; ++lane) {
    for (unsigned c = 0; c < kCols; ++c) as.vld(right(lane, c), kB, c * config.simd_bytes);
    as.add(kB, kB, kBPitch);
    for (unsigned r = 0; r < kRows; ++r) {
      for (unsigned c = 0; c < kCols; ++c) as.vfma_lane_fp32(sum(r, c), left(r), right(lane, c), lane);
    }
  }
  as.addi(kA, kA, config.simd_bytes);
  as.addi(kDepth, kDepth, -1);
  as.bnez(kDepth, next_depth);

  for (unsigned r = 0; r < kRows; ++r) {
    for (unsigned c = 0; c < kCols; ++c) as.vst(sum(r, c), kC, c * config.simd_bytes);
    as.add(kC, kC, kBPitch);
  }
  as.addi(kColumn, kColumn, 1);
  as.bne(kColumn, kColumns, next_columns);
  as.addi(kRowBlock, kRowBlock, config.threads);
  as.j(next_rows);
  as.bind(done);
  as.thread_exit(zero);
  return as.finish();
}

}  // namespace tatami
