// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/asm/disassembler.hpp"
#include "verif/golden/core/iss.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

std::string text_of(void (*emit)(Assembler& as)) {
  Assembler as;
  emit(as);
  return disassemble(as.finish().at(0), 0);
}

TEST_CASE("custom instructions read back with their operands in place", "[asm]") {
  CHECK(text_of([](Assembler& as) { as.vfma_fp32(v1, v2, v31); }) == "vfma.fp32 v1, v2, v31");
  CHECK(text_of([](Assembler& as) { as.vmax_bf16(v1, v2, v3); }) == "vmax.bf16 v1, v2, v3");
  CHECK(text_of([](Assembler& as) { as.vsplat_h(v4, a0); }) == "vsplat.h v4, x10");
  CHECK(text_of([](Assembler& as) { as.vbcast_w(v4, v5, 15); }) == "vbcast.w v4, v5, 15");
  CHECK(text_of([](Assembler& as) { as.vcvt_fp32_bf16_hi(v4, v5); }) == "vcvt.fp32.bf16.hi v4, v5");
  CHECK(text_of([](Assembler& as) { as.mma(acc7, v8, v9, {.ta = true}); }) == "mma acc7, v8, v9, pair0.ta");
  CHECK(text_of([](Assembler& as) { as.mma_z(acc0, v8, v9, {.tb = true, .hb = true, .pair = 3}); }) ==
        "mma.z acc0, v8, v9, pair3.tb.hb");
  CHECK(text_of([](Assembler& as) { as.mrd_bf16(v8, acc5, 3); }) == "mrd.bf16 v8, acc5, 3");
  CHECK(text_of([](Assembler& as) { as.vld(v8, a1, -8); }) == "vld v8, -8(x11)");
  CHECK(text_of([](Assembler& as) { as.vst(v8, a1, 2040); }) == "vst v8, 2040(x11)");
  CHECK(text_of([](Assembler& as) { as.vld_w(v8, a1, a2, 1016); }) == "vld.w v8, 1016(x11), x12");
  CHECK(text_of([](Assembler& as) { as.vldx_q(v8, a1, a2); }) == "vldx.q v8, x11, x12");
  CHECK(text_of([](Assembler& as) { as.vst_p(v8, a1, v2); }) == "vst.p v8, x11, v2");
  CHECK(text_of([](Assembler& as) { as.thread_barrier(a2); }) == "thread.barrier x12");
  CHECK(text_of([](Assembler& as) { as.vst_h(v8, a1, a2, 8); }) == "vst.h v8, 8(x11), x12");
  CHECK(text_of([](Assembler& as) { as.thread_start(a1, a2); }) == "thread.start x11, x12");
  CHECK(text_of([](Assembler& as) { as.sem_read(a1, a2); }) == "sem.read x11, x12");
}

TEST_CASE("decoding what was encoded gives the operands back", "[asm]") {
  std::mt19937_64 random(seed());
  for (int i = 0; i < 20000; ++i) {
    const auto op = static_cast<isa::Op>(random() % isa::kOps);
    const isa::Row& row = isa::row(op);
    const auto word = static_cast<std::uint32_t>((random() & ~row.mask) | row.match);
    if (row.format == isa::Format::Fence) continue;
    const isa::Decoded d = isa::decode(word);
    INFO(isa::disassemble(word));
    REQUIRE(d.legal);
    REQUIRE(d.op == op);
    isa::Operands o{.imm = d.imm, .acc = d.acc, .part = d.part};
    if (d.writes_xd || d.writes_vd || d.reads_vd) o.rd = d.rd;
    if (d.reads_xs1 || d.reads_vs1) o.rs1 = d.rs1;
    if (d.reads_xs2 || d.reads_vs2) o.rs2 = d.rs2;
    if (d.unit == isa::Unit::Csr) o.csr = d.csr;
    if (row.format == isa::Format::Csr && row.immediate == isa::Immediate::Uimm) o.rs1 = 0;
    CHECK(isa::encode(op, o) == word);
  }
}

/// Runs a program alone until its thread exits; returns the exit value.
std::uint64_t run(const std::vector<std::uint32_t>& program) {
  golden::Iss iss({.threads = 1, .sram_bytes = 65536}, {});
  for (std::size_t i = 0; i < program.size(); ++i) iss.memory().store(4 * i, program[i], 4);
  iss.start(0, 0);
  for (int steps = 0; iss.can_step(0) && steps < 100000; ++steps) iss.step(0);
  REQUIRE(iss.thread(0).run == golden::ThreadState::Run::Parked);
  return iss.thread(0).value;
}

TEST_CASE("li loads any 64-bit constant in at most eight instructions", "[asm]") {
  std::mt19937_64 random(seed());
  std::vector<std::int64_t> values{0,          1,          -1,        2047,      2048,       -2048,     -2049,
                                   0x7ffff7ff, 0x7ffff800, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN};
  for (int i = 0; i < 500; ++i) values.push_back(static_cast<std::int64_t>(random()) >> (random() % 64));
  for (const std::int64_t value : values) {
    INFO("value " << value);
    Assembler as;
    as.li(a0, value);
    CHECK(as.size_bytes() <= 8 * 4);
    as.thread_exit(a0);
    CHECK(run(as.finish()) == static_cast<std::uint64_t>(value));
  }
}

TEST_CASE("labels work forwards and backwards, and la finds its target", "[asm]") {
  Assembler as;
  const Label data = as.label(), end = as.label();
  as.la(a1, data);
  as.lwu(a2, a1);
  as.li(a0, 0);
  const Label loop = as.here();
  as.beqz(a2, end);
  as.addi(a0, a0, 3);
  as.addi(a2, a2, -1);
  as.j(loop);
  as.bind(data);
  as.word(14);
  as.bind(end);
  as.thread_exit(a0);
  CHECK(run(as.finish()) == 42);
}

TEST_CASE("what cannot be encoded throws", "[asm]") {
  Assembler as;
  CHECK_THROWS_AS(as.addi(a0, a0, 2048), AssemblerError);
  CHECK_THROWS_AS(as.slliw(a0, a0, 32), AssemblerError);
  CHECK_THROWS_AS(as.lui(a0, 1), AssemblerError);
  CHECK_THROWS_AS(as.vld_q(v0, a0, a1, 12), AssemblerError);
  CHECK_THROWS_AS(as.vld_q(v0, a0, a1, 1024), AssemblerError);
  CHECK_THROWS_AS(as.mrd_fp32(v0, acc0, 4), AssemblerError);
  CHECK_THROWS_AS(XReg(32), std::out_of_range);
  const Label twice = as.here();
  CHECK_THROWS_AS(as.bind(twice), AssemblerError);

  Assembler far;
  const Label target = far.label();
  far.beqz(a0, target);
  for (int i = 0; i < 1024; ++i) far.nop();
  far.bind(target);
  CHECK_THROWS_AS(far.finish(), AssemblerError);

  Assembler unbound;
  unbound.j(unbound.label());
  CHECK_THROWS_AS(unbound.finish(), AssemblerError);
}

}  // namespace
}  // namespace tatami::test
