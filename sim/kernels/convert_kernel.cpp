// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/kernels/convert_kernel.hpp"

#include "sim/asm/assembler.hpp"

namespace tatami {

std::vector<std::uint32_t> convert_kernel(const Conversion& conversion, std::uint64_t source, std::uint64_t target,
                                          std::uint64_t flags, std::uint64_t rounds, std::uint64_t counter) {
  using namespace reg;
  constexpr unsigned kRegisterBytes = 64, kLanes = 16, kFrom = 0, kWide = 8, kTo = 16;
  const auto registers = [](const formats::Descriptor& d) {
    return kConvertRound * d.format().bits / 8 / kRegisterBytes;
  };
  const auto groups = [](const formats::Descriptor& d) { return 32U / static_cast<unsigned>(d.format().bits); };
  const unsigned sources = registers(conversion.from), targets = registers(conversion.to);

  Assembler as;
  const auto set = [&as](unsigned number, std::uint64_t value) {
    as.li(t0, static_cast<std::int64_t>(value));
    as.csrw(number, t0);
  };
  set(isa::csr::tfmt0, conversion.from.pack());
  set(isa::csr::tfmt1, conversion.to.pack());
  set(isa::csr::tkey, conversion.key);
  set(isa::csr::tctr, counter);
  as.csrw(isa::csr::tflags, zero);
  as.li(a1, static_cast<std::int64_t>(source));
  as.li(a2, static_cast<std::int64_t>(target));
  as.li(a3, static_cast<std::int64_t>(rounds));
  const Label round = as.here();
  for (unsigned i = 0; i < sources; ++i) as.vld(VReg(kFrom + i), a1, kRegisterBytes * i);
  for (unsigned q = 0; q < kConvertRound / kLanes; ++q) {
    as.vcvt_w(VReg(kWide + q), VReg(kFrom + q / groups(conversion.from)), 0, q % groups(conversion.from));
  }
  for (unsigned q = 0; q < kConvertRound / kLanes; ++q) {
    as.vcvt_n(VReg(kTo + q / groups(conversion.to)), VReg(kWide + q), 1, q % groups(conversion.to));
  }
  for (unsigned i = 0; i < targets; ++i) as.vst(VReg(kTo + i), a2, kRegisterBytes * i);
  as.addi(a1, a1, kRegisterBytes * sources);
  as.addi(a2, a2, kRegisterBytes * targets);
  as.addi(a3, a3, -1);
  as.bnez(a3, round);
  as.csrr(t0, isa::csr::tflags);
  as.li(a1, static_cast<std::int64_t>(flags));
  as.sd(t0, a1);
  as.thread_exit(zero);
  return as.finish();
}

}  // namespace tatami
