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
constexpr XReg kOutputPlane = a3;
constexpr XReg kWeightPlane = a4;
constexpr XReg kScratch = t6;
constexpr VReg kMaskReg{31};
constexpr unsigned kFirstData = 16, kDataSet = 4;  // registers that read-outs pass through, in two sets

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
    as_.li(Reduction::kRowStride, static_cast<std::int64_t>(spec_.row_stride));
    as_.li(Reduction::kPlanePitch, static_cast<std::int64_t>(spec_.plane_pitch));
    as_.li(kOutputPlane, static_cast<std::int64_t>(spec_.output_plane));
    as_.li(kWeightPlane, static_cast<std::int64_t>(spec_.weight_plane));
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
    as_.lwu(Reduction::column_pointer(variant, 0), kBlock, offsetof(KernelAbi::Block, weights));
    load_pointers(variant.rows, offsetof(KernelAbi::Block, input));
    for (unsigned j = 1; j < variant.cols; ++j) {
      as_.add(Reduction::column_pointer(variant, j), Reduction::column_pointer(variant, j - 1), kWeightPlane);
    }
    if (variant.masked) as_.vld(kMaskReg, zero, KernelAbi::kMask);
    Reduction(as_, config_, spec_, variant).emit();
    load_pointers(variant.rows, offsetof(KernelAbi::Block, output));
    store(variant);
    as_.ret();
  }

  void load_pointers(unsigned count, std::size_t offset) {
    for (unsigned i = 0; i < count; ++i) {
      as_.lwu(Reduction::row_pointer(i), kBlock, static_cast<std::int64_t>(offset + 4 * i));
    }
  }

  /// A register of results: part `part` of a tile.
  struct Part {
    unsigned row, col, part;
  };

  /// Reads every tile out, part by part, and stores it: a part is a line of its block. Read-outs run a set of registers
  /// ahead of the stores.
  void store(const BlockVariant& variant) {
    const unsigned parts = config_.matrix_rows * config_.matrix_cols *
                           static_cast<unsigned>(element_bytes(spec_.output)) / config_.simd_bytes;
    std::vector<std::vector<Part>> sets;
    for (unsigned i = 0; i < variant.rows; ++i) {
      for (unsigned j = 0; j < variant.cols; ++j) {
        for (unsigned part = 0; part < parts; ++part) {
          if (sets.empty() || sets.back().size() == kDataSet) sets.emplace_back();
          sets.back().push_back({i, j, part});
        }
      }
    }
    for (std::size_t s = 0; s <= sets.size(); ++s) {
      if (s < sets.size()) read_out(variant, sets[s], s);
      if (s > 0) store_set(variant, sets[s - 1], s - 1);
    }
  }

  void read_out(const BlockVariant& variant, const std::vector<Part>& set, std::size_t number) {
    for (unsigned n = 0; n < set.size(); ++n) {
      const AccReg acc(set[n].row * variant.cols + set[n].col);
      if (spec_.output == DataType::Fp32) {
        as_.mrd_fp32(data(number, n), acc, set[n].part);
      } else {
        as_.mrd_bf16(data(number, n), acc, set[n].part);
      }
    }
  }

  void store_set(const BlockVariant& variant, const std::vector<Part>& set, std::size_t number) {
    for (unsigned n = 0; n < set.size(); ++n) {
      const XReg pointer = Reduction::row_pointer(set[n].row);
      if (set[n].col > 0 && set[n].part == 0) as_.add(pointer, pointer, kOutputPlane);
      if (variant.masked && set[n].col + 1 == variant.cols) as_.vand(data(number, n), data(number, n), kMaskReg);
      as_.vst(data(number, n), pointer, static_cast<std::int64_t>(set[n].part) * config_.simd_bytes);
    }
  }

  static VReg data(std::size_t set, unsigned n) {
    return VReg(kFirstData + kDataSet * static_cast<unsigned>(set % 2) + n);
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
