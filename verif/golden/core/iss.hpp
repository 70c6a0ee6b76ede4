// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Instruction-set simulator of one node: its threads, SRAM and semaphores, written from the instruction table, the
/// RISC-V specifications and docs/architecture.md.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "isa.hpp"
#include "verif/golden/core/core_config.hpp"
#include "verif/golden/core/local_memory.hpp"
#include "verif/golden/core/thread_state.hpp"

namespace tatami::golden {

struct MatrixShape;

/// Where the node sits in the machine.
struct NodePosition {
  std::uint32_t die = 0;
  unsigned y = 0;
  unsigned x = 0;
};

/// A list of transfer descriptors that a thread queued; the machine runs it.
struct TransferList {
  unsigned thread;
  std::uint64_t offset;  ///< of the first descriptor in the node's SRAM
  unsigned count;
};

/// One node. Threads advance one instruction per `step`; the caller chooses their interleaving.
class Iss {
 public:
  Iss(const CoreConfig& config, NodePosition position);

  /// Starts a parked or faulted thread, as a control packet or thread.start does; no effect on any other. Scalar
  /// registers and CSRs start from zero, x10 from the thread's number; vector registers and accumulators stay.
  void start(unsigned thread, std::uint64_t pc);

  /// Adds to a semaphore; a sum above 65535 stays there.
  void post(unsigned semaphore, std::uint64_t value);

  /// Halts a thread because one of its transfers failed; `offset` is the descriptor's place.
  void transfer_fault(unsigned thread, std::uint64_t offset);

  /// True when `step` of this thread would retire an instruction.
  bool can_step(unsigned thread) const;

  /// Executes one instruction of a thread. Nothing retires while it is parked, faulted, or waits for a semaphore or
  /// barrier; of those that meet at a barrier each retires when it is stepped again.
  /// `fetched`: what an instruction cache brought, in place of the word in memory.
  std::optional<Retirement> step(unsigned thread, std::optional<std::uint32_t> fetched = {});

  /// The value of the time input.
  void set_time(std::uint64_t time) { time_ = time; }

  const CoreConfig& config() const { return config_; }
  ThreadState& thread(unsigned index) { return threads_.at(index); }
  const ThreadState& thread(unsigned index) const { return threads_.at(index); }
  LocalMemory& memory() { return memory_; }
  const LocalMemory& memory() const { return memory_; }
  std::uint16_t semaphore(unsigned index) const { return semaphores_.at(index); }
  /// Lists queued by `xfer` and not taken yet, in order.
  std::deque<TransferList>& transfers() { return transfers_; }

 private:
  /// An exception raised by the current instruction.
  struct Trap {
    Cause cause;
    std::uint64_t value;
  };

  /// The instruction in execution: operands read, results gathered in `out`.
  struct Context {
    ThreadState& thread;
    isa::Decoded insn;
    std::uint64_t xs1;
    std::uint64_t xs2;
    std::uint64_t next_pc;
    Retirement& out;
    bool wrote_csr = false;
    std::optional<std::uint64_t> lost = {};  ///< a word that it loaded and that could not be read
  };

  std::uint32_t fetch(std::uint64_t pc);
  void about_to_load(Context& c, std::uint64_t offset, std::uint64_t bytes);
  void about_to_store(std::uint64_t offset, std::uint64_t bytes);
  void execute(Context& c);
  void execute_alu(Context& c);
  void execute_branch(Context& c);
  void execute_muldiv(Context& c);
  void execute_load(Context& c);
  void execute_store(Context& c);
  void execute_system(Context& c);
  void execute_csr(Context& c);
  void execute_simd(Context& c);
  void execute_conversion(Context& c) const;
  void execute_matrix(Context& c);
  void execute_vector_load(Context& c);
  void execute_vector_store(Context& c);
  void execute_sync(Context& c);

  /// Items of `bytes` bytes, together a register.
  struct VectorAccess {
    std::uint64_t base;
    std::uint64_t stride;
    unsigned bytes;
    std::function<std::uint64_t(std::size_t)> index = {};  ///< of a gather: item i lies so many items from the base
  };
  VectorAccess vector_access(const Context& c) const;
  std::vector<std::uint64_t> vector_items(Context& c, const VectorAccess& access, bool store) const;
  VectorRegister load_vector(Context& c);
  void store_predicated(Context& c, std::uint64_t place);
  void execute_step(Context& c, const MatrixShape& shape, Accumulator& acc);
  std::optional<std::uint64_t> read_csr(const Context& c) const;
  void write_csr(Context& c, std::uint64_t value);
  void enter_trap(ThreadState& thread, Retirement& out, const Trap& trap);
  bool wait_satisfied(const ThreadState& thread) const;
  bool barrier_met(std::uint64_t set) const;
  void release_barrier(std::uint64_t set);

  static void write_x(Context& c, std::uint64_t value);
  static void write_v(Context& c, const VectorRegister& value);

  CoreConfig config_;
  NodePosition position_;
  LocalMemory memory_;
  std::vector<ThreadState> threads_;
  std::vector<std::uint16_t> semaphores_;
  std::deque<TransferList> transfers_;
  std::uint64_t time_ = 0;
  std::uint32_t scrub_ = 0;  ///< CSR tscrub; without timing nothing scrubs
};

}  // namespace tatami::golden
