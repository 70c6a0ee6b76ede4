// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The function lane and the function unit against the golden functions: results, flags, order, latency, rate.
#include <array>
#include <cstdint>
#include <deque>

#include "Vfunction_lane_tb.h"
#include "Vfunction_unit_tb.h"
#include "verif/lib/sim.hpp"
#include "verif/tests/functions/operands.hpp"
#include "verif/tests/functions/reference.hpp"

namespace tatami::test {
namespace {

/// Feeds a lane and checks each result in the cycle in which it must appear.
class LaneBench {
 public:
  void operate(Function function, uint32_t x) { cycle(true, function, x); }
  void gap() { cycle(false, Function::kLog2, ~0u); }
  void drain() {
    for (uint64_t i = 0; i <= kLatency; ++i) gap();
    CHECK(expected_.empty());
  }

 private:
  static constexpr uint64_t kLatency = 7;
  struct Operation {
    uint64_t due;
    Function function;
    uint32_t x;
  };

  void cycle(bool valid, Function function, uint32_t x) {
    sim_->valid_i = valid;
    sim_->fn_i = static_cast<unsigned>(function), sim_->x_i = x;
    if (valid) expected_.push_back({sim_.time() + kLatency, function, x});
    sim_.settle();
    const bool due = !expected_.empty() && expected_.front().due == sim_.time();
    if (sim_->valid_o != due) REQUIRE(sim_->valid_o == due);
    if (due) {
      const Operation& o = expected_.front();
      const golden::Flagged result = golden::fp32_function(o.function, o.x);
      if (sim_->result_o != result.bits || sim_->flags_o != result.flags) {
        INFO(name_of(o.function) << " of 0x" << std::hex << o.x);
        REQUIRE(sim_->result_o == result.bits);
        REQUIRE(sim_->flags_o == result.flags);
      }
      expected_.pop_front();
    }
    sim_.cycle();
  }

  Sim<Vfunction_lane_tb> sim_;
  std::deque<Operation> expected_;
};

constexpr size_t kWords = 8, kUnits = 2;
constexpr std::array<uint64_t, kUnits> kParts = {4, 1};

struct UnitOperation {
  uint64_t due;
  Function function;
  std::array<uint32_t, kWords> x;
  unsigned tag;
};

/// Two units that are offered operations independently of each other.
class UnitBench {
 public:
  /// Offers every cycle with a chance of one in `gap`; 1 is always.
  void run(uint64_t cycles, uint32_t gap) {
    for (uint64_t i = 0; i < cycles; ++i) cycle(gap);
  }
  void drain() {
    for (uint64_t i = 0; i < 20; ++i) cycle(0);
    for (const auto& expected : expected_) CHECK(expected.empty());
    CHECK(sim_->busy_o == 0);
  }
  const std::array<uint64_t, kUnits>& taken() const { return taken_; }

 private:
  void cycle(uint32_t gap) {
    UnitOperation operation{0, kFunctions[source_.below(5)], {}, source_.below(128)};
    for (size_t i = 0; i < kWords; ++i) {
      // Now and then only one lane raises a flag.
      operation.x[i] = source_.below(4) == 0 ? source_.operand(operation.function) : 0x3f800000 + source_.below(100);
      sim_->x_i[i] = operation.x[i];
    }
    sim_->fn_i = static_cast<unsigned>(operation.function), sim_->tag_i = operation.tag;
    sim_->valid_i = 0;
    for (unsigned u = 0; u < kUnits; ++u) {
      if (gap != 0 && source_.below(gap) == 0) sim_->valid_i = sim_->valid_i | 1u << u;
    }
    sim_.settle();
    for (unsigned u = 0; u < kUnits; ++u) {
      announcements(u);
      answer(u);
      if ((sim_->valid_i & sim_->ready_o & 1u << u) == 0) continue;
      operation.due = sim_.time() + 8 + kParts[u];
      expected_[u].push_back(operation);
      ++taken_[u];
    }
    sim_.cycle();
  }

  /// A result seven cycles after its announcement, and no other; ready in the cycle after it was said to be free.
  void announcements(unsigned u) {
    constexpr unsigned kAhead = 7;
    REQUIRE((due_[u] >> (kAhead - 1) & 1) == (sim_->valid_o >> u & 1u));
    due_[u] = due_[u] << 1 | (sim_->due_o >> u & 1u);
    if (free_[u]) REQUIRE((sim_->ready_o >> u & 1u) == 1);
    free_[u] = (sim_->free_o >> u & 1u) != 0;
    if (expected_[u].empty() && sim_->valid_i == 0) REQUIRE(free_[u]);
  }

  void answer(unsigned u) {
    const bool due = !expected_[u].empty() && expected_[u].front().due == sim_.time();
    REQUIRE((sim_->valid_o >> u & 1) == static_cast<unsigned>(due));
    if (!due) return;
    const UnitOperation& o = expected_[u].front();
    unsigned flags = 0;
    for (size_t i = 0; i < kWords; ++i) {
      const golden::Flagged result = golden::fp32_function(o.function, o.x[i]);
      INFO(name_of(o.function) << " of 0x" << std::hex << o.x[i] << " in lane " << i);
      REQUIRE(sim_->data_o[u][i] == result.bits);
      flags |= result.flags;
    }
    REQUIRE(sim_->tag_o[u] == o.tag);
    REQUIRE(sim_->flags_o[u] == flags);
    expected_[u].pop_front();
  }

  Sim<Vfunction_unit_tb> sim_;
  OperandSource source_{seed() * 17 + 5};
  std::array<std::deque<UnitOperation>, kUnits> expected_;
  std::array<uint64_t, kUnits> taken_{};
  std::array<uint64_t, kUnits> due_{};
  std::array<bool, kUnits> free_{};
};

}  // namespace

TEST_CASE("A function lane equals the golden functions on a million operands each, mixed", "[functions][rtl]") {
  LaneBench bench;
  OperandSource source(seed() * 11 + 3);
  for (int i = 0; i < 5'000'000; ++i) {
    const Function function = kFunctions[source.below(5)];
    if (source.below(16) == 0) bench.gap();
    bench.operate(function, source.operand(function));
  }
  bench.drain();
}

TEST_CASE("A function lane equals the golden functions at the ends of every segment", "[functions][rtl]") {
  LaneBench bench;
  for (const Function function : kFunctions) {
    for (const uint32_t base : {0x3f800000u, 0x40000000u, 0x00000000u, 0xbf800000u, 0xbf000000u, 0x7e800000u}) {
      for (uint32_t segment = 0; segment < 128; ++segment) {
        for (uint32_t near = 0; near < 9; ++near) bench.operate(function, base + (segment << 16) + near - 4);
        bench.operate(function, base + (segment << 16) + 0x8000);
      }
    }
  }
  bench.drain();
}

TEST_CASE("A function lane equals the golden functions where exp2 leaves the normal numbers", "[functions][rtl]") {
  LaneBench bench;
  for (uint32_t x = std::bit_cast<uint32_t>(-120.0F); x < std::bit_cast<uint32_t>(-170.0F); x += 13) {
    bench.operate(Function::kExp2, x);
  }
  for (int whole = -300; whole <= 300; ++whole) {
    bench.operate(Function::kExp2, std::bit_cast<uint32_t>(static_cast<float>(whole)));
  }
  bench.drain();
}

TEST_CASE("Function units keep order, tags, flags and latency", "[functions][rtl]") {
  UnitBench bench;
  bench.run(20'000, 1);
  // Offered work in every cycle, a unit takes one operation in as many cycles as it has parts.
  CHECK(bench.taken()[0] == 5'000);
  CHECK(bench.taken()[1] == 20'000);
  bench.drain();
  bench.run(20'000, 3);
  bench.drain();
}

}  // namespace tatami::test
