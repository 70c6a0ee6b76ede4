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
  const SimdOperands operands{.vs1 = c.thread.v[c.insn.rs1],
                              .vs2 = c.thread.v[c.insn.rs2],
                              .old = c.thread.v[c.insn.rd],
                              .xs1 = c.xs1,
                              .lane = static_cast<unsigned>(c.insn.imm)};
  const SimdResult result = golden::execute_simd(c.insn.op, config_.simd_bytes, operands);
  c.thread.csr.tflags |= result.flags;
  write_v(c, result.data);
}

void Iss::execute_matrix(Context& c) {
  const MatrixShape shape{config_.matrix_rows, config_.matrix_cols, config_.simd_bytes};
  Accumulator& acc = c.thread.acc[c.insn.acc];
  if (c.insn.op == Op::MwrFp32) {
    matrix_write(shape, acc, c.insn.part, to_lanes<std::uint32_t>(c.thread.v[c.insn.rs1]));
  } else if (c.insn.writes_acc) {
    const isa::Tile tile = isa::Tile::unpack(c.insn.imm);
    const auto operand = [&](unsigned reg, unsigned descriptor, bool transposed, bool upper) {
      return MatrixOperand{std::span(c.thread.v[reg]).first(config_.simd_bytes),
                           Descriptor::unpack(c.thread.csr.tfmt[descriptor]), transposed, upper};
    };
    const MatrixOperand a = operand(c.insn.rs1, 2 * tile.pair, tile.ta, tile.ha);
    const MatrixOperand b = operand(c.insn.rs2, 2 * tile.pair + 1, tile.tb, tile.hb);
    const FormatFault fault = format_fault(a.format.format(), b.format.format());
    if (fault.any()) throw Trap{Cause::FormatDescriptor, 2 * tile.pair + (fault.a ? 0 : 1)};
    matrix_step(shape, a, b, acc, c.insn.op == Op::MmaZ);
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
