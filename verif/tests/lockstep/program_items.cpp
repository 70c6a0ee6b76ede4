// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The items of a random program.
#include "formats.hpp"
#include "verif/tests/lockstep/program_generator.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr std::uint32_t kRdField = 0x1f << 7;

}  // namespace

/// An instruction of a unit with random operands, straight from the table. Those with an operand in memory need a base.
void ProgramGenerator::table_instruction(Thread& t, isa::Unit unit) {
  for (;;) {
    const auto op = static_cast<isa::Op>(pick(isa::kOps));
    const isa::Row& row = isa::row(op);
    if (row.unit != unit || isa::decode(row.match).reads_mem) continue;
    auto word = static_cast<std::uint32_t>((random_() & ~row.mask) | row.match);
    if (isa::decode(word).writes_xd) word = (word & ~kRdField) | target().number() << 7;
    return t.as.word(word);
  }
}

/// Any CSR instruction; mtvec is only read, so that the handler stays.
void ProgramGenerator::csr(Thread& t) {
  using namespace isa::csr;
  constexpr unsigned kUnknown = 0x123, kUnknownReadOnly = 0xc80;
  constexpr unsigned kNumbers[] = {
      mstatus,    misa,       mie,           mtvec,        mscratch, mepc,     mcause,   mtval,
      mip,        mcycle,     cycle,         mhpmcounter5, minstret, instret,  mhartid,  marchid,
      tisa,       tnode,      tconfig,       minstret,     mepc,     mscratch, kUnknown, kUnknownReadOnly,
      tkey,       tctr,       tflags,        tprio,        tfmt0,    tfmt9,    tselect,  tdata1,
      mconfigptr, mhpmevent7, mhpmcounter31, tscrub,       tfixed,   tlost,    tfixedat, tlostat};
  const unsigned number = kNumbers[pick(std::size(kNumbers))];
  if (number == mtvec || chance(20)) return t.as.csrr(target(), number);
  const auto uimm = below(32);
  switch (pick(6)) {
    case 0: return t.as.csrrw(target(), number, source());
    case 1: return t.as.csrrs(target(), number, source());
    case 2: return t.as.csrrc(target(), number, source());
    case 3: return t.as.csrrwi(target(), number, uimm);
    case 4: return t.as.csrrsi(target(), number, uimm);
    default: return t.as.csrrci(target(), number, uimm);
  }
}

/// Gives a descriptor register a format: a legal one, or seldom any bits, which trap when they are illegal.
void ProgramGenerator::number_format(Thread& t) {
  // Mostly operands of matrix steps, so that most pairs multiply.
  std::size_t choice = pick(formats::kFormats.size());
  while (!formats::kFormats[choice].matrix_operand && chance(70)) choice = pick(formats::kFormats.size());
  const formats::Format& format = formats::kFormats[choice];
  formats::Descriptor descriptor{format.kind, 0, format.kind != formats::Kind::kFp32 && chance(50), false};
  if (format.bias_configurable) {
    descriptor.bias = static_cast<std::uint8_t>(below(64));
    descriptor.gradual = chance(50);
  }
  t.as.li(t0, chance(95) ? descriptor.pack() : below(1 << 17));
  t.as.csrw(isa::csr::tfmt0 + static_cast<unsigned>(pick(16)), t0);
}

/// A load or store of any size at any alignment, in either window; now and then a store, then the load of a part of it.
void ProgramGenerator::scalar_memory(Thread& t) {
  const XReg base = chance(50) ? s0 : s1;
  const auto offset = chance(50) ? below(64) : below(4096) - 2048;
  switch (pick(11)) {
    case 0: return t.as.lb(target(), base, offset);
    case 1: return t.as.lh(target(), base, offset);
    case 2: return t.as.lw(target(), base, offset);
    case 3: return t.as.ld(target(), base, offset);
    case 4: return t.as.lbu(target(), base, offset);
    case 5: return t.as.lhu(target(), base, offset);
    case 6: return t.as.lwu(target(), base, offset);
    case 7: return t.as.sb(source(), base, offset);
    case 8: return t.as.sh(source(), base, offset);
    case 9: return t.as.sw(source(), base, offset);
    default: return t.as.sd(source(), base, offset);
  }
}

/// A vector access. Items of a store never overlap: their order is not defined.
void ProgramGenerator::vector_memory(Thread& t) {
  const XReg base = chance(50) ? s0 : s1;
  const auto unit = chance(50) ? below(16) : below(256) - 128;
  const auto off8 = 8 * below(64);
  const auto stride = [&](std::int64_t least) {
    const auto magnitude = least + 8 * below(24);
    t.as.li(s3, chance(50) ? magnitude : -magnitude);
  };
  switch (pick(9)) {
    case 6: t.as.li(s3, static_cast<std::int64_t>(random_())); return t.as.vldx_w(vector(), base, s3);
    case 7: t.as.li(s3, quarter_indices()); return t.as.vldx_q(vector(), base, s3);
    case 8: return t.as.vst_p(vector(), base, vector());
    case 0: return t.as.vld(vector(), base, 8 * unit);
    case 1: return t.as.vst(vector(), base, 8 * unit);
    case 2: stride(0); return t.as.vld_w(vector(), base, s3, off8);
    case 3: stride(0); return t.as.vld_q(vector(), base, s3, off8);
    case 4: stride(config_.simd_bytes / 4); return t.as.vst_q(vector(), base, s3, off8);
    default: stride(config_.simd_bytes / 2); return t.as.vst_h(vector(), base, s3, off8);
  }
}

/// A SIMD or matrix instruction with an operand in memory, at one of the data registers.
void ProgramGenerator::memory_operand(Thread& t) {
  constexpr unsigned kRs1 = 15, kRs2 = 20;
  const XReg base = chance(50) ? s0 : s1;
  for (;;) {
    const isa::Row& row = isa::kTable[pick(isa::kOps)];
    if (!isa::decode(row.match).reads_mem) continue;
    const auto word = static_cast<std::uint32_t>((random_() & ~row.mask) | row.match);
    const unsigned field = row.unit == isa::Unit::Matrix ? kRs1 : kRs2;
    return t.as.word((word & ~(0x1fu << field)) | base.number() << field);
  }
}

/// A conditional branch over some of the next items.
void ProgramGenerator::branch(Thread& t) {
  const Label over = t.as.label();
  t.ahead.push_back(over);
  const XReg a = source(), b = chance(20) ? a : source();
  switch (pick(6)) {
    case 0: return t.as.beq(a, b, over);
    case 1: return t.as.bne(a, b, over);
    case 2: return t.as.blt(a, b, over);
    case 3: return t.as.bge(a, b, over);
    case 4: return t.as.bltu(a, b, over);
    default: return t.as.bgeu(a, b, over);
  }
}

/// jal, jalr or mret over some of the next items.
void ProgramGenerator::jump(Thread& t) {
  const Label over = t.as.label();
  t.ahead.push_back(over);
  switch (pick(3)) {
    case 0: return t.as.jal(target(), over);
    case 1: t.as.la(t0, over); return t.as.jalr(target(), t0);
    default:
      t.as.la(t0, over);
      t.as.csrw(isa::csr::mepc, t0);
      return t.as.mret();
  }
}

/// A loop of at most four rounds. Entered from the side it ends too, because s2 never exceeds four.
void ProgramGenerator::loop(Thread& t) {
  t.as.li(s2, 1 + below(4));
  const Label head = t.as.here();
  for (auto body = 2 + pick(8); body > 0; --body) {
    if (chance(15)) branch(t);
    item(t);
    maybe_settle(t);
  }
  t.as.addi(s2, s2, -1);
  t.as.bgtz(s2, head);
}

/// Something that traps; the handler goes on behind it.
void ProgramGenerator::trap(Thread& t) {
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  Assembler& as = t.as;
  switch (pick(10)) {
    case 0: return as.ecall();
    case 1: return as.ebreak();
    case 2: return as.word(chance(50) ? 0 : 0xffffffff);
    case 3: return as.csrrw(target(), isa::csr::mhartid, source());
    case 4:
      as.li(t0, static_cast<std::int64_t>(config_.sram_bytes) - below(8));
      return chance(50) ? as.ld(target(), t0) : as.sd(source(), t0);
    case 5: as.li(t0, kFar); return chance(50) ? as.lbu(target(), t0) : as.vst(vector(), t0);
    case 6: return chance(50) ? as.vld(vector(), s0, 4) : as.vst(vector(), s1, 9);
    case 7:
      as.li(s3, chance(50) ? 12 : 0x10000);
      return chance(50) ? as.vld_w(vector(), s0, s3) : as.vst_q(vector(), s0, s3);
    case 8:
      as.li(t0, chance(50) ? 4 : kFar);
      as.li(t1, 1);
      return as.xfer(t0, t1);
    default: as.la(t0, as.here()); return as.jalr(target(), t0, 2);
  }
}

/// Gives to a semaphore that only this thread uses, looks at it, and takes.
void ProgramGenerator::own_semaphore(Thread& t) {
  t.as.li(t0, 4 * t.index + below(4));
  t.as.li(t1, 1 + below(5));
  t.as.sem_post(t0, t1);
  if (chance(50)) t.as.sem_read(target(), t0);
  if (chance(50)) {
    t.as.li(t0, t.index);
    t.as.thread_start(t0, zero);  // it runs already: no effect
  }
  t.as.li(t0, 4 * t.index + below(4));
  t.as.sem_read(t1, t0);
  t.as.sem_wait(t0, t1);
}

/// Queues transfer lists; nobody runs them here.
void ProgramGenerator::transfer(Thread& t) {
  t.as.addi(t0, chance(50) ? s0 : s1, 8 * below(200));
  t.as.li(t1, 1 + below(4));
  t.as.xfer(t0, t1);
}

/// Writes an instruction ahead of itself, then executes it.
void ProgramGenerator::patch(Thread& t) {
  const Label place = t.as.label();
  t.as.la(t0, place);
  const isa::Operands operands{.rd = target().number(), .rs1 = source().number(), .imm = below(2048)};
  t.as.li(t1, isa::encode(isa::Op::Addi, operands));
  t.as.sw(t1, t0);
  t.as.fence_i();
  t.as.bind(place);
  t.as.nop();
}

void ProgramGenerator::fences(Thread& t) {
  switch (pick(3)) {
    case 0: return t.as.fence();
    case 1: return t.as.wfi();
    default: return t.as.fence_i();
  }
}

/// New corner values, and a divide or multiply of them.
void ProgramGenerator::corner_operands(Thread& t) {
  t.as.li(t0, corner_value());
  t.as.li(t1, corner_value());
  table_instruction(t, isa::Unit::Muldiv);
  t.as.div(target(), t0, t1);
  t.as.remw(target(), t0, t1);
}

}  // namespace tatami::test
