// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The architectural state of one hardware thread, and what one instruction did to it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace tatami::golden {

inline constexpr unsigned kMaxSimdBytes = 64;
inline constexpr unsigned kMaxTileElements = 64;

using VectorRegister = std::array<std::uint8_t, kMaxSimdBytes>;
using Accumulator = std::array<std::uint32_t, kMaxTileElements>;

/// Synchronous exception codes (RISC-V privileged specification; from 24 on for custom use).
enum class Cause : std::uint8_t {
  FetchMisaligned = 0,
  FetchAccess = 1,
  IllegalInstruction = 2,
  Breakpoint = 3,
  LoadMisaligned = 4,
  LoadAccess = 5,
  StoreMisaligned = 6,
  StoreAccess = 7,
  MachineEcall = 11,
  FormatDescriptor = 24,  ///< our own: an illegal format descriptor; mtval is its number
};

/// CSRs with storage of their own; the read-only ones are computed.
struct CsrState {
  bool mie_bit = false;            ///< mstatus.MIE
  bool mpie_bit = false;           ///< mstatus.MPIE
  std::uint64_t mcycle_ahead = 0;  ///< of mcycle before the time
  std::uint64_t mtvec = 0;
  std::uint64_t mscratch = 0;
  std::uint64_t mepc = 0;
  std::uint64_t mcause = 0;
  std::uint64_t mtval = 0;
  std::uint64_t minstret = 0;
  std::array<std::uint16_t, 16> tfmt{};  ///< format descriptors; zero is BF16, nearest even
  std::uint64_t tkey = 0;
  std::uint64_t tctr = 0;
  std::uint64_t tflags = 0;
  std::uint64_t tprio = 0;
};

/// One thread.
struct ThreadState {
  enum class Run { Parked, Running, WaitSemaphore, WaitBarrier, Faulted };

  Run run = Run::Parked;
  std::uint64_t pc = 0;
  std::array<std::uint64_t, 32> x{};
  std::array<VectorRegister, 32> v{};
  std::array<Accumulator, 8> acc{};
  CsrState csr;
  bool enters_handler = false;  ///< the next instruction is the first of a trap handler
  bool released = false;        ///< the barrier at pc was met
  std::uint64_t order = 0;      ///< retirement records so far
  std::uint64_t value =
      0;          ///< parked: exit value; waiting: semaphore and count << 16, or the barrier's set; faulted: mtval
  Cause cause{};  ///< faulted
};

/// One retired (or trapped) instruction; the fields mean what they mean in rvfi_pkg::rvfi_t.
struct Retirement {
  unsigned thread = 0;
  std::uint64_t order = 0;
  std::uint32_t insn = 0;
  bool trap = false;
  bool intr = false;
  bool halt = false;
  Cause cause{};  ///< when trap
  unsigned rd_addr = 0;
  std::uint64_t rd_wdata = 0;
  std::uint64_t pc_rdata = 0;
  std::uint64_t pc_wdata = 0;
  std::uint64_t mem_addr = 0;
  std::uint8_t mem_rmask = 0;
  std::uint8_t mem_wmask = 0;
  std::uint64_t mem_rdata = 0;
  std::uint64_t mem_wdata = 0;
  bool vd_valid = false;
  unsigned vd_addr = 0;
  VectorRegister vd_wdata{};
};

/// All lanes of a register; std::bit_cast turns lanes back into a register.
template <typename Lane>
std::array<Lane, kMaxSimdBytes / sizeof(Lane)> to_lanes(const VectorRegister& reg) {
  return std::bit_cast<std::array<Lane, kMaxSimdBytes / sizeof(Lane)>>(reg);
}

}  // namespace tatami::golden
