// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/matmul_kernel.hpp"

#include <stdexcept>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/accumulators.hpp"
#include "sim/kernels/reduction.hpp"
#include "sim/runtime/blocked_layout.hpp"

namespace tatami {
namespace {

using namespace reg;
using Abi = MatmulAbi;

// Registers that live through the whole program; sim/kernels/reduction.hpp names those of the reduction.
constexpr XReg kCall = t0;  // the thread's call
constexpr XReg kOutputPlane = a3;
constexpr XReg kPartialPlane = a5;
constexpr XReg kKnown = s0;                                 // panels that this thread knows to have arrived
constexpr XReg kArrival = s1;                               // entry of the next one
constexpr XReg kThread = a0;                                // given at start
constexpr XReg kPanel = s9, kPanelsEnd = s10, kThen = s11;  // of a visit
// The words of the next call, of whatever kind it is: a visit loads them ahead, so that it costs no time to go on.
constexpr XReg kNextCode = sp, kNextInput = gp, kNextWeights = tp, kNextPanel = t4, kNextPanelsEnd = t5, kNextThen = t6;
constexpr VReg kMaskReg{31};
constexpr unsigned kStoreLatency = 20;  // cycles from the last matrix step to the first store
constexpr unsigned kDelayLoop = 4;      // cycles of a round that counts down

/// Emits the whole program.
class Generator {
 public:
  Generator(const Config& config, const MatmulKernelSpec& spec)
      : config_(config), spec_(spec), next_(as_.label()), wait_(as_.label()) {}

  MatmulKernel generate(const std::set<VisitVariant>& variants) {
    MatmulKernel kernel;
    begin(variants);
    kernel.start_threads = start_threads();
    kernel.send = send();
    kernel.finish = finish();
    kernel.release = release();
    kernel.clear = clear();
    kernel.meet = meet();
    kernel.exit = exit();
    wait();
    for (const VisitVariant& variant : variants) kernel.visits[variant] = visit(variant);
    kernel.code = as_.finish();
    return kernel;
  }

 private:
  template <typename Call>
  using Word = std::uint32_t Call::*;

  void load(XReg rd, std::size_t offset) { as_.lwu(rd, kCall, static_cast<std::int64_t>(offset)); }
  std::uint64_t place() const { return as_.size_bytes(); }

  /// Every thread: constants, its first call; then from call to call. Threads begin one after the other, by half of
  /// what a block takes to be stored: so they do not all store at the same time, with the matrix unit idle.
  void begin(const std::set<VisitVariant>& variants) {
    unsigned tiles = 1;
    for (const VisitVariant& variant : variants) tiles = std::max(tiles, variant.block.rows * variant.block.cols);
    if (tiles > config_.accumulators) throw std::invalid_argument("a block has more tiles than there are accumulators");
    as_.slli(t1, kThread, 3);
    as_.ld(kCall, t1, static_cast<std::int64_t>(Abi::kCalls));
    as_.ld(kArrival, zero, static_cast<std::int64_t>(Abi::kArrivals));
    if (const unsigned format = descriptor(spec_.operands).pack(); format != 0) {
      as_.li(t3, format);
      as_.csrw(isa::csr::tfmt0, t3);
      as_.csrw(isa::csr::tfmt1, t3);
    }
    constant(Reduction::kRowStride, spec_.pixel_pitch);
    constant(Reduction::kPlanePitch, spec_.input_plane);
    constant(kOutputPlane, spec_.output_plane);
    constant(kPartialPlane, spec_.partial_plane);
    const Label first = as_.label(), delay = as_.label();
    as_.beqz(kThread, first);
    as_.li(t1, (tiles * Accumulators::parts(config_, spec_.output) + kStoreLatency / 2) / kDelayLoop);
    as_.mul(t1, t1, kThread);
    as_.bind(delay);
    as_.addi(t1, t1, -1);
    as_.bnez(t1, delay);
    as_.j(first);
    as_.bind(next_);
    as_.addi(kCall, kCall, static_cast<std::int64_t>(Abi::kCallBytes));
    as_.bind(first);
    load_call(0);
    as_.jalr(zero, kNextCode, 0);
  }

  /// Goes on with the next call, whose words have been loaded.
  void go_on() {
    as_.addi(kCall, kCall, static_cast<std::int64_t>(Abi::kCallBytes));
    as_.jalr(zero, kNextCode, 0);
  }

  /// Loads what a visit needs of the call that lies so many bytes from the thread's.
  void load_call(std::size_t ahead) {
    load(kNextCode, ahead + offsetof(Abi::Visit, code));
    load(kNextInput, ahead + offsetof(Abi::Visit, input));
    load(kNextWeights, ahead + offsetof(Abi::Visit, weights));
    load(Reduction::kWeightPlane, ahead + offsetof(Abi::Visit, weight_plane));
    as_.lhu(kNextPanel, kCall, static_cast<std::int64_t>(ahead + offsetof(Abi::Visit, panel)));
    as_.lhu(kNextPanelsEnd, kCall, static_cast<std::int64_t>(ahead + offsetof(Abi::Visit, panels_end)));
    load(kNextThen, ahead + offsetof(Abi::Visit, then));
  }

  void constant(XReg rd, std::uint64_t value) { as_.li(rd, static_cast<std::int64_t>(value)); }

  std::uint64_t start_threads() {
    const std::uint64_t here = place();
    as_.auipc(t1, 0);
    as_.addi(t1, t1, -static_cast<std::int64_t>(here));
    for (unsigned t = 1; t < config_.threads; ++t) {
      as_.li(t2, t);
      as_.thread_start(t2, t1);
    }
    as_.j(next_);
    return here;
  }

  std::uint64_t send() {
    const std::uint64_t here = place();
    load(t1, offsetof(Abi::Send, semaphore));
    load(t2, offsetof(Abi::Send, credits));
    as_.sem_wait(t1, t2);
    load(t1, offsetof(Abi::Send, list));
    load(t2, offsetof(Abi::Send, length));
    as_.lwu(t2, t2, 0);
    as_.xfer(t1, t2);
    as_.j(next_);
    return here;
  }

  std::uint64_t finish() {
    const std::uint64_t here = place();
    load(t1, offsetof(Abi::Finish, semaphore));
    as_.li(t2, 1);
    as_.sem_post(t1, t2);
    as_.j(next_);
    return here;
  }

  std::uint64_t release() {
    const std::uint64_t here = place();
    load(t1, offsetof(Abi::Clear, semaphore));
    as_.li(t2, config_.threads - 1);
    as_.sem_wait(t1, t2);
    return here;
  }

  /// Follows `release`.
  std::uint64_t clear() {
    const std::uint64_t here = place();
    load(t1, offsetof(Abi::Clear, arrivals));
    load(t2, offsetof(Abi::Clear, arrivals_end));
    const Label more = as_.here();
    as_.bgeu(t1, t2, next_);
    as_.lwu(t4, t1, offsetof(Abi::Arrival, semaphore));
    as_.lwu(t5, t1, offsetof(Abi::Arrival, posts));
    as_.addi(t1, t1, sizeof(Abi::Arrival));
    as_.sem_wait(t4, t5);
    as_.j(more);
    return here;
  }

  std::uint64_t meet() {
    const std::uint64_t here = place();
    as_.li(t1, (1 << config_.threads) - 1);
    as_.thread_barrier(t1);
    as_.j(next_);
    return here;
  }

  std::uint64_t exit() {
    const std::uint64_t here = place();
    as_.thread_exit(zero);
    return here;
  }

  /// Waits until panel kPanel is there, and leaves the semaphore as it was, for the other threads.
  void wait() {
    as_.bind(wait_);
    as_.lwu(t1, kArrival, offsetof(Abi::Arrival, semaphore));
    as_.lwu(t2, kArrival, offsetof(Abi::Arrival, posts));
    as_.sem_wait(t1, t2);
    as_.sem_post(t1, t2);
    as_.addi(kArrival, kArrival, sizeof(Abi::Arrival));
    as_.addi(kKnown, kKnown, 1);
    as_.bgeu(kPanel, kKnown, wait_);
    as_.ret();
  }

  MatmulKernel::Visit visit(const VisitVariant& variant) {
    const BlockVariant& block = variant.block;
    const ConvKernelSpec panel{.channels = variant.channels,
                               .operands = spec_.operands,
                               .pixel_pitch = spec_.pixel_pitch,
                               .plane_pitch = spec_.input_plane,
                               .row_stride = spec_.pixel_pitch,
                               .output = spec_.output};
    Reduction reduction(as_, config_, panel, block);
    MatmulKernel::Visit routine;

    routine.fresh = place();
    enter(block);
    check_arrival();
    reduction.emit_first_step();

    routine.reload = place();
    load_rows(block, offsetof(Abi::Visit, partial), DataType::Fp32);
    Accumulators(as_, config_, block).load(kPartialPlane);
    routine.resume = place();
    enter(block);
    const Label round = as_.here();
    check_arrival();
    reduction.emit_panel();
    as_.addi(kPanel, kPanel, 1);
    as_.bne(kPanel, kPanelsEnd, round);
    as_.jalr(zero, kThen, 0);

    routine.next = place();
    go_on();
    routine.finish = place();
    load_rows(block, offsetof(Abi::Visit, output), spec_.output);
    if (block.masked) as_.vld(kMaskReg, zero, static_cast<std::int64_t>(Abi::kMask));
    Accumulators(as_, config_, block).store(spec_.output, kOutputPlane, kMaskReg);
    go_on();
    routine.partial = place();
    load_rows(block, offsetof(Abi::Visit, partial), DataType::Fp32);
    Accumulators(as_, config_, {block.rows, block.cols, false}).store(DataType::Fp32, kPartialPlane, kMaskReg);
    go_on();
    return routine;
  }

  /// Takes the call's words and loads those of the next one.
  void enter(const BlockVariant& block) {
    as_.mv(Reduction::row_pointer(0), kNextInput);
    follow(block, spec_.operands);
    as_.mv(Reduction::column_pointer(block, 0), kNextWeights);
    for (unsigned j = 1; j < block.cols; ++j) {
      as_.add(Reduction::column_pointer(block, j), Reduction::column_pointer(block, j - 1), Reduction::kWeightPlane);
    }
    as_.mv(kPanel, kNextPanel);
    as_.mv(kPanelsEnd, kNextPanelsEnd);
    as_.mv(kThen, kNextThen);
    load_call(Abi::kCallBytes);
  }

  /// Pointers to the row tiles of partial sums or of the result.
  void load_rows(const BlockVariant& block, std::size_t offset, DataType type) {
    load(Reduction::row_pointer(0), offset);
    follow(block, type);
  }

  /// Pointers to all row tiles from that to the first one; they follow each other.
  void follow(const BlockVariant& block, DataType type) {
    const std::uint64_t tile = config_.matrix_rows * BlockedLayout(config_, element_bytes(type)).pixel_bytes();
    for (unsigned i = 1; i < block.rows; ++i) {
      as_.addi(Reduction::row_pointer(i), Reduction::row_pointer(0), static_cast<std::int64_t>(i * tile));
    }
  }

  void check_arrival() {
    const Label known = as_.label();
    as_.bltu(kPanel, kKnown, known);
    as_.call(wait_);
    as_.bind(known);
  }

  const Config& config_;
  const MatmulKernelSpec& spec_;
  Assembler as_;
  Label next_;  ///< loads the words of the next call and goes on with it
  Label wait_;
};

}  // namespace

MatmulKernel make_matmul_kernel(const Config& config, const MatmulKernelSpec& spec,
                                const std::set<VisitVariant>& variants) {
  return Generator(config, spec).generate(variants);
}

}  // namespace tatami
