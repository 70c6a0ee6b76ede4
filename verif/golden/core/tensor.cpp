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
  if (c.insn.writes_acc) {
    const auto a = to_lanes<std::uint16_t>(c.thread.v[c.insn.rs1]);
    const auto b = to_lanes<std::uint16_t>(c.thread.v[c.insn.rs2]);
    matrix_step(shape, a, b, acc, c.insn.op == Op::MmaZ, c.insn.ta, c.insn.tb);
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
