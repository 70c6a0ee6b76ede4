// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/conv_kernel.hpp"

#include <cstddef>
#include <stdexcept>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/reduction.hpp"

namespace tatami {
namespace {

using namespace reg;

// Registers that live through the whole program; sim/kernels/reduction.hpp names those of the inner loops.
constexpr XReg kBlock = t0;      // row of the block table
constexpr XReg kBlocksEnd = s0;  // its end
constexpr XReg kThread = a0;     // given at start
constexpr XReg kHelpers = s1;    // thread 0: how many it started
constexpr XReg kOutputPitch = a3;
constexpr XReg kScratch = t6;
constexpr VReg kMaskReg{31};

constexpr std::int64_t parameter(std::size_t offset) {
  return static_cast<std::int64_t>(KernelAbi::kParameters + offset);
}

/// Emits the whole program.
class Generator {
 public:
  Generator(const Config& config, const ConvKernelSpec& spec) : config_(config), spec_(spec) {}

  ConvKernel generate(const std::set<BlockVariant>& variants) {
    ConvKernel kernel;
    kernel.stub = stub();
    dispatch();
    std::map<BlockVariant, Label> labels;
    for (const BlockVariant& variant : variants) {
      if (variant.rows * variant.cols > config_.accumulators) {
        throw std::invalid_argument("a block has more tiles than there are accumulators");
      }
      labels.emplace(variant, as_.here());
      routine(variant);
    }
    kernel.code = as_.finish();
    for (const auto& [variant, label] : labels) kernel.routines[variant] = as_.offset(label);
    return kernel;
  }

 private:
  /// The first instruction is the same in every launch, so that a stale copy of it in the instruction cache does no
  /// harm.
  static std::vector<std::uint32_t> stub() {
    Assembler as;
    as.fence_i();
    as.ld(kScratch, zero, parameter(offsetof(KernelAbi::Parameters, code)));
    as.jalr(zero, kScratch);
    return as.finish();
  }

  /// Thread 0: transfers, helpers; every thread: its blocks; then the end.
  void dispatch() {
    using P = KernelAbi::Parameters;
    const Label worker = as_.label(), next = as_.label(), finished = as_.label(), helper = as_.label();
    const Label no_transfers = as_.label(), no_helpers = as_.label();

    as_.ld(t1, zero, parameter(offsetof(P, descriptors)));
    as_.ld(t2, zero, parameter(offsetof(P, transfers)));
    as_.beqz(t2, no_transfers);
    as_.xfer(t1, t2);
    as_.li(t1, KernelAbi::kDataSemaphore);
    as_.sem_wait(t1, t2);
    as_.bind(no_transfers);
    as_.ld(kHelpers, zero, parameter(offsetof(P, helpers)));
    as_.beqz(kHelpers, no_helpers);
    as_.la(t1, worker);
    as_.mv(t2, kHelpers);
    const Label start = as_.here();
    as_.thread_start(t2, t1);
    as_.addi(t2, t2, -1);
    as_.bnez(t2, start);
    as_.bind(no_helpers);

    as_.bind(worker);
    as_.ld(kBlock, zero, parameter(offsetof(P, blocks)));
    as_.ld(kBlocksEnd, zero, parameter(offsetof(P, blocks_end)));
    as_.li(t1, sizeof(KernelAbi::Block));
    as_.mul(t1, t1, kThread);
    as_.add(kBlock, kBlock, t1);
    as_.li(Reduction::kRowPitch, static_cast<std::int64_t>(spec_.row_pitch));
    as_.li(Reduction::kWeightPitch, static_cast<std::int64_t>(spec_.weight_pitch));
    as_.li(kOutputPitch, static_cast<std::int64_t>(spec_.output_pitch));
    as_.bind(next);
    as_.bgeu(kBlock, kBlocksEnd, finished);
    as_.lwu(kScratch, kBlock, offsetof(KernelAbi::Block, code));
    as_.jalr(ra, kScratch);
    as_.addi(kBlock, kBlock, static_cast<std::int64_t>(config_.threads * sizeof(KernelAbi::Block)));
    as_.j(next);

    as_.bind(finished);
    as_.li(t1, KernelAbi::kDoneSemaphore);
    as_.bnez(kThread, helper);
    as_.sem_wait(t1, kHelpers);
    as_.thread_exit(zero);
    as_.bind(helper);
    as_.li(t2, 1);
    as_.sem_post(t1, t2);
    as_.thread_exit(zero);
  }

  /// One block: load its addresses, reduce, store.
  void routine(const BlockVariant& variant) {
    as_.lwu(Reduction::kWeights, kBlock, offsetof(KernelAbi::Block, weights));
    load_pointers(variant.rows, offsetof(KernelAbi::Block, input));
    if (variant.masked) as_.vld(kMaskReg, zero, KernelAbi::kMask);
    Reduction(as_, config_, spec_, variant).emit();
    load_pointers(variant.rows, offsetof(KernelAbi::Block, output));
    if (spec_.output == DataType::Fp32) {
      store_fp32(variant);
    } else {
      store_bf16(variant);
    }
    as_.ret();
  }

  void load_pointers(unsigned count, std::size_t offset) {
    for (unsigned i = 0; i < count; ++i) {
      as_.lwu(Reduction::pointer(i), kBlock, static_cast<std::int64_t>(offset + 4 * i));
    }
  }

  /// A read-out register holds two FP32 rows of a tile.
  void store_fp32(const BlockVariant& variant) {
    const unsigned parts = config_.matrix_rows / 2;
    for (unsigned i = 0; i < variant.rows; ++i) {
      for (unsigned part = 0; part < parts; ++part) {
        for (unsigned j = 0; j < variant.cols; ++j) as_.mrd_fp32(data(part, j), acc(variant, i, j), part);
        for (unsigned j = 0; j < variant.cols; ++j) {
          as_.vst_h(data(part, j), Reduction::pointer(i), kOutputPitch, 4 * config_.matrix_cols * j);
        }
        if (part + 1 < parts) advance(Reduction::pointer(i), 2 * spec_.output_pitch);
      }
    }
  }

  /// A read-out register holds four BF16 rows of a tile.
  void store_bf16(const BlockVariant& variant) {
    const unsigned parts = config_.matrix_rows / 4;
    for (unsigned i = 0; i < variant.rows; ++i) {
      for (unsigned part = 0; part < parts; ++part) {
        for (unsigned j = 0; j < variant.cols; ++j) as_.mrd_bf16(data(part, j), acc(variant, i, j), part);
        if (variant.masked) {
          const VReg last = data(part, variant.cols - 1);
          as_.vand(last, last, kMaskReg);
        }
        for (unsigned j = 0; j < variant.cols; ++j) {
          as_.vst_q(data(part, j), Reduction::pointer(i), kOutputPitch, 2 * config_.matrix_cols * j);
        }
        if (part + 1 < parts) advance(Reduction::pointer(i), 4 * spec_.output_pitch);
      }
    }
  }

  static AccReg acc(const BlockVariant& variant, unsigned i, unsigned j) { return AccReg(i * variant.cols + j); }

  /// Read-out registers alternate between two sets, so that storing one part overlaps with reading the next.
  static VReg data(unsigned part, unsigned j) { return VReg(8 * (part % 2) + j); }

  void advance(XReg pointer, std::uint64_t bytes) {
    as_.li(kScratch, static_cast<std::int64_t>(bytes));
    as_.add(pointer, pointer, kScratch);
  }

  const Config& config_;
  const ConvKernelSpec& spec_;
  Assembler as_;
};

}  // namespace

ConvKernel make_conv_kernel(const Config& config, const ConvKernelSpec& spec, const std::set<BlockVariant>& variants) {
  return Generator(config, spec).generate(variants);
}

}  // namespace tatami
