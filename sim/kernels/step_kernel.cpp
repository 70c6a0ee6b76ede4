// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/kernels/step_kernel.hpp"

#include <cstddef>

#include "sim/asm/assembler.hpp"

namespace tatami {
namespace {

using namespace reg;

constexpr XReg kThread = a0, kStep = s0, kStepsEnd = s1;
constexpr XReg kTarget = a1, kSource = a2, kRegisters = a3;
constexpr unsigned kRun = 16;  // registers that are loaded before the first is stored; a power of two

VReg left(unsigned i) { return VReg(i); }
VReg right(unsigned i) { return VReg(kRun + i); }

void load_field(Assembler& as, XReg rd, std::size_t offset) { as.lwu(rd, kStep, static_cast<std::int64_t>(offset)); }

/// Adds `count` registers and moves the pointers on. A thread's loads wait for its stores and the other way round, so
/// all loads come first.
void add_run(Assembler& as, const Config& config, DataType type, unsigned count) {
  const auto offset = [&](unsigned i) { return std::int64_t{i} * config.simd_bytes; };
  for (unsigned i = 0; i < count; ++i) {
    as.vld(left(i), kSource, offset(i));
    as.vld(right(i), kTarget, offset(i));
  }
  for (unsigned i = 0; i < count; ++i) {
    if (type == DataType::Bf16) {
      as.vadd_bf16(left(i), left(i), right(i));
    } else {
      as.vadd_fp32(left(i), left(i), right(i));
    }
  }
  for (unsigned i = 0; i < count; ++i) as.vst(left(i), kTarget, offset(i));
  as.addi(kSource, kSource, offset(count));
  as.addi(kTarget, kTarget, offset(count));
}

/// Adds kRegisters registers: whole runs, then halves of one as the bits of the count say.
void add(Assembler& as, const Config& config, DataType type) {
  const Label halves = as.label();
  as.srli(t0, kRegisters, std::countr_zero(kRun));
  as.beqz(t0, halves);
  const Label run = as.here();
  add_run(as, config, type, kRun);
  as.addi(t0, t0, -1);
  as.bnez(t0, run);
  as.bind(halves);
  for (unsigned count = kRun / 2; count > 0; count /= 2) {
    const Label skip = as.label();
    as.andi(t0, kRegisters, count);
    as.beqz(t0, skip);
    add_run(as, config, type, count);
    as.bind(skip);
  }
}

}  // namespace

std::vector<std::uint32_t> step_kernel(const Config& config, DataType type) {
  Assembler as;
  const Label worker = as.label(), finished = as.label();
  if (config.threads > 1) as.la(t1, worker);
  for (unsigned t = 1; t < config.threads; ++t) {
    as.li(t2, t);
    as.thread_start(t2, t1);
  }
  as.bind(worker);
  as.slli(t0, kThread, std::countr_zero(StepAbi::kThreadBytes));
  as.ld(kStep, t0, StepAbi::kParameters);
  as.ld(kStepsEnd, t0, StepAbi::kParameters + 8);

  const Label next = as.here(), wait = as.label(), sum = as.label(), queue = as.label(), done = as.label();
  as.bgeu(kStep, kStepsEnd, finished);
  load_field(as, t0, offsetof(Step, barrier));
  load_field(as, t1, offsetof(Step, semaphore));
  load_field(as, t2, offsetof(Step, posts));
  load_field(as, kTarget, offsetof(Step, target));
  load_field(as, kSource, offsetof(Step, source));
  load_field(as, kRegisters, offsetof(Step, registers));
  load_field(as, t3, offsetof(Step, list));
  load_field(as, t4, offsetof(Step, transfers));
  as.beqz(t0, wait);
  as.li(t0, (std::int64_t{1} << config.threads) - 1);
  as.thread_barrier(t0);
  as.bind(wait);
  as.beqz(t2, sum);
  as.sem_wait(t1, t2);
  as.bind(sum);
  as.beqz(kRegisters, queue);
  add(as, config, type);
  as.bind(queue);
  as.beqz(t4, done);
  as.xfer(t3, t4);
  as.bind(done);
  as.addi(kStep, kStep, sizeof(Step));
  as.j(next);

  as.bind(finished);
  as.thread_exit(zero);
  return as.finish();
}

}  // namespace tatami
