// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/conv_kernel.hpp"

#include <cstddef>
#include <stdexcept>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/accumulators.hpp"
#include "sim/kernels/reduction.hpp"

namespace tatami {
namespace {

using namespace reg;

// Registers that live through the whole program; sim/kernels/reduction.hpp names those of the inner loops.
constexpr XReg kBlock = t0;      // row of the block table
constexpr XReg kBlocksEnd = s0;  // its end
constexpr XReg kThread = a0;     // given at start
constexpr XReg kOutputPlane = a3;
constexpr XReg kPassed = s1;    // gates that the thread has passed
constexpr XReg kGates = a5;     // how many the line of the filter needs
constexpr XReg kSendsEnd = a5;  // at the start: of a part of the table of transfer lists
constexpr XReg kScratch = t6;
constexpr VReg kMaskReg{31};
constexpr unsigned kStoreLatency = 20;  // cycles from the last matrix step to the first store
constexpr unsigned kDelayLoop = 4;      // cycles of a round that counts down

constexpr std::int64_t parameter(std::size_t offset) {
  return static_cast<std::int64_t>(KernelAbi::kParameters + offset);
}

/// Emits the whole program.
class Generator {
 public:
  Generator(const Config& config, const ConvKernelSpec& spec)
      : config_(config), spec_(spec), pass_(as_.label()), queue_(as_.label()) {}

  ConvKernel generate(const std::set<BlockVariant>& variants) {
    unsigned tiles = 0;
    for (const BlockVariant& variant : variants) {
      if (variant.rows * variant.cols > config_.accumulators) {
        throw std::invalid_argument("a block has more tiles than there are accumulators");
      }
      tiles = std::max(tiles, variant.rows * variant.cols);
    }
    ConvKernel kernel;
    std::map<BlockVariant, Label> labels;
    const bool single = variants.size() == 1;
    start();
    stagger(tiles);
    const Label next = as_.here(), finished = as_.label();
    as_.bgeu(kBlock, kBlocksEnd, finished);
    if (single) {
      labels.emplace(*variants.begin(), as_.here());
      routine(*variants.begin());
    } else {
      as_.lwu(kScratch, kBlock, offsetof(KernelAbi::Block, code));
      as_.jalr(ra, kScratch);
    }
    as_.addi(kBlock, kBlock, static_cast<std::int64_t>(config_.threads * KernelAbi::kBlockBytes));
    as_.j(next);
    as_.bind(finished);
    end();
    if (spec_.gated) {
      pass_gates();
      queue_sends();
    }
    for (const BlockVariant& variant : variants) {
      if (single) break;
      labels.emplace(variant, as_.here());
      routine(variant);
      as_.ret();
    }
    kernel.code = as_.finish();
    for (const auto& [variant, label] : labels) kernel.routines[variant] = as_.offset(label);
    return kernel;
  }

 private:
  /// Thread 0 starts the others and queues what the node sends; every thread loads its parameters.
  void start() {
    using P = KernelAbi::Parameters;
    const Label worker = as_.label();
    if (config_.threads > 1) as_.la(t1, worker);
    for (unsigned t = 1; t < config_.threads; ++t) {
      as_.li(t2, t);
      as_.thread_start(t2, t1);
    }
    as_.bind(worker);
    if (const unsigned format = descriptor(spec_.operands).pack(); format != 0) {
      as_.li(t3, format);
      as_.csrw(isa::csr::tfmt0, t3);
      as_.csrw(isa::csr::tfmt1, t3);
    }
    as_.ld(kBlock, zero, parameter(offsetof(P, blocks)));
    as_.ld(kBlocksEnd, zero, parameter(offsetof(P, blocks_end)));
    as_.slli(t1, kThread, KernelAbi::kLogBlockBytes);
    as_.li(Reduction::kRowStride, static_cast<std::int64_t>(spec_.row_stride));
    as_.li(Reduction::kPlanePitch, static_cast<std::int64_t>(spec_.plane_pitch));
    as_.li(kOutputPlane, static_cast<std::int64_t>(spec_.output_plane));
    as_.li(Reduction::kWeightPlane, static_cast<std::int64_t>(spec_.weight_plane));
    as_.add(kBlock, kBlock, t1);
    if (spec_.gated) send();
  }

  /// Thread 0 queues the first transfer lists, and the others when it has passed the first gates: what is needed first
  /// is not to wait, here and on the links, behind what is needed later.
  void send() {
    using P = KernelAbi::Parameters;
    const Label ready = as_.label();
    as_.bnez(kThread, ready);
    as_.ld(t3, zero, parameter(offsetof(P, sends)));
    as_.ld(kSendsEnd, zero, parameter(offsetof(P, further_sends)));
    as_.jal(t5, queue_);
    as_.ld(t1, zero, parameter(offsetof(P, first_gates)));
    pass_to();
    as_.ld(kSendsEnd, zero, parameter(offsetof(P, sends_end)));
    as_.jal(t5, queue_);
    as_.bind(ready);
  }

  /// Queues the transfer lists of the table from t3 to kSendsEnd.
  void queue_sends() {
    using S = KernelAbi::Send;
    const Label last = as_.label();
    as_.bind(queue_);
    as_.bgeu(t3, kSendsEnd, last);
    as_.lwu(t1, t3, offsetof(S, semaphore));
    as_.lwu(t2, t3, offsetof(S, posts));
    as_.sem_wait(t1, t2);
    as_.lwu(t1, t3, offsetof(S, list));
    as_.lwu(t2, t3, offsetof(S, length));
    as_.lwu(t2, t2, 0);
    as_.xfer(t1, t2);
    as_.addi(t3, t3, sizeof(S));
    as_.j(queue_);
    as_.bind(last);
    as_.jalr(zero, t5);
  }

  /// Lets each thread begin later than the one before it, by half of what a block of so many tiles takes to be read out
  /// and stored: so threads do not all store at the same time, with the matrix unit idle.
  void stagger(unsigned tiles) {
    const unsigned cycles = tiles * Accumulators::parts(config_, spec_.output) + kStoreLatency / 2;
    const Label wait = as_.label(), go = as_.label();
    as_.beqz(kThread, go);
    as_.li(t1, cycles / kDelayLoop);
    as_.mul(t1, t1, kThread);
    as_.bind(wait);
    as_.addi(t1, t1, -1);
    as_.bnez(t1, wait);
    as_.bind(go);
  }

  /// Before a line of the filter: passes the gates that it needs.
  void check_gates() {
    as_.lbu(t1, kGates);
    pass_to();
  }

  /// Passes gates until t1 are passed.
  void pass_to() {
    const Label open = as_.label();
    as_.bgeu(kPassed, t1, open);
    as_.jal(t5, pass_);
    as_.bind(open);
  }

  /// The routine: what a thread takes from a gate it gives back for the others.
  void pass_gates() {
    as_.bind(pass_);
    load_gate();
    as_.sem_wait(t2, t4);
    as_.sem_post(t2, t4);
    as_.addi(kPassed, kPassed, 1);
    as_.bltu(kPassed, t1, pass_);
    as_.jalr(zero, t5);
  }

  /// The semaphore and the posts of gate number kPassed, to t2 and t4.
  void load_gate() {
    static_assert(sizeof(KernelAbi::Gate) == 8);
    as_.ld(t4, zero, parameter(offsetof(KernelAbi::Parameters, gates)));
    as_.slli(t2, kPassed, 3);
    as_.add(t2, t2, t4);
    as_.lwu(t4, t2, offsetof(KernelAbi::Gate, posts));
    as_.lwu(t2, t2, offsetof(KernelAbi::Gate, semaphore));
  }

  /// Thread 0 ends last.
  void end() {
    const Label helper = as_.label();
    as_.li(t1, KernelAbi::kDoneSemaphore);
    as_.li(t2, config_.threads - 1);
    as_.bnez(kThread, helper);
    as_.sem_wait(t1, t2);
    if (spec_.gated) clear_gates();
    as_.thread_exit(zero);
    as_.bind(helper);
    as_.li(t2, 1);
    as_.sem_post(t1, t2);
    as_.thread_exit(zero);
  }

  /// Takes the posts that are left at the gates.
  void clear_gates() {
    const Label last = as_.label();
    as_.li(kPassed, 0);
    as_.ld(t1, zero, parameter(offsetof(KernelAbi::Parameters, gate_count)));
    const Label clear = as_.here();
    as_.bgeu(kPassed, t1, last);
    load_gate();
    as_.sem_wait(t2, t4);
    as_.addi(kPassed, kPassed, 1);
    as_.j(clear);
    as_.bind(last);
  }

  /// One block: load its addresses, reduce, store.
  void routine(const BlockVariant& variant) {
    if (spec_.gated) {
      as_.addi(kGates, kBlock, offsetof(KernelAbi::Block, gates));
      check_gates();
    }
    load_pointers(variant.rows, offsetof(KernelAbi::Block, input));
    as_.lwu(Reduction::column_pointer(variant, 0), kBlock, offsetof(KernelAbi::Block, weights));
    if (variant.masked) as_.vld(kMaskReg, zero, KernelAbi::kMask);
    for (unsigned j = 1; j < variant.cols && !spec_.right_transposed; ++j) {
      as_.add(Reduction::column_pointer(variant, j), Reduction::column_pointer(variant, j - 1),
              Reduction::kWeightPlane);
    }
    Reduction(as_, config_, spec_, variant).emit(next_line());
    load_pointers(variant.rows, offsetof(KernelAbi::Block, output));
    Accumulators(as_, config_, variant).store(spec_.output, kOutputPlane, kMaskReg);
  }

  /// What happens before every further line of the filter.
  std::function<void()> next_line() {
    if (!spec_.gated || spec_.kernel_height > KernelAbi::kMaxGatedLines) return {};
    return [this] {
      as_.addi(kGates, kGates, 1);
      check_gates();
    };
  }

  void load_pointers(unsigned count, std::size_t offset) {
    for (unsigned i = 0; i < count; ++i) {
      as_.lwu(Reduction::row_pointer(i), kBlock, static_cast<std::int64_t>(offset + 4 * i));
    }
  }

  const Config& config_;
  const ConvKernelSpec& spec_;
  Assembler as_;
  Label pass_;   ///< the routine that passes gates
  Label queue_;  ///< the routine that queues transfer lists
};

}  // namespace

std::vector<std::uint16_t> column_mask(const Config& config, std::size_t channels) {
  const std::size_t cols = config.matrix_cols, real = (channels - 1) % cols + 1;
  std::vector<std::uint16_t> mask(config.simd_bytes / 2);
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = i % cols < real ? 0xffff : 0;
  return mask;
}

ConvKernel make_conv_kernel(const Config& config, const ConvKernelSpec& spec, const std::set<BlockVariant>& variants) {
  return Generator(config, spec).generate(variants);
}

}  // namespace tatami
