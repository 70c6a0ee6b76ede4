// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The SIMD unit against the lane models: every operation, random gaps, fixed latency.
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "Vsimd_unit_tb.h"
#include "isa.hpp"
#include "verif/golden/num/simd.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {
namespace {

using isa::Op;
using Words = std::vector<uint32_t>;

constexpr uint64_t kLatency = 6;
constexpr int kRandomOperations = 60'000;

struct Operation {
  Op op;
  Words a, b, c;
  uint64_t x;
  unsigned lane;
  unsigned tag;
};

uint16_t half(const Words& words, size_t i) { return static_cast<uint16_t>(words[i / 2] >> (16 * (i % 2))); }

Words each_word(size_t count, const std::function<uint32_t(size_t)>& lane) {
  Words words(count);
  for (size_t i = 0; i < count; ++i) words[i] = lane(i);
  return words;
}

Words each_half(size_t count, const std::function<uint16_t(size_t)>& lane) {
  return each_word(count, [&](size_t i) { return lane(2 * i) | uint32_t{lane(2 * i + 1)} << 16; });
}

/// The register that an operation writes.
Words expected(const Operation& o) {
  const size_t n = o.a.size();
  const auto words2 = [&](auto lane) { return each_word(n, [&](size_t i) { return lane(o.a[i], o.b[i]); }); };
  const auto halves2 = [&](auto lane) {
    return each_half(n, [&](size_t i) { return lane(half(o.a, i), half(o.b, i)); });
  };
  switch (o.op) {
    case Op::VaddFp32: return words2(golden::fp32_add);
    case Op::VsubFp32: return words2(golden::fp32_sub);
    case Op::VmulFp32: return words2(golden::fp32_mul);
    case Op::VminFp32: return words2(golden::fp32_min);
    case Op::VmaxFp32: return words2(golden::fp32_max);
    case Op::VfmaFp32: return each_word(n, [&](size_t i) { return golden::fp32_fma(o.a[i], o.b[i], o.c[i]); });
    case Op::VaddBf16: return halves2(golden::bf16_add);
    case Op::VsubBf16: return halves2(golden::bf16_sub);
    case Op::VmulBf16: return halves2(golden::bf16_mul);
    case Op::VminBf16: return halves2(golden::bf16_min);
    case Op::VmaxBf16: return halves2(golden::bf16_max);
    case Op::VfmaBf16:
      return each_half(n, [&](size_t i) { return golden::bf16_fma(half(o.a, i), half(o.b, i), half(o.c, i)); });
    case Op::VaddI32: return words2(golden::i32_add);
    case Op::VsubI32: return words2(golden::i32_sub);
    case Op::Vand: return words2([](uint32_t a, uint32_t b) { return a & b; });
    case Op::Vor: return words2([](uint32_t a, uint32_t b) { return a | b; });
    case Op::Vxor: return words2([](uint32_t a, uint32_t b) { return a ^ b; });
    case Op::VsllI32: return words2(golden::i32_sll);
    case Op::VsrlI32: return words2(golden::i32_srl);
    case Op::VsraI32: return words2(golden::i32_sra);
    case Op::VsplatW: return each_word(n, [&](size_t) { return static_cast<uint32_t>(o.x); });
    case Op::VsplatH: return each_half(n, [&](size_t) { return static_cast<uint16_t>(o.x); });
    case Op::VbcastW: return each_word(n, [&](size_t) { return o.a[o.lane % n]; });
    case Op::VcvtBf16Fp32:
      return each_half(n, [&](size_t i) { return golden::cvt_bf16_fp32(i < n ? o.a[i] : o.b[i - n]); });
    case Op::VcvtFp32Bf16Lo: return each_word(n, [&](size_t i) { return golden::cvt_fp32_bf16(half(o.a, i)); });
    case Op::VcvtFp32Bf16Hi: return each_word(n, [&](size_t i) { return golden::cvt_fp32_bf16(half(o.a, n + i)); });
    default: throw std::logic_error("not a SIMD operation");
  }
}

/// Every operation of the SIMD unit.
std::vector<Op> simd_operations() {
  std::vector<Op> ops;
  for (unsigned op = static_cast<unsigned>(Op::VaddFp32); op <= static_cast<unsigned>(Op::VcvtFp32Bf16Hi); ++op) {
    ops.push_back(static_cast<Op>(op));
  }
  return ops;
}

class SimdBench {
 public:
  explicit SimdBench(uint64_t salt) : random_(seed() * 131 + salt) { sim_.settle(); }

  size_t words() { return sim_->simd_bytes_o / 4; }

  Operation random_operation(Op op) {
    Operation o{op, Words(words()), Words(words()), Words(words()), 0, random_.below(32), random_.below(128)};
    const auto range = random_.range();
    const bool bf16 = (op >= Op::VaddBf16 && op <= Op::VmaxBf16) || op == Op::VcvtFp32Bf16Lo;
    for (auto* lanes : {&o.a, &o.b, &o.c}) {
      for (auto& word : *lanes) {
        word = bf16 ? random_.number(kBf16, range) | random_.number(kBf16, range) << 16 : random_.number(kFp32, range);
      }
    }
    o.x = uint64_t{random_.number(kFp32, range)} << 32 | random_.number(kFp32, range);
    return o;
  }

  void operate(const Operation& operation, bool gaps) {
    while (gaps && random_.chance(3)) cycle(nullptr);
    cycle(&operation);
  }
  void idle(uint64_t cycles) {
    for (uint64_t i = 0; i < cycles; ++i) cycle(nullptr);
  }
  void drain() {
    idle(kLatency + 1);
    CHECK(pending_.empty());
    CHECK(sim_->busy_o == 0);
  }

 private:
  struct Pending {
    uint64_t due;
    Operation operation;
  };

  void cycle(const Operation* operation) {
    sim_->valid_i = operation != nullptr;
    if (operation != nullptr) {
      sim_->op_i = static_cast<uint8_t>(operation->op);
      for (size_t i = 0; i < words(); ++i) {
        sim_->a_i[i] = operation->a[i], sim_->b_i[i] = operation->b[i], sim_->c_i[i] = operation->c[i];
      }
      sim_->x_i = operation->x, sim_->lane_i = operation->lane, sim_->tag_i = operation->tag;
      pending_.push_back({sim_.time() + kLatency, *operation});
    }
    sim_.settle();
    const bool due = !pending_.empty() && pending_.front().due == sim_.time();
    if (sim_->valid_o != due) REQUIRE(sim_->valid_o == due);
    if (due) {
      check(pending_.front().operation);
      pending_.pop_front();
    }
    sim_.cycle();
  }

  void check(const Operation& o) {
    const Words result = expected(o);
    if (sim_->tag_o != o.tag) REQUIRE(sim_->tag_o == o.tag);
    for (size_t i = 0; i < result.size(); ++i) {
      if (sim_->data_o[i] == result[i]) continue;
      CAPTURE(std::string(isa::name(o.op)), i, o.a[i], o.b[i], o.c[i], o.x, o.lane);
      REQUIRE(sim_->data_o[i] == result[i]);
    }
  }

  Sim<Vsimd_unit_tb> sim_;
  NumberSource random_;
  std::deque<Pending> pending_;
};

}  // namespace

TEST_CASE("Every SIMD operation equals the lane models, back to back", "[vector][simd]") {
  SimdBench bench(1);
  for (const Op op : simd_operations()) {
    INFO(std::string(isa::name(op)));
    for (int i = 0; i < 500; ++i) bench.operate(bench.random_operation(op), false);
    bench.drain();
  }
}

TEST_CASE("Mixed SIMD operations with random gaps keep order, tags and latency", "[vector][simd]") {
  SimdBench bench(2);
  const auto ops = simd_operations();
  NumberSource source(seed() + 3);
  for (int i = 0; i < kRandomOperations; ++i) {
    bench.operate(bench.random_operation(ops[source.below(static_cast<uint32_t>(ops.size()))]), true);
  }
  bench.drain();
}

}  // namespace tatami::test
