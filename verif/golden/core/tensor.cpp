// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// SIMD and matrix instructions: lanes to the number models and back.
#include <bit>

#include "verif/golden/core/iss.hpp"
#include "verif/golden/core/simd.hpp"
#include "verif/golden/num/matrix.hpp"

namespace tatami::golden {
namespace {

using isa::Op;
using Words = std::array<std::uint32_t, kMaxSimdBytes / 4>;
using Halves = std::array<std::uint16_t, kMaxSimdBytes / 2>;

}  // namespace

void Iss::execute_simd(Context& c) {
  if (c.insn.op == Op::VcvtW || c.insn.op == Op::VcvtN) return execute_conversion(c);
  const VectorRegister loaded = c.insn.reads_mem ? load_vector(c) : VectorRegister{};
  const SimdOperands operands{.vs1 = c.thread.v[c.insn.rs1],
                              .vs2 = c.insn.reads_mem ? loaded : c.thread.v[c.insn.rs2],
                              .old = c.thread.v[c.insn.rd],
                              .xs1 = c.xs1,
                              .lane = static_cast<unsigned>(c.insn.imm)};
  const SimdResult result = golden::execute_simd(c.insn.op, config_.simd_bytes, operands);
  c.thread.csr.tflags |= result.flags;
  write_v(c, result.data);
}

/// A matrix step on registers, or with B in memory.
void Iss::execute_step(Context& c, const MatrixShape& shape, Accumulator& acc) {
  isa::Tile tile = isa::Tile::unpack(c.insn.imm);
  bool first = c.insn.op == Op::MmaZ;
  if (c.insn.reads_mem) {
    const isa::From from = isa::From::unpack(c.insn.imm);
    tile = {.ta = from.ta, .tb = c.insn.op != Op::MmaM, .ha = from.h, .hb = from.h, .pair = 0};
    first = from.first;
  }
  const Descriptor format_a = Descriptor::unpack(c.thread.csr.tfmt[2 * tile.pair]);
  const Descriptor format_b = Descriptor::unpack(c.thread.csr.tfmt[2 * tile.pair + 1]);
  const FormatFault fault = format_fault(format_a.format(), format_b.format());
  if (fault.any()) throw Trap{Cause::FormatDescriptor, 2 * tile.pair + (fault.a ? 0 : 1)};
  const VectorRegister loaded = c.insn.reads_mem ? load_vector(c) : VectorRegister{};
  const VectorRegister& a = c.thread.v[c.insn.reads_mem ? c.insn.rs2 : c.insn.rs1];
  const VectorRegister& b = c.insn.reads_mem ? loaded : c.thread.v[c.insn.rs2];
  const auto operand = [&](const VectorRegister& reg, const Descriptor& format, bool transposed, bool upper) {
    return MatrixOperand{std::span(reg).first(config_.simd_bytes), format, transposed, upper};
  };
  matrix_step(shape, operand(a, format_a, tile.ta, tile.ha), operand(b, format_b, tile.tb, tile.hb), acc, first);
}

void Iss::execute_matrix(Context& c) {
  const MatrixShape shape{config_.matrix_rows, config_.matrix_cols, config_.simd_bytes};
  Accumulator& acc = c.thread.acc[c.insn.acc];
  if (c.insn.op == Op::MwrFp32) {
    matrix_write(shape, acc, c.insn.part, to_lanes<std::uint32_t>(c.thread.v[c.insn.rs1]));
  } else if (c.insn.writes_acc) {
    execute_step(c, shape, acc);
  } else if (c.insn.op == Op::MrdFp32) {
    Words out{};
    matrix_read_fp32(shape, acc, c.insn.part, out);
    write_v(c, std::bit_cast<VectorRegister>(out));
  } else {
    Halves out{};
    matrix_read_bf16(shape, acc, c.insn.part, out);
    write_v(c, std::bit_cast<VectorRegister>(out));
  }
}

}  // namespace tatami::golden
