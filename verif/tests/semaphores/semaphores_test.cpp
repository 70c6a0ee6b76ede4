// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <random>

#include "Vsemaphores_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

using tatami::test::Sim;

namespace {

constexpr unsigned kThreads = 4;  // of the `full` configuration
constexpr unsigned kSemaphores = 64;
constexpr unsigned kMax = 0xFFFF;

struct Request {
  unsigned semaphore = 0;
  unsigned value = 0;
};

/// The semaphores and the requests of one cycle.
class Bench {
 public:
  Bench() { quiet(); }

  Vsemaphores_tb& top() { return sim_.top(); }
  void settle() { sim_.settle(); }

  void quiet() {
    sim_->inlet_post_valid_i = 0;
    sim_->core_post_valid_i = 0;
    sim_->wait_valid_i = 0;
  }
  void inlet_post(const Request& r) {
    sim_->inlet_post_valid_i = 1;
    sim_->inlet_post_sem_i = static_cast<std::uint8_t>(r.semaphore);
    sim_->inlet_post_value_i = static_cast<std::uint16_t>(r.value);
  }
  void core_post(const Request& r) {
    sim_->core_post_valid_i = 1;
    sim_->core_post_sem_i = static_cast<std::uint8_t>(r.semaphore);
    sim_->core_post_value_i = static_cast<std::uint16_t>(r.value);
  }
  void wait(unsigned thread, const Request& r) {
    sim_->wait_valid_i |= 1U << thread;
    sim_->wait_sem_i[thread] = static_cast<std::uint8_t>(r.semaphore);
    sim_->wait_count_i[thread] = static_cast<std::uint16_t>(r.value);
  }
  unsigned read(unsigned semaphore) {
    sim_->read_sem_i = static_cast<std::uint8_t>(semaphore);
    sim_.settle();
    return sim_->read_value_o;
  }
  void cycle() { sim_.cycle(); }

 private:
  Sim<Vsemaphores_tb> sim_;
};

}  // namespace

TEST_CASE("posts add, waits take, and nothing is lost when they meet", "[semaphores]") {
  const bool large = GENERATE(false, true);  // large posts reach the limit
  Bench bench;
  std::mt19937_64 random(tatami::test::seed());
  std::array<unsigned, kSemaphores> model{};
  std::array<std::optional<Request>, kThreads> waiting;
  unsigned grants = 0, overflows = 0, busy_grants = 0;
  for (unsigned cycle = 0; cycle < 20000; ++cycle) {
    bench.quiet();
    const auto any_post = [&]() -> std::optional<Request> {
      if (random() % 3 != 0) return std::nullopt;
      // Few semaphores, so that posts and waits often name the same one; sometimes all.
      const auto semaphore = static_cast<unsigned>(random() % (random() % 8 == 0 ? kSemaphores : 3));
      return Request{semaphore, static_cast<unsigned>(large ? random() % (kMax + 1) : random() % 4)};
    };
    const auto inlet = any_post(), core = any_post();
    if (inlet) bench.inlet_post(*inlet);
    if (core) bench.core_post(*core);
    for (unsigned t = 0; t < kThreads; ++t) {
      if (!waiting[t] && random() % 2 == 0) {
        waiting[t] = Request{static_cast<unsigned>(random() % 3),
                             static_cast<unsigned>(large ? random() % (kMax + 1) : random() % 6)};
      }
      if (waiting[t]) bench.wait(t, *waiting[t]);
    }
    const auto looked_at = static_cast<unsigned>(random() % kSemaphores);
    INFO("cycle " << cycle);
    REQUIRE(bench.read(looked_at) == model[looked_at]);

    // A grant is one thread whose wait can be met, and there is one whenever there is such a thread.
    const unsigned granted = bench.top().wait_grant_o;
    unsigned met = 0;
    for (unsigned t = 0; t < kThreads; ++t)
      met |= (waiting[t] && model[waiting[t]->semaphore] >= waiting[t]->value) << t;
    REQUIRE((granted & (granted - 1)) == 0);
    REQUIRE((granted & ~met) == 0);
    REQUIRE((granted != 0) == (met != 0));
    busy_grants += bench.top().busy_o;
    for (unsigned t = 0; t < kThreads; ++t) {
      if ((granted >> t & 1) == 0) continue;
      model[waiting[t]->semaphore] -= waiting[t]->value;
      waiting[t].reset();
      ++grants;
    }
    if (inlet) model[inlet->semaphore] += inlet->value;
    if (core) model[core->semaphore] += core->value;
    const auto too_much = [&](const std::optional<Request>& post) { return post && model[post->semaphore] > kMax; };
    REQUIRE(bench.top().inlet_overflow_o == too_much(inlet));
    REQUIRE(bench.top().core_overflow_o == too_much(core));
    overflows += too_much(inlet) || too_much(core);
    for (auto& value : model) value = std::min(value, kMax);
    bench.cycle();
  }
  CHECK(grants > 1000);
  CHECK(busy_grants == grants);
  if (large) CHECK(overflows > 1000);
}

TEST_CASE("threads that wait for the same semaphore take turns", "[semaphores]") {
  Bench bench;
  std::array<unsigned, kThreads> granted{};
  constexpr unsigned kCycles = 400;
  bench.inlet_post({5, 2 * kCycles});
  bench.cycle();
  for (unsigned cycle = 0; cycle < kCycles; ++cycle) {
    bench.quiet();
    for (unsigned t = 0; t < kThreads; ++t) bench.wait(t, {5, 1});
    bench.settle();
    for (unsigned t = 0; t < kThreads; ++t) granted[t] += bench.top().wait_grant_o >> t & 1;
    bench.cycle();
  }
  for (const unsigned count : granted) CHECK(count == kCycles / kThreads);
  CHECK(bench.read(5) == kCycles);
}

TEST_CASE("a wait that cannot be met does not hold up one that can", "[semaphores]") {
  Bench bench;
  bench.core_post({1, 3});
  bench.cycle();
  bench.quiet();
  bench.wait(0, {1, 4});
  bench.wait(1, {2, 1});
  bench.wait(2, {1, 3});
  bench.settle();
  CHECK(bench.top().wait_grant_o == 1U << 2);
  bench.cycle();
  bench.quiet();
  bench.wait(0, {1, 4});
  bench.wait(1, {2, 1});
  bench.inlet_post({1, 4});
  bench.settle();
  CHECK(bench.top().wait_grant_o == 0);
  CHECK(bench.top().busy_o == 0);
  bench.cycle();
  bench.quiet();
  bench.wait(0, {1, 4});
  bench.wait(1, {2, 1});
  bench.settle();
  CHECK(bench.top().wait_grant_o == 1U);
  bench.cycle();
  CHECK(bench.read(1) == 0);
}
