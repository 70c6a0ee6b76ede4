// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Thread life, fetch, dispatch and traps.
#include "verif/golden/core/iss.hpp"

#include <algorithm>

namespace tatami::golden {

Iss::Iss(const CoreConfig& config, NodePosition position)
    : config_(config),
      position_(position),
      memory_(config.sram_bytes),
      threads_(config.threads),
      semaphores_(config.semaphores) {}

void Iss::start(unsigned thread, std::uint64_t pc) {
  if (thread >= threads_.size()) return;
  ThreadState& t = threads_[thread];
  if (t.run != ThreadState::Run::Parked && t.run != ThreadState::Run::Faulted) return;
  t.run = ThreadState::Run::Running;
  t.pc = pc & ~std::uint64_t{3};
  t.x.fill(0);
  t.x[10] = thread;
  t.csr = {};
  t.value = 0;
  t.released = false;
}

void Iss::post(unsigned semaphore, std::uint64_t value) {
  constexpr std::uint64_t kMax = 0xffff;
  std::uint16_t& count = semaphores_.at(semaphore);
  count = static_cast<std::uint16_t>(std::min(count + std::min(value, kMax), kMax));
}

void Iss::transfer_fault(unsigned thread, std::uint64_t offset) {
  ThreadState& t = threads_.at(thread);
  t.run = ThreadState::Run::Faulted;
  t.cause = Cause::StoreAccess;
  t.value = offset;
}

bool Iss::wait_satisfied(const ThreadState& thread) const {
  return semaphores_[thread.value & 0x3f] >= ((thread.value >> 16) & 0xffff);
}

bool Iss::barrier_met(std::uint64_t set) const {
  for (unsigned i = 0; i < threads_.size(); ++i) {
    const ThreadState& t = threads_[i];
    const bool waits = t.run == ThreadState::Run::WaitBarrier && !t.released && t.value == set;
    if ((set >> i & 1) != 0 && !waits) return false;
  }
  return true;
}

void Iss::release_barrier(std::uint64_t set) {
  for (unsigned i = 0; i < threads_.size(); ++i) {
    if ((set >> i & 1) != 0) threads_[i].released = true;
  }
}

bool Iss::can_step(unsigned thread) const {
  const ThreadState& t = threads_.at(thread);
  if (t.run == ThreadState::Run::WaitSemaphore) return wait_satisfied(t);
  if (t.run == ThreadState::Run::WaitBarrier) return t.released;
  return t.run == ThreadState::Run::Running;
}

/// What is fetched is a line.
std::uint32_t Iss::fetch(std::uint64_t pc) {
  constexpr std::uint64_t kLineBytes = 64;
  constexpr unsigned kFetchPort = 2;
  const auto place = memory_.offset(pc, 4);
  if (!place || memory_.about_to_read(*place / kLineBytes * kLineBytes, kLineBytes, kFetchPort)) {
    throw Trap{Cause::FetchAccess, pc};
  }
  return static_cast<std::uint32_t>(memory_.load(*place, 4));
}

std::optional<Retirement> Iss::step(unsigned thread, std::optional<std::uint32_t> fetched) {
  if (!can_step(thread)) return std::nullopt;
  ThreadState& t = threads_[thread];
  t.run = ThreadState::Run::Running;
  Retirement out;
  out.thread = thread;
  out.order = t.order;
  out.pc_rdata = t.pc;
  out.intr = t.enters_handler;
  try {
    out.insn = fetch(t.pc);
    if (fetched) out.insn = *fetched;
    const isa::Decoded insn = isa::decode(out.insn);
    if (!insn.legal) throw Trap{Cause::IllegalInstruction, out.insn};
    Context c{t, insn, t.x[insn.rs1], t.x[insn.rs2], t.pc + 4, out};
    execute(c);
    if (t.run == ThreadState::Run::WaitSemaphore || t.run == ThreadState::Run::WaitBarrier) return std::nullopt;
    t.enters_handler = false;
    t.pc = c.next_pc;
    if (c.lost) {
      t.run = ThreadState::Run::Faulted;
      t.cause = Cause::LoadAccess;
      t.value = *c.lost;
    }
    // A write of minstret stands in place of the count of the instruction that writes it.
    const bool writes_minstret = insn.unit == isa::Unit::Csr && insn.csr == isa::csr::minstret && c.wrote_csr;
    if (!writes_minstret) ++t.csr.minstret;
  } catch (const Trap& trap) {
    enter_trap(t, out, trap);
  }
  out.pc_wdata = t.pc;
  out.halt = t.run != ThreadState::Run::Running;
  ++t.order;
  return out;
}

void Iss::execute(Context& c) {
  switch (c.insn.unit) {
    case isa::Unit::Alu: return execute_alu(c);
    case isa::Unit::Branch: return execute_branch(c);
    case isa::Unit::Muldiv: return execute_muldiv(c);
    case isa::Unit::Load: return execute_load(c);
    case isa::Unit::Store: return execute_store(c);
    case isa::Unit::Csr: return execute_csr(c);
    case isa::Unit::System: return execute_system(c);
    case isa::Unit::Simd:
    case isa::Unit::Function: return execute_simd(c);
    case isa::Unit::Matrix: return execute_matrix(c);
    case isa::Unit::Vload: return execute_vector_load(c);
    case isa::Unit::Vstore: return execute_vector_store(c);
    case isa::Unit::Sync: return execute_sync(c);
  }
}

void Iss::enter_trap(ThreadState& thread, Retirement& out, const Trap& trap) {
  // Only what identifies the instruction survives a trap.
  Retirement clean;
  clean.thread = out.thread;
  clean.order = out.order;
  clean.insn = out.insn;
  clean.intr = out.intr;
  clean.pc_rdata = out.pc_rdata;
  clean.trap = true;
  clean.cause = trap.cause;
  out = clean;
  thread.enters_handler = thread.csr.mtvec != 0;
  if (thread.csr.mtvec == 0) {
    thread.run = ThreadState::Run::Faulted;
    thread.cause = trap.cause;
    thread.value = trap.value;
    return;
  }
  thread.csr.mepc = thread.pc;
  thread.csr.mcause = static_cast<std::uint64_t>(trap.cause);
  thread.csr.mtval = trap.value;
  thread.csr.mpie_bit = thread.csr.mie_bit;
  thread.csr.mie_bit = false;
  thread.pc = thread.csr.mtvec;
}

void Iss::write_x(Context& c, std::uint64_t value) {
  if (c.insn.rd == 0) return;
  c.thread.x[c.insn.rd] = value;
  c.out.rd_addr = c.insn.rd;
  c.out.rd_wdata = value;
}

void Iss::write_v(Context& c, const VectorRegister& value) {
  c.thread.v[c.insn.rd] = value;
  c.out.vd_valid = true;
  c.out.vd_addr = c.insn.rd;
  c.out.vd_wdata = value;
}

}  // namespace tatami::golden
