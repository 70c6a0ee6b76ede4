// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Conversions between FP32 lanes and the formats of descriptors.
#include "verif/golden/num/convert.hpp"

#include <cstring>

#include "verif/golden/core/iss.hpp"
#include "verif/golden/num/random.hpp"

namespace tatami::golden {

void Iss::execute_conversion(Context& c) const {
  constexpr unsigned kGroupShift = 4;
  CsrState& s = c.thread.csr;
  const auto fmt = static_cast<unsigned>(c.insn.imm);
  const Descriptor descriptor = Descriptor::unpack(s.tfmt[fmt % s.tfmt.size()]);
  const unsigned bytes = static_cast<unsigned>(descriptor.format().bits) / 8;
  const unsigned lanes = config_.simd_bytes / 4;
  const unsigned groups = 4 / bytes;
  const unsigned first = (fmt >> kGroupShift) % groups * lanes * bytes;  // byte of the group's first lane
  const bool widens = c.insn.op == isa::Op::VcvtW;
  const VectorRegister& source = c.thread.v[c.insn.rs1];
  VectorRegister result = widens ? VectorRegister{} : c.thread.v[c.insn.rd];
  for (unsigned i = 0; i < lanes; ++i) {
    std::uint32_t word = 0;
    Flagged lane;
    if (widens) {
      std::memcpy(&word, source.data() + first + i * bytes, bytes);
      lane = widen(word, descriptor);
      std::memcpy(result.data() + 4 * i, &lane.bits, 4);
    } else {
      std::memcpy(&word, source.data() + 4 * i, 4);
      lane = narrow(word, descriptor, descriptor.stochastic ? lane_random(s.tkey, s.tctr, i) : 0);
      std::memcpy(result.data() + first + i * bytes, &lane.bits, bytes);
    }
    s.tflags |= lane.flags;
  }
  if (!widens && descriptor.stochastic) ++s.tctr;
  write_v(c, result);
}

}  // namespace tatami::golden
