// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Transfers, semaphores and threads.
#include <stdexcept>
#include <utility>

#include "verif/golden/core/iss.hpp"

namespace tatami::golden {

using isa::Op;

void Iss::execute_sync(Context& c) {
  constexpr std::uint64_t kDescriptorBytes = 64;
  const auto semaphore = static_cast<unsigned>(c.xs1 & 0x3f);
  const auto count = static_cast<std::uint16_t>(c.xs2);
  switch (c.insn.op) {
    case Op::Xfer: {
      if (c.xs1 % 8 != 0) throw Trap{Cause::LoadMisaligned, c.xs1};
      const auto place = memory_.offset(c.xs1, kDescriptorBytes * count);
      if (!place) throw Trap{Cause::LoadAccess, c.xs1};
      if (count != 0) transfers_.push_back({c.out.thread, *place, count});
      return;
    }
    case Op::SemWait:
      c.thread.value = semaphore | std::uint64_t{count} << 16;
      if (!wait_satisfied(c.thread)) {
        c.thread.run = ThreadState::Run::WaitSemaphore;
        return;
      }
      semaphores_[semaphore] = static_cast<std::uint16_t>(semaphores_[semaphore] - count);
      return;
    case Op::SemPost: return post(semaphore, count);
    case Op::SemRead: return write_x(c, semaphores_[semaphore]);
    case Op::ThreadStart:
      if (c.xs1 < threads_.size()) start(static_cast<unsigned>(c.xs1), c.xs2);
      return;
    case Op::ThreadBarrier: {
      const std::uint64_t all = (std::uint64_t{1} << threads_.size()) - 1;
      c.thread.value = (c.xs1 & all) | std::uint64_t{1} << c.out.thread;
      // Who was let through by the last one to come does not wait again.
      if (std::exchange(c.thread.released, false)) return;
      c.thread.run = ThreadState::Run::WaitBarrier;
      if (barrier_met(c.thread.value)) release_barrier(c.thread.value);
      return;
    }
    case Op::ThreadExit:
      c.thread.run = ThreadState::Run::Parked;
      c.thread.value = c.xs1;
      return;
    default: throw std::logic_error("not a synchronisation instruction");
  }
}

}  // namespace tatami::golden
