// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// CSRs, environment calls and trap return (RISC-V privileged specification, machine mode only).
#include <optional>
#include <stdexcept>

#include "formats.hpp"
#include "verif/golden/core/iss.hpp"
#include "verif/golden/sram/address_map.hpp"

namespace tatami::golden {
namespace {

using isa::Op;

constexpr unsigned kMieBit = 3, kMpieBit = 7;
constexpr std::uint64_t kMppMachine = std::uint64_t{3} << 11;

constexpr std::uint64_t letter(char extension) { return std::uint64_t{1} << (extension - 'A'); }
constexpr std::uint64_t kMisa = (std::uint64_t{2} << 62) | letter('I') | letter('M') | letter('X');

/// The format descriptor that a CSR number stands for.
constexpr std::optional<unsigned> descriptor_number(unsigned number) {
  return number >= isa::csr::tfmt0 && number <= isa::csr::tfmt15 ? std::optional(number - isa::csr::tfmt0)
                                                                 : std::nullopt;
}

/// A word's place as CSRs tfixedat and tlostat show it.
std::uint64_t place_of(std::uint64_t address, unsigned port, unsigned banks) {
  const SramPlace place = sram_place(address, banks);
  return address | std::uint64_t{place.bank} << 24 | std::uint64_t{place.column} << 32 | std::uint64_t{port} << 40;
}

constexpr bool number_is_read_only(unsigned number) { return (number >> 10) == 3; }

}  // namespace

std::optional<std::uint64_t> Iss::read_csr(const Context& c) const {
  const CsrState& s = c.thread.csr;
  if (const auto format = descriptor_number(c.insn.csr)) return s.tfmt[*format];
  switch (c.insn.csr) {
    case isa::csr::mstatus:
      return kMppMachine | std::uint64_t{s.mie_bit} << kMieBit | std::uint64_t{s.mpie_bit} << kMpieBit;
    case isa::csr::misa: return kMisa;
    case isa::csr::mtvec: return s.mtvec;
    case isa::csr::mscratch: return s.mscratch;
    case isa::csr::mepc: return s.mepc;
    case isa::csr::mcause: return s.mcause;
    case isa::csr::mtval: return s.mtval;
    case isa::csr::mcycle:
    case isa::csr::cycle: return time_ + s.mcycle_ahead;
    case isa::csr::time: return time_;
    case isa::csr::minstret:
    case isa::csr::instret: return s.minstret;
    case isa::csr::tkey: return s.tkey;
    case isa::csr::tctr: return s.tctr;
    case isa::csr::tflags: return s.tflags;
    case isa::csr::tprio: return s.tprio;
    case isa::csr::tscrub: return scrub_;
    case isa::csr::tfixed: return memory_.errors().fixed();
    case isa::csr::tfixedat: return place_of(memory_.errors().fixed_at(), 0, config_.sram_banks);
    case isa::csr::tlost: return memory_.errors().lost();
    case isa::csr::tlostat:
      return place_of(memory_.errors().lost_at().address, memory_.errors().lost_at().port, config_.sram_banks);
    case isa::csr::mie:
    case isa::csr::mip:
    case isa::csr::mconfigptr:
    case isa::csr::tselect:
    case isa::csr::tdata1:
    case isa::csr::tdata2:
    case isa::csr::mvendorid:
    case isa::csr::marchid:
    case isa::csr::mimpid: return 0;
    case isa::csr::mhartid: {
      const std::uint64_t node = std::uint64_t{1024} * position_.die + 32 * position_.y + position_.x;
      return 4 * node + c.out.thread;
    }
    case isa::csr::tisa: return isa::kVersion;
    case isa::csr::tnode: return noc::global_address(noc::Region::Sram, position_.die, position_.y, position_.x, 0);
    case isa::csr::tconfig:
      return config_.simd_bytes | config_.threads << 8 | config_.matrix_rows << 16 |
             std::uint64_t{config_.matrix_cols} << 24;
    default:
      // Counters count what only the RTL does; here they read as zero.
      if (c.insn.csr >= isa::csr::mhpmcounter3 && c.insn.csr <= isa::csr::mhpmcounter31) return 0;
      if (c.insn.csr >= isa::csr::mhpmevent3 && c.insn.csr <= isa::csr::mhpmevent31) return 0;
      return std::nullopt;
  }
}

void Iss::write_csr(Context& c, std::uint64_t value) {
  CsrState& s = c.thread.csr;
  constexpr std::uint64_t kWordAligned = ~std::uint64_t{3};
  constexpr std::uint64_t kAllFlags = 15;
  if (const auto format = descriptor_number(c.insn.csr)) {
    if (value >> 16 != 0 || !formats::Descriptor::legal(static_cast<std::uint16_t>(value))) {
      throw Trap{Cause::FormatDescriptor, *format};
    }
    s.tfmt[*format] = static_cast<std::uint16_t>(value);
  }
  switch (c.insn.csr) {
    case isa::csr::mstatus:
      s.mie_bit = ((value >> kMieBit) & 1) != 0;
      s.mpie_bit = ((value >> kMpieBit) & 1) != 0;
      break;
    case isa::csr::mcycle: s.mcycle_ahead = value - time_; break;
    case isa::csr::mtvec: s.mtvec = value & kWordAligned; break;
    case isa::csr::mscratch: s.mscratch = value; break;
    case isa::csr::mepc: s.mepc = value & kWordAligned; break;
    case isa::csr::mcause: s.mcause = value; break;
    case isa::csr::mtval: s.mtval = value; break;
    case isa::csr::minstret: s.minstret = value; break;
    case isa::csr::tkey: s.tkey = value; break;
    case isa::csr::tctr: s.tctr = value; break;
    case isa::csr::tflags: s.tflags = value & kAllFlags; break;
    case isa::csr::tprio: s.tprio = value & 3; break;
    case isa::csr::tscrub: scrub_ = static_cast<std::uint32_t>(value); break;
    case isa::csr::tfixed: memory_.errors().set_fixed(static_cast<std::uint32_t>(value)); break;
    case isa::csr::tlost: memory_.errors().set_lost(static_cast<std::uint32_t>(value)); break;
    default: break;  // writable number, read-only meaning
  }
  c.wrote_csr = true;
}

void Iss::execute_csr(Context& c) {
  const Op op = c.insn.op;
  const bool immediate = op == Op::Csrrwi || op == Op::Csrrsi || op == Op::Csrrci;
  const std::uint64_t operand = immediate ? c.insn.rs1 : c.xs1;
  const bool replaces = op == Op::Csrrw || op == Op::Csrrwi;
  const bool sets = op == Op::Csrrs || op == Op::Csrrsi;
  // The rs1 field decides, not the register's value.
  const bool writes = replaces || c.insn.rs1 != 0;
  const auto old = read_csr(c);
  if (!old || (writes && number_is_read_only(c.insn.csr))) throw Trap{Cause::IllegalInstruction, c.out.insn};
  if (writes) write_csr(c, replaces ? operand : sets ? *old | operand : *old & ~operand);
  write_x(c, *old);
}

void Iss::execute_system(Context& c) {
  CsrState& s = c.thread.csr;
  switch (c.insn.op) {
    // Execution here is in order and memory has one copy: fences and hints have nothing to wait for.
    case Op::Fence:
    case Op::FenceI:
    case Op::Wfi: return;
    case Op::Ecall: throw Trap{Cause::MachineEcall, 0};
    case Op::Ebreak: throw Trap{Cause::Breakpoint, c.thread.pc};
    case Op::Mret:
      s.mie_bit = s.mpie_bit;
      s.mpie_bit = true;
      c.next_pc = s.mepc;
      return;
    default: throw std::logic_error("not a system instruction");
  }
}

}  // namespace tatami::golden
