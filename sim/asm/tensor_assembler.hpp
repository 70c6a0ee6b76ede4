// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One method per custom instruction (SIMD, matrix, vector memory, threads and transfers), named as in the table with
/// `.` as `_`. Operands stand in assembler order; memory operands are (register, base[, stride], offset).
#pragma once

#include <cstdint>

#include "sim/asm/scalar_assembler.hpp"

namespace tatami {

/// The custom instructions.
class TensorAssembler : public ScalarAssembler {
 public:
  // SIMD lanes.
  void vadd_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsub_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsubFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmul_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmulFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vfma_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VfmaFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmin_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmax_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vadd_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsub_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsubBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmul_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmulBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vfma_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VfmaBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmin_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmax_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vadd_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsub_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsubI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vand(VReg vd, VReg vs1, VReg vs2) { emit(Op::Vand, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vor(VReg vd, VReg vs1, VReg vs2) { emit(Op::Vor, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vxor(VReg vd, VReg vs1, VReg vs2) { emit(Op::Vxor, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsll_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsllI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsrl_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsrlI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsra_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsraI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsplat_w(VReg vd, XReg rs1) { emit(Op::VsplatW, {.rd = n(vd), .rs1 = n(rs1)}); }
  void vsplat_h(VReg vd, XReg rs1) { emit(Op::VsplatH, {.rd = n(vd), .rs1 = n(rs1)}); }
  void vbcast_w(VReg vd, VReg vs1, std::int64_t lane) { emit(Op::VbcastW, {.rd = n(vd), .rs1 = n(vs1), .imm = lane}); }
  void vcvt_bf16_fp32(VReg vd, VReg vs1, VReg vs2) {
    emit(Op::VcvtBf16Fp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)});
  }
  void vcvt_fp32_bf16_lo(VReg vd, VReg vs1) { emit(Op::VcvtFp32Bf16Lo, {.rd = n(vd), .rs1 = n(vs1)}); }
  void vcvt_fp32_bf16_hi(VReg vd, VReg vs1) { emit(Op::VcvtFp32Bf16Hi, {.rd = n(vd), .rs1 = n(vs1)}); }

  // The same with the second operand in memory, at the address in `base`.
  void vadd_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VaddFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vsub_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VsubFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmul_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VmulFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vfma_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VfmaFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmin_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VminFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmax_fp32_m(VReg vd, VReg vs1, XReg base) { emit(Op::VmaxFp32M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vadd_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VaddBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vsub_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VsubBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmul_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VmulBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vfma_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VfmaBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmin_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VminBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }
  void vmax_bf16_m(VReg vd, VReg vs1, XReg base) { emit(Op::VmaxBf16M, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(base)}); }

  /// vd = lane `lane` of vs1 * vs2 + vd.
  void vfma_lane_fp32(VReg vd, VReg vs1, VReg vs2, unsigned lane) {
    emit(Op::VfmaLaneFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2), .imm = lane});
  }

  // Conversions: `format` is the number of a descriptor, `group` the group of lanes on the narrow side.
  void vcvt_w(VReg vd, VReg vs1, unsigned format, unsigned group = 0) {
    emit(Op::VcvtW, {.rd = n(vd), .rs1 = n(vs1), .imm = 16 * std::int64_t{group} + format});
  }
  void vcvt_n(VReg vd, VReg vs1, unsigned format, unsigned group = 0) {
    emit(Op::VcvtN, {.rd = n(vd), .rs1 = n(vs1), .imm = 16 * std::int64_t{group} + format});
  }
  // Comparisons to lane masks, selection, integers of all widths, neighbouring pairs, and moves between lanes.
  void vceq_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VceqFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vclt_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcltFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vcle_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcleFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vceq_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VceqBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vclt_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcltBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vcle_bf16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcleBf16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vceq_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VceqI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vclt_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcltI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vcle_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcleI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vcltu_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcltuI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vcleu_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VcleuI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsel(VReg vd, VReg vs1, VReg vs2) { emit(Op::Vsel, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmul_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmulI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmin_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmax_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vadd_i16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddI16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsub_i16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsubI16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmin_i16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminI16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmax_i16(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxI16, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vadd_i8(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddI8, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vsub_i8(VReg vd, VReg vs1, VReg vs2) { emit(Op::VsubI8, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmin_i8(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminI8, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmax_i8(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxI8, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vaddp_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddpFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vminp_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VminpFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vmaxp_fp32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VmaxpFp32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vaddp_i32(VReg vd, VReg vs1, VReg vs2) { emit(Op::VaddpI32, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vshuf_b(VReg vd, VReg vs1, VReg vs2) { emit(Op::VshufB, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_b_lo(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipBLo, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_b_hi(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipBHi, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_h_lo(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipHLo, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_h_hi(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipHHi, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_w_lo(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipWLo, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_w_hi(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipWHi, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_d_lo(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipDLo, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vzip_d_hi(VReg vd, VReg vs1, VReg vs2) { emit(Op::VzipDHi, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vunzip_b_even(VReg vd, VReg vs1, VReg vs2) {
    emit(Op::VunzipBEven, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)});
  }
  void vunzip_b_odd(VReg vd, VReg vs1, VReg vs2) { emit(Op::VunzipBOdd, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vunzip_h_even(VReg vd, VReg vs1, VReg vs2) {
    emit(Op::VunzipHEven, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)});
  }
  void vunzip_h_odd(VReg vd, VReg vs1, VReg vs2) { emit(Op::VunzipHOdd, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vunzip_w_even(VReg vd, VReg vs1, VReg vs2) {
    emit(Op::VunzipWEven, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)});
  }
  void vunzip_w_odd(VReg vd, VReg vs1, VReg vs2) { emit(Op::VunzipWOdd, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }
  void vunzip_d_even(VReg vd, VReg vs1, VReg vs2) {
    emit(Op::VunzipDEven, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)});
  }
  void vunzip_d_odd(VReg vd, VReg vs1, VReg vs2) { emit(Op::VunzipDOdd, {.rd = n(vd), .rs1 = n(vs1), .rs2 = n(vs2)}); }

  // Functions of FP32 lanes.
  void vrcp_fp32(VReg vd, VReg vs1) { emit(Op::VrcpFp32, {.rd = n(vd), .rs1 = n(vs1)}); }
  void vsqrt_fp32(VReg vd, VReg vs1) { emit(Op::VsqrtFp32, {.rd = n(vd), .rs1 = n(vs1)}); }
  void vrsqrt_fp32(VReg vd, VReg vs1) { emit(Op::VrsqrtFp32, {.rd = n(vd), .rs1 = n(vs1)}); }
  void vexp2_fp32(VReg vd, VReg vs1) { emit(Op::Vexp2Fp32, {.rd = n(vd), .rs1 = n(vs1)}); }
  void vlog2_fp32(VReg vd, VReg vs1) { emit(Op::Vlog2Fp32, {.rd = n(vd), .rs1 = n(vs1)}); }

  // Matrix steps, read-out, and loading of accumulators.
  void mma(AccReg acc, VReg vs1, VReg vs2, const isa::Tile& tile = {}) {
    emit(Op::Mma, {.rs1 = n(vs1), .rs2 = n(vs2), .imm = tile.pack(), .acc = n(acc)});
  }
  void mma_z(AccReg acc, VReg vs1, VReg vs2, const isa::Tile& tile = {}) {
    emit(Op::MmaZ, {.rs1 = n(vs1), .rs2 = n(vs2), .imm = tile.pack(), .acc = n(acc)});
  }
  /// Steps with B in memory: straight, transposed (8-bit formats), as the columns of a block (16-bit formats).
  void mma_m(AccReg acc, XReg base, VReg a, const isa::From& from = {}) { step(Op::MmaM, acc, base, a, from); }
  void mma_mt(AccReg acc, XReg base, VReg a, const isa::From& from = {}) { step(Op::MmaMt, acc, base, a, from); }
  void mma_mc(AccReg acc, XReg base, VReg a, const isa::From& from = {}) { step(Op::MmaMc, acc, base, a, from); }
  void mwr_fp32(AccReg acc, VReg vs1, unsigned part) {
    emit(Op::MwrFp32, {.rs1 = n(vs1), .acc = n(acc), .part = part});
  }
  void mrd_fp32(VReg vd, AccReg acc, unsigned part) { emit(Op::MrdFp32, {.rd = n(vd), .acc = n(acc), .part = part}); }
  void mrd_bf16(VReg vd, AccReg acc, unsigned part) { emit(Op::MrdBf16, {.rd = n(vd), .acc = n(acc), .part = part}); }

  // Vector loads and stores; offsets of vld_w are 0..1016 bytes in steps of 8, of those by
  // parts of a register 0..504.
  void vld(VReg vd, XReg base, std::int64_t offset = 0) { emit(Op::Vld, {.rd = n(vd), .rs1 = n(base), .imm = offset}); }
  void vst(VReg vs2, XReg base, std::int64_t offset = 0) {
    emit(Op::Vst, {.rs1 = n(base), .rs2 = n(vs2), .imm = offset});
  }
  void vld_w(VReg vd, XReg base, XReg stride, std::int64_t offset = 0) {
    emit(Op::VldW, {.rd = n(vd), .rs1 = n(base), .rs2 = n(stride), .imm = offset});
  }
  void vld_q(VReg vd, XReg base, XReg stride, std::int64_t offset = 0) {
    emit(Op::VldQ, {.rd = n(vd), .rs1 = n(base), .rs2 = n(stride), .imm = offset});
  }
  /// Gathers: 8-byte items by the bytes of `indices`, quarter registers by its 16-bit halves.
  void vldx_w(VReg vd, XReg base, XReg indices) { emit(Op::VldxW, {.rd = n(vd), .rs1 = n(base), .rs2 = n(indices)}); }
  void vldx_q(VReg vd, XReg base, XReg indices) { emit(Op::VldxQ, {.rd = n(vd), .rs1 = n(base), .rs2 = n(indices)}); }
  /// Stores the bytes of vs3 whose byte of `predicate` has its upper bit set.
  void vst_p(VReg vs3, XReg base, VReg predicate) {
    emit(Op::VstP, {.rd = n(vs3), .rs1 = n(base), .rs2 = n(predicate)});
  }
  void vst_q(VReg vs3, XReg base, XReg stride, std::int64_t offset = 0) {
    emit(Op::VstQ, {.rd = n(vs3), .rs1 = n(base), .rs2 = n(stride), .imm = offset});
  }
  void vst_h(VReg vs3, XReg base, XReg stride, std::int64_t offset = 0) {
    emit(Op::VstH, {.rd = n(vs3), .rs1 = n(base), .rs2 = n(stride), .imm = offset});
  }

  // Transfers, semaphores and threads of this node.
  void xfer(XReg list, XReg count) { emit(Op::Xfer, {.rs1 = n(list), .rs2 = n(count)}); }
  void sem_wait(XReg semaphore, XReg count) { emit(Op::SemWait, {.rs1 = n(semaphore), .rs2 = n(count)}); }
  void sem_post(XReg semaphore, XReg count) { emit(Op::SemPost, {.rs1 = n(semaphore), .rs2 = n(count)}); }
  void thread_start(XReg thread, XReg entry) { emit(Op::ThreadStart, {.rs1 = n(thread), .rs2 = n(entry)}); }
  void thread_exit(XReg value) { emit(Op::ThreadExit, {.rs1 = n(value)}); }
  void thread_barrier(XReg set) { emit(Op::ThreadBarrier, {.rs1 = n(set)}); }
  void sem_read(XReg rd, XReg semaphore) { emit(Op::SemRead, {.rd = n(rd), .rs1 = n(semaphore)}); }

 private:
  void step(Op op, AccReg acc, XReg base, VReg a, const isa::From& from) {
    emit(op, {.rs1 = n(base), .rs2 = n(a), .imm = from.pack(), .acc = n(acc)});
  }
};

}  // namespace tatami
