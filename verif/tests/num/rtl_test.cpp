// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The matrix element and the multiply-add lanes against their golden twins, with random gaps between operations.
#include <array>
#include <cstdint>
#include <deque>

#include "Vfp_fma_tb.h"
#include "Vfused_dot4_tb.h"
#include "verif/golden/num/bf16.hpp"
#include "verif/golden/num/fp32.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/num/dot_operands.hpp"

namespace tatami::test {
namespace {

constexpr int kLatency = 6;  // from operands at the bench's inputs to the result at its outputs

uint64_t pack(const std::array<uint16_t, 4>& lanes) {
  return lanes[0] | uint64_t{lanes[1]} << 16 | uint64_t{lanes[2]} << 32 | uint64_t{lanes[3]} << 48;
}

/// Feeds steps and checks each result in the cycle in which it must appear.
class DotBench {
 public:
  explicit DotBench(uint64_t salt) : random_(seed() + salt) {}

  void step(const DotOperands& operands) {
    while (random_.chance(4)) cycle(nullptr);
    cycle(&operands);
  }
  void drain() {
    for (int i = 0; i <= kLatency; ++i) cycle(nullptr);
    CHECK(expected_.empty());
  }

 private:
  struct Expected {
    uint64_t due;
    DotOperands operands;
  };

  void cycle(const DotOperands* operands) {
    sim_->valid_i = operands != nullptr;
    if (operands != nullptr) {
      sim_->a_i = pack(operands->a), sim_->b_i = pack(operands->b), sim_->acc_i = operands->acc;
      sim_->a_format_i = operands->a_format.pack(), sim_->b_format_i = operands->b_format.pack();
      expected_.push_back({sim_.time() + kLatency, *operands});
    } else {
      sim_->a_i = sim_->b_i = ~uint64_t{0}, sim_->acc_i = ~0u;  // garbage between operations
    }
    sim_.settle();
    const bool due = !expected_.empty() && expected_.front().due == sim_.time();
    if (sim_->valid_o != due) REQUIRE(sim_->valid_o == due);
    if (due) {
      const DotOperands& t = expected_.front().operands;
      const uint32_t result = t.result();
      if (sim_->result_o != result) {
        CAPTURE(t.a, t.b, t.acc, t.a_format.pack(), t.b_format.pack(), sim_.time());
        REQUIRE(sim_->result_o == result);
      }
      expected_.pop_front();
    }
    sim_.cycle();
  }

  Sim<Vfused_dot4_tb> sim_;
  NumberSource random_;
  std::deque<Expected> expected_;
};

enum FmaOp : unsigned { kMulAdd, kAdd, kSub, kMul };

golden::Flagged flagged_fma(const Format& format, unsigned op, uint32_t a, uint32_t b, uint32_t c) {
  const uint32_t one = static_cast<uint32_t>(format.bias()) << format.fraction_bits;
  switch (op) {
    case kAdd: return golden::flagged_multiply_add(format, a, one, b);
    case kSub: return golden::flagged_multiply_add(format, a, one, b ^ format.sign_bit());
    case kMul: return golden::flagged_multiply_add(format, a, b, format.sign_bit());
    default: return golden::flagged_multiply_add(format, a, b, c);
  }
}

uint32_t golden_fma(const Format& format, unsigned op, uint32_t a, uint32_t b, uint32_t c) {
  return flagged_fma(format, op, a, b, c).bits;
}

/// Feeds both lanes. An FP32 word checks the wide lane and, by its upper half, the narrow one; a BF16 word checks both
/// halves.
class FmaBench {
 public:
  explicit FmaBench(uint64_t salt) : random_(seed() + salt) {}

  void operate(bool bf16, unsigned op, uint32_t a, uint32_t b, uint32_t c) {
    while (random_.chance(4)) cycle(false, {});
    cycle(true, {0, bf16, op, a, b, c});
  }
  void drain() {
    for (int i = 0; i <= kLatency; ++i) cycle(false, {});
    CHECK(expected_.empty());
  }

 private:
  struct Operation {
    uint64_t due;
    bool bf16;
    unsigned op;
    uint32_t a, b, c;
  };

  void cycle(bool valid, Operation operation) {
    sim_->valid_i = valid;
    sim_->bf16_i = operation.bf16, sim_->op_i = operation.op;
    sim_->a_i = operation.a, sim_->b_i = operation.b, sim_->c_i = operation.c;
    if (valid) {
      operation.due = sim_.time() + kLatency;
      expected_.push_back(operation);
    }
    sim_.settle();
    const bool due = !expected_.empty() && expected_.front().due == sim_.time();
    if (sim_->valid_o != due) REQUIRE(sim_->valid_o == due);
    if (due) {
      check(expected_.front());
      expected_.pop_front();
    }
    sim_.cycle();
  }

  void check(const Operation& t) {
    const auto low = flagged_fma(kBf16, t.op, t.a & 0xffff, t.b & 0xffff, t.c & 0xffff);
    const auto wide =
        t.bf16 ? flagged_fma(kBf16, t.op, t.a >> 16, t.b >> 16, t.c >> 16) : flagged_fma(kFp32, t.op, t.a, t.b, t.c);
    const uint32_t wide_bits = t.bf16 ? wide.bits << 16 : wide.bits;
    const bool same = sim_->wide_o == wide_bits && sim_->narrow_o == low.bits << 16;
    if (same && sim_->wide_flags_o == wide.flags && sim_->narrow_flags_o == low.flags) return;
    CAPTURE(t.bf16, t.op, t.a, t.b, t.c);
    REQUIRE(sim_->wide_o == wide_bits);
    REQUIRE(sim_->narrow_o == low.bits << 16);
    REQUIRE(sim_->wide_flags_o == wide.flags);
    REQUIRE(sim_->narrow_flags_o == low.flags);
  }

  Sim<Vfp_fma_tb> sim_;
  NumberSource random_;
  std::deque<Operation> expected_;
};

/// Random operations of all kinds and both formats, back to back and with gaps.
void random_multiply_adds(int operations) {
  FmaBench bench(14);
  NumberSource source(seed() * 127);
  for (int i = 0; i < operations; ++i) {
    const auto range = source.range();
    const bool bf16 = source.chance(2);
    const auto number = [&](auto own) {
      if (!bf16) return source.number(kFp32, own);
      return source.number(kBf16, own) | source.number(kBf16, own) << 16;
    };
    const uint32_t a = number(range), b = number(range);
    uint32_t c = number(source.chance(2) ? range : source.range());
    if (source.chance(4)) {  // the addend nearly cancels the product
      c = bf16 ? golden_fma(kBf16, kMul, a & 0xffff, b & 0xffff, 0) | golden_fma(kBf16, kMul, a >> 16, b >> 16, 0) << 16
               : golden_fma(kFp32, kMul, a, b, 0);
      c ^= bf16 ? 0x80008000u ^ source.below(2) : 0x80000000u ^ source.below(2);
    }
    bench.operate(bf16, source.below(4), a, b, c);
  }
  bench.drain();
}

}  // namespace

TEST_CASE("The matrix element equals its golden twin on special values", "[num][rtl]") {
  DotBench bench(11);
  for_each_special_dot([&](const DotOperands& operands) { bench.step(operands); });
  bench.drain();
}

TEST_CASE("The matrix element equals its golden twin on random operands", "[num][rtl]") {
  DotBench bench(12);
  NumberSource source(seed() * 113);
  for (int i = 0; i < 1'000'000; ++i) bench.step(random_dot(source));
  bench.drain();
}

TEST_CASE("The multiply-add lanes equal their golden twins on special values", "[num][rtl]") {
  FmaBench bench(13);
  for (const bool bf16 : {false, true}) {
    const auto numbers = special_numbers(bf16 ? kBf16 : kFp32);
    const auto word = [&](uint32_t value) { return bf16 ? value | value << 16 : value; };
    for (const uint32_t a : numbers) {
      for (const uint32_t b : numbers) {
        for (const unsigned op : {kAdd, kSub, kMul}) bench.operate(bf16, op, word(a), word(b), word(0x7fc0));
        for (const uint32_t c : numbers) bench.operate(bf16, kMulAdd, word(a), word(b), word(c));
      }
    }
  }
  bench.drain();
}

TEST_CASE("The multiply-add lanes equal their golden twins on random operands", "[num][rtl]") {
  random_multiply_adds(500'000);
}

TEST_CASE("The multiply-add lanes equal their golden twins on a million operands per operation and format",
          "[num][rtl][.nightly]") {
  random_multiply_adds(8'500'000);
}

}  // namespace tatami::test
