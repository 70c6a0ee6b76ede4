// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "verif/golden/num/bf16.hpp"
#include "verif/tests/iss/bench.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

template <typename Lane>
void fill(Bench& bench, std::uint64_t address, const std::vector<Lane>& lanes) {
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    bench.iss.memory().store(address + sizeof(Lane) * i, lanes[i], sizeof(Lane));
  }
}

float float_at(Bench& bench, std::uint64_t address) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bench.iss.memory().load(address, 4)));
}

TEST_CASE("two matrix steps and both read-outs give the product of small integers", "[iss]") {
  for (const unsigned side : {8u, 4u}) {
    Bench bench({.threads = 1, .simd_bytes = 8 * side, .matrix_rows = side, .matrix_cols = side, .sram_bytes = 65536});
    // A is side x 8 and B 8 x side, as two steps of depth 4; B of the second step is stored transposed.
    const auto a_of = [](unsigned i, unsigned k) { return static_cast<int>(i) - static_cast<int>(k); };
    const auto b_of = [](unsigned k, unsigned j) { return static_cast<int>(2 * k + j) % 7 - 3; };
    std::vector<std::uint16_t> a0v, a1v, b0v, b1v;
    const auto bf16 = [](int value) { return golden::bf16_from_float(static_cast<float>(value)); };
    for (unsigned i = 0; i < side; ++i) {
      for (unsigned k = 0; k < 4; ++k) a0v.push_back(bf16(a_of(i, k))), a1v.push_back(bf16(a_of(i, k + 4)));
    }
    for (unsigned k = 0; k < 4; ++k) {
      for (unsigned j = 0; j < side; ++j) b0v.push_back(bf16(b_of(k, j)));
    }
    for (unsigned j = 0; j < side; ++j) {
      for (unsigned k = 0; k < 4; ++k) b1v.push_back(bf16(b_of(k + 4, j)));
    }
    fill(bench, 0x4000, a0v), fill(bench, 0x4040, a1v), fill(bench, 0x4080, b0v), fill(bench, 0x40c0, b1v);
    Assembler as;
    as.li(s0, 0x4000);
    as.vld(v0, s0, 0x00);
    as.vld(v1, s0, 0x40);
    as.vld(v2, s0, 0x80);
    as.vld(v3, s0, 0xc0);
    as.mma_z(acc5, v0, v2);
    as.mma(acc5, v1, v3, {.tb = true});
    const unsigned bytes = 8 * side, fp32_parts = side * side * 4 / bytes;
    as.li(s1, 0x5000);
    for (unsigned part = 0; part < fp32_parts; ++part) {
      as.mrd_fp32(v4, acc5, part);
      as.vst(v4, s1);
      as.addi(s1, s1, bytes);
    }
    as.li(s1, 0x6000);
    as.mrd_bf16(v4, acc5, 1 % (fp32_parts / 2));
    as.vst(v4, s1);
    as.thread_exit(zero);
    bench.run(as);
    for (unsigned i = 0; i < side; ++i) {
      for (unsigned j = 0; j < side; ++j) {
        int sum = 0;
        for (unsigned k = 0; k < 8; ++k) sum += a_of(i, k) * b_of(k, j);
        INFO("side " << side << " element " << i << ", " << j);
        CHECK(float_at(bench, 0x5000 + 4 * (i * side + j)) == static_cast<float>(sum));
        const unsigned part_rows = side * side * 2 / bytes == 1 ? side : side / 2, first = side - part_rows;
        if (i < first) continue;
        const auto half = bench.iss.memory().load(0x6000 + 2 * ((i - first) * side + j), 2);
        CHECK(golden::bf16_to_float(static_cast<std::uint16_t>(half)) == static_cast<float>(sum));
      }
    }
  }
}

TEST_CASE("strided vector accesses gather and scatter their items", "[iss]") {
  Bench bench;
  std::vector<std::uint64_t> words(256);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = 0x1000 + i;
  fill(bench, 0x4000, words);
  Assembler as;
  as.li(s0, 0x4000);
  as.li(t0, 8 * 10);
  as.vld_w(v1, s0, t0, 8);
  as.vld_q(v2, s0, t0, 16);
  as.li(s1, 0x5000);
  as.li(t1, -64);
  as.vst(v1, s1);
  as.vst_q(v2, s1, t1, 504);
  as.li(s1, 0x6000);
  as.vst_h(v2, s1, t0);
  as.thread_exit(zero);
  bench.run(as);
  const auto word = [&](std::uint64_t address) { return bench.iss.memory().load(address, 8); };
  for (unsigned i = 0; i < 8; ++i) CHECK(word(0x5000 + 8 * i) == 0x1000 + 1 + 10 * i);
  for (unsigned i = 0; i < 4; ++i) {
    CHECK(word(0x5000 + 504 - 64 * i) == 0x1000 + 2 + 10 * i);
    CHECK(word(0x5000 + 504 - 64 * i + 8) == 0x1000 + 3 + 10 * i);
  }
  for (unsigned i = 0; i < 2; ++i) CHECK(word(0x6000 + 80 * i) == 0x1000 + 2 + 20 * i);
}

TEST_CASE("gathers take the items that the indices name", "[iss]") {
  Bench bench;
  std::vector<std::uint64_t> words(1024);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = 0x1000 + i;
  fill(bench, 0x4000, words);
  constexpr std::array<std::uint64_t, 8> kBytes{0, 255, 3, 128, 3, 1, 254, 100};
  constexpr std::array<std::uint64_t, 4> kHalves{400, 0, 256, 7};
  std::uint64_t bytes = 0, halves = 0;
  for (unsigned i = 0; i < 8; ++i) bytes |= kBytes[i] << (8 * i);
  for (unsigned i = 0; i < 4; ++i) halves |= kHalves[i] << (16 * i);
  Assembler as;
  as.li(s0, 0x4000);
  as.li(t0, static_cast<std::int64_t>(bytes));
  as.li(t1, static_cast<std::int64_t>(halves));
  as.addi(s1, s0, 8);
  as.vldx_w(v1, s1, t0);
  as.addi(s1, s0, 16);
  as.vldx_q(v2, s1, t1);
  as.li(s1, 0x7000);
  as.vst(v1, s1);
  as.vst(v2, s1, 64);
  as.thread_exit(zero);
  bench.run(as);
  const auto word = [&](std::uint64_t address) { return bench.iss.memory().load(address, 8); };
  for (unsigned i = 0; i < 8; ++i) CHECK(word(0x7000 + 8 * i) == 0x1000 + 1 + kBytes[i]);
  for (unsigned i = 0; i < 4; ++i) {
    CHECK(word(0x7040 + 16 * i) == 0x1000 + 2 + 2 * kHalves[i]);
    CHECK(word(0x7048 + 16 * i) == 0x1000 + 3 + 2 * kHalves[i]);
  }
}

TEST_CASE("a gather with an item outside the SRAM traps at its base", "[iss]") {
  Bench bench({.sram_bytes = 65536});
  Assembler as;
  as.li(s0, 0x4000);
  as.li(t0, 0xffff);
  as.vldx_q(v1, s0, t0);
  bench.run(as);
  CHECK(bench.iss.thread(0).cause == golden::Cause::LoadAccess);
  CHECK(bench.iss.thread(0).value == 0x4000);
}

TEST_CASE("a predicated store writes the bytes whose predicate is negative", "[iss]") {
  Bench bench;
  std::vector<std::uint8_t> data(64), predicate(64), before(64, 0xee);
  for (unsigned i = 0; i < 64; ++i) {
    data[i] = static_cast<std::uint8_t>(i);
    predicate[i] = static_cast<std::uint8_t>(i % 3 == 0 ? 0x80 + i : i % 3 == 1 ? 0x7f : 0);
  }
  fill(bench, 0x4000, data), fill(bench, 0x4040, predicate), fill(bench, 0x5008, before);
  Assembler as;
  as.li(s0, 0x4000);
  as.vld(v1, s0);
  as.vld(v2, s0, 64);
  as.li(s1, 0x5008);
  as.vst_p(v1, s1, v2);
  as.thread_exit(zero);
  bench.run(as);
  for (unsigned i = 0; i < 64; ++i) CHECK(bench.iss.memory().load(0x5008 + i, 1) == (i % 3 == 0 ? i : 0xee));
}

TEST_CASE("conversions and broadcasts put lanes where the table says", "[iss]") {
  Bench bench;
  std::vector<std::uint32_t> lanes(16);
  for (unsigned i = 0; i < 16; ++i) lanes[i] = std::bit_cast<std::uint32_t>(static_cast<float>(i) + 0.5f);
  fill(bench, 0x4000, lanes);
  Assembler as;
  as.li(s0, 0x4000);
  as.vld(v0, s0);
  as.li(t0, std::bit_cast<std::int32_t>(100.0f));
  as.vsplat_w(v1, t0);
  as.vadd_fp32(v1, v0, v1);
  as.vcvt_bf16_fp32(v2, v0, v1);
  as.vcvt_fp32_bf16_lo(v3, v2);
  as.vcvt_fp32_bf16_hi(v4, v2);
  as.vbcast_w(v5, v0, 18);
  as.vst(v3, s0, 0x100);
  as.vst(v4, s0, 0x140);
  as.vst(v5, s0, 0x180);
  as.thread_exit(zero);
  bench.run(as);
  for (unsigned i = 0; i < 16; ++i) {
    CHECK(float_at(bench, 0x4100 + 4 * i) == static_cast<float>(i) + 0.5f);
    // 100.5 + i needs 8 bits and a tie bit: BF16 keeps 8 significant bits, ties to even.
    const float exact = 100.5f + static_cast<float>(i);
    CHECK(float_at(bench, 0x4140 + 4 * i) == golden::bf16_to_float(golden::bf16_from_double(exact)));
    CHECK(float_at(bench, 0x4180 + 4 * i) == 2.5f);
  }
}

}  // namespace
}  // namespace tatami::test
