// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The SIMD unit against the lane models: every operation, random gaps, fixed latency.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "Vsimd_unit_tb.h"
#include "isa.hpp"
#include "verif/golden/core/simd.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"
#include "verif/tests/num/operands.hpp"

namespace tatami::test {
namespace {

using golden::VectorRegister;
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

VectorRegister to_register(const Words& words) {
  std::array<uint32_t, golden::kMaxSimdBytes / 4> lanes{};
  std::copy(words.begin(), words.end(), lanes.begin());
  return std::bit_cast<VectorRegister>(lanes);
}

/// The register that an operation writes, and its flags.
golden::SimdResult expected(const Operation& o) {
  const VectorRegister a = to_register(o.a), b = to_register(o.b), c = to_register(o.c);
  return golden::execute_simd(o.op, static_cast<unsigned>(4 * o.a.size()),
                              {.vs1 = a, .vs2 = b, .old = c, .xs1 = o.x, .lane = o.lane});
}

/// Every operation of the SIMD unit; conversions have a unit of their own.
std::vector<Op> simd_operations() {
  std::vector<Op> ops;
  for (unsigned op = 0; op < isa::kOps; ++op) {
    const isa::Row& row = isa::row(static_cast<Op>(op));
    if (row.unit == isa::Unit::Simd && row.format != isa::Format::Cvt) ops.push_back(static_cast<Op>(op));
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
    const bool bf16 = isa::name(op).find("bf16") != std::string_view::npos && op != Op::VcvtBf16Fp32;
    for (auto* lanes : {&o.a, &o.b, &o.c}) {
      for (auto& word : *lanes) {
        word = bf16 ? random_.number(kBf16, range) | random_.number(kBf16, range) << 16 : random_.number(kFp32, range);
      }
    }
    // Comparisons meet equal lanes, and lanes that differ in their signs only.
    for (size_t i = 0; i < words(); ++i) {
      if (random_.chance(4)) o.b[i] = o.a[i] ^ (random_.chance(2) ? 0 : 0x8000'8000);
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
    const golden::SimdResult result_register = expected(o);
    const auto result = golden::to_lanes<uint32_t>(result_register.data);
    if (sim_->tag_o != o.tag) REQUIRE(sim_->tag_o == o.tag);
    if (sim_->flags_o != result_register.flags) {
      INFO(std::string(isa::name(o.op)));
      REQUIRE(sim_->flags_o == result_register.flags);
    }
    for (size_t i = 0; i < o.a.size(); ++i) {
      if (sim_->data_o[i] == result[i]) continue;
      CAPTURE(std::string(isa::name(o.op)), i, o.a[i], o.b[i], o.c[i], o.x, o.lane);
      REQUIRE(sim_->data_o[i] == result[i]);
    }
  }

  Sim<Vsimd_unit_tb> sim_;
  NumberSource random_;
  std::deque<Pending> pending_;
};

void each_operation(int times) {
  SimdBench bench(1);
  for (const Op op : simd_operations()) {
    INFO(std::string(isa::name(op)));
    for (int i = 0; i < times; ++i) bench.operate(bench.random_operation(op), false);
    bench.drain();
  }
}

}  // namespace

TEST_CASE("Every SIMD operation equals the lane models, back to back", "[vector][simd]") { each_operation(500); }

TEST_CASE("Every SIMD operation equals the lane models on a million lanes", "[vector][simd][.nightly]") {
  constexpr int kFewestLanes = 8;  // 32-bit lanes of the small configuration
  each_operation(1'000'000 / kFewestLanes);
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
