// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/asm/assembler.hpp"

namespace tatami::test {

/// The end of a trap handler: goes on behind the instruction that trapped. Writes one register.
inline void return_behind(Assembler& as, XReg scratch) {
  as.csrr(scratch, isa::csr::mepc);
  as.addi(scratch, scratch, 4);
  as.csrw(isa::csr::mepc, scratch);
  as.mret();
}

/// Makes what `emit` writes, which ends in mret, the handler of the traps of what follows. Writes t0.
template <class Emit>
void install_handler(Assembler& as, Emit&& emit) {
  const Label handler = as.label(), main = as.label();
  as.la(reg::t0, handler);
  as.csrw(isa::csr::mtvec, reg::t0);
  as.j(main);
  as.bind(handler);
  emit();
  as.bind(main);
}

}  // namespace tatami::test
