// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// SIMD and matrix instructions: lanes to the number models and back.
#include <bit>
#include <stdexcept>

#include "verif/golden/core/iss.hpp"
#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fp32.hpp"
#include "verif/golden/num/matrix.hpp"
#include "verif/golden/num/simd.hpp"

namespace tatami::golden {
namespace {

using isa::Op;
using Words = std::array<std::uint32_t, kMaxSimdBytes / 4>;
using Halves = std::array<std::uint16_t, kMaxSimdBytes / 2>;

/// One 32-bit lane of a two or three operand instruction; `c` is the old destination.
std::uint32_t word_lane(Op op, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  switch (op) {
    case Op::VaddFp32: return fp32_add(a, b);
    case Op::VsubFp32: return fp32_sub(a, b);
    case Op::VmulFp32: return fp32_mul(a, b);
    case Op::VfmaFp32: return fp32_fma(a, b, c);
    case Op::VminFp32: return fp32_min(a, b);
    case Op::VmaxFp32: return fp32_max(a, b);
    case Op::VaddI32: return i32_add(a, b);
    case Op::VsubI32: return i32_sub(a, b);
    case Op::Vand: return a & b;
    case Op::Vor: return a | b;
    case Op::Vxor: return a ^ b;
    case Op::VsllI32: return i32_sll(a, b);
    case Op::VsrlI32: return i32_srl(a, b);
    case Op::VsraI32: return i32_sra(a, b);
    default: throw std::logic_error("not a lane-wise 32-bit instruction");
  }
}

/// One BF16 lane.
std::uint16_t half_lane(Op op, std::uint16_t a, std::uint16_t b, std::uint16_t c) {
  switch (op) {
    case Op::VaddBf16: return bf16_add(a, b);
    case Op::VsubBf16: return bf16_sub(a, b);
    case Op::VmulBf16: return bf16_mul(a, b);
    case Op::VfmaBf16: return bf16_fma(a, b, c);
    case Op::VminBf16: return bf16_min(a, b);
    case Op::VmaxBf16: return bf16_max(a, b);
    default: throw std::logic_error("not a lane-wise BF16 instruction");
  }
}

bool is_half_op(Op op) { return op >= Op::VaddBf16 && op <= Op::VmaxBf16; }

}  // namespace

void Iss::execute_simd(Context& c) {
  const unsigned words = config_.simd_bytes / 4, halves = config_.simd_bytes / 2;
  const VectorRegister &a = c.thread.v[c.insn.rs1], &b = c.thread.v[c.insn.rs2];
  const auto aw = to_lanes<std::uint32_t>(a), bw = to_lanes<std::uint32_t>(b);
  const auto ah = to_lanes<std::uint16_t>(a), bh = to_lanes<std::uint16_t>(b);
  const auto old_words = to_lanes<std::uint32_t>(c.thread.v[c.insn.rd]);
  const auto old_halves = to_lanes<std::uint16_t>(c.thread.v[c.insn.rd]);
  Words out_words{};
  Halves out_halves{};
  bool by_halves = false;
  const auto each_word = [&](auto lane) {
    for (unsigned i = 0; i < words; ++i) out_words[i] = lane(i);
  };
  const auto each_half = [&](auto lane) {
    by_halves = true;
    for (unsigned i = 0; i < halves; ++i) out_halves[i] = lane(i);
  };
  switch (c.insn.op) {
    case Op::VsplatW: each_word([&](unsigned) { return static_cast<std::uint32_t>(c.xs1); }); break;
    case Op::VsplatH: each_half([&](unsigned) { return static_cast<std::uint16_t>(c.xs1); }); break;
    case Op::VbcastW: each_word([&](unsigned) { return aw[static_cast<unsigned>(c.insn.imm) % words]; }); break;
    case Op::VcvtBf16Fp32:
      each_half([&](unsigned i) { return cvt_bf16_fp32(i < words ? aw[i] : bw[i - words]); });
      break;
    case Op::VcvtFp32Bf16Lo: each_word([&](unsigned i) { return cvt_fp32_bf16(ah[i]); }); break;
    case Op::VcvtFp32Bf16Hi: each_word([&](unsigned i) { return cvt_fp32_bf16(ah[i + words]); }); break;
    default:
      if (is_half_op(c.insn.op)) {
        each_half([&](unsigned i) { return half_lane(c.insn.op, ah[i], bh[i], old_halves[i]); });
      } else {
        each_word([&](unsigned i) { return word_lane(c.insn.op, aw[i], bw[i], old_words[i]); });
      }
  }
  write_v(c, by_halves ? std::bit_cast<VectorRegister>(out_halves) : std::bit_cast<VectorRegister>(out_words));
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
