// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <deque>
#include <random>

#include "Vfifo_tb.h"
#include "verif/lib/catch.hpp"
#include "verif/lib/sim.hpp"

using tatami::test::Sim;

namespace {

constexpr unsigned kQueues = 7;
constexpr unsigned kHead = 4;  // from this one on, the head is a register

/// Places of a queue: i + 1 of the fifo i, from two on of those whose head is a register.
unsigned depth(unsigned queue) { return queue < kHead ? queue + 1 : queue - 2; }

}  // namespace

TEST_CASE("queues of every depth keep items in order and say when they are full and empty", "[lib][fifo]") {
  const unsigned write_percent = GENERATE(20U, 50U, 100U);
  const unsigned read_percent = GENERATE(20U, 50U, 100U);
  Sim<Vfifo_tb> sim;
  std::mt19937_64 random(tatami::test::seed());
  std::array<std::deque<std::uint32_t>, kQueues> model;
  std::uint32_t serial = 1;
  for (unsigned cycle = 0; cycle < 2000; ++cycle) {
    std::array<bool, kQueues> write{}, read{};
    sim->valid_i = 0;
    sim->ready_i = 0;
    for (unsigned q = 0; q < kQueues; ++q) {
      write[q] = random() % 100 < write_percent;
      read[q] = random() % 100 < read_percent;
      sim->valid_i |= write[q] << q;
      sim->ready_i |= read[q] << q;
      sim->data_i[q] = serial++ * 0x9e3779b9U;  // all different, and different in all bits
    }
    sim.settle();
    for (unsigned q = 0; q < kQueues; ++q) {
      INFO("queue " << q << " cycle " << cycle);
      REQUIRE((sim->ready_o >> q & 1) == (model[q].size() < depth(q)));
      write[q] = write[q] && model[q].size() < depth(q);
      REQUIRE((sim->valid_o >> q & 1) == !model[q].empty());
      if (!model[q].empty()) REQUIRE(sim->data_o[q] == model[q].front());
      if (model[q].empty() && q < kHead) REQUIRE(sim->data_o[q] == 0);
      if (read[q] && !model[q].empty()) model[q].pop_front();
      if (write[q]) model[q].push_back(sim->data_i[q]);
    }
    sim.cycle();
  }
}
