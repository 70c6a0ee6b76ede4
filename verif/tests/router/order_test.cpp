// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// One router: which of the packets that wait goes first, and how packets of the node are stamped for it.

#include <algorithm>
#include <array>
#include <vector>

#include "verif/tests/router/router_bench.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kLinks = RouterBench::kLinks;

}  // namespace

TEST_CASE("packets whose stamps go round in a circle all leave", "[router]") {
  RouterBench bench;
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  use_up_east(bench, cls);
  // Modulo 1024 each is less than half the range older than the next one.
  const unsigned stamps[] = {100, 450, 800}, links[] = {0, 2, 3};
  for (unsigned i = 0; i < 3; ++i) bench.arrive(links[i], stamped(bench, cls, 100 + i, stamps[i]));
  bench.cycle();
  std::vector<std::uint32_t> left = leave_east(bench, cls, 3);
  std::sort(left.begin(), left.end());
  CHECK(left == std::vector<std::uint32_t>{100, 101, 102});
}

TEST_CASE("of packets in a circle the head of the next queue in turn goes first", "[router]") {
  RouterBench bench;
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  use_up_east(bench, cls);
  for (unsigned round = 0; round < 3; ++round) {
    const unsigned stamps[] = {100, 450, 800}, links[] = {0, 2, 3};
    for (unsigned i = 0; i < 3; ++i) bench.arrive(links[i], stamped(bench, cls, 100 + i, stamps[i]));
    bench.cycle();
    CHECK(leave_east(bench, cls, 3).at(0) == 100 + round);
  }
  // The node's turn is next. Its packet gets a stamp near 800, which came by last.
  bench.inject(stamped(bench, cls, 103, 0));
  bench.cycle();
  bench.idle();
  bench.cycle();
  bench.arrive(0, stamped(bench, cls, 100, 126));
  bench.arrive(2, stamped(bench, cls, 101, 476));
  bench.cycle();
  CHECK(leave_east(bench, cls, 3).at(0) == 103);
}

TEST_CASE("what enters here is stamped within 16 of the stamp that came by last", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  top.edge_i = 1U << kWest;
  const noc::Class cls = noc::Class::Request;
  const auto passes = [&](unsigned stamp) {
    golden::Message m = bench.message(kBehind[kSouth], cls);
    m.header.stamp = static_cast<std::uint16_t>(stamp);
    bench.idle();
    bench.arrive(0, m);
    bench.cycle();
    bench.idle();
    top.credit_i = 1U << (2 * kSouth);
    for (unsigned i = 0; i < 3; ++i, bench.idle()) bench.cycle();
  };
  /// One packet enters, and its stamp is compared.
  const auto enters = [&](bool over_edge, unsigned stamp) {
    const golden::Message m = bench.message(kBehind[kEast], cls);
    over_edge ? bench.arrive(kWest, m) : bench.inject(m);
    unsigned sent = 0;
    for (unsigned i = 0; i < 6; ++i) {
      bench.cycle();
      bench.idle();
      bench.settle();
      if ((top.link_valid_o >> kEast & 1) == 0) continue;
      ++sent;
      const unsigned ahead = (load_packet(top.link_packet_o[kEast]).header.stamp - stamp + 16) % 1024;
      INFO("it is " << static_cast<int>(ahead) - 16 << " ahead of " << stamp);
      CHECK(ahead <= 32);
    }
    CHECK(sent == 1);
    top.credit_i = 1U << (2 * kEast);
    bench.cycle();
    bench.idle();
  };
  // Of the node: one that came by is far ahead, then further by one at a time, then far behind, then by one at a time.
  for (unsigned i = 0; i < 12; ++i) {
    const unsigned stamp = i < 6 ? 100 + i : 900 - i;
    passes(stamp);
    enters(false, stamp);
  }
  // Over the edge: alone for a long time, beginning as far ahead as it may be.
  passes(700);
  for (unsigned i = 0; i < 20; ++i) enters(true, 700);
}

TEST_CASE("reset forgets whose turn it was", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  top.edge_i = 1U << 0 | 1U << 2;  // what comes there is stored, so that classes take turns
  bench.reset();
  std::vector<std::vector<noc::Class>> orders;
  for (const noc::Class before : kClasses) {
    bench.arrive(0, stamped(bench, before, 100, 0));
    bench.cycle();
    CHECK(leave_east(bench, before, 0).size() == 1);
    bench.reset();
    bench.arrive(0, stamped(bench, noc::Class::Request, 101, 0));
    bench.arrive(2, stamped(bench, noc::Class::Response, 102, 0));
    std::vector<noc::Class>& order = orders.emplace_back();
    for (unsigned cycle = 0; cycle < 10; ++cycle) {
      bench.cycle();
      bench.idle();
      bench.settle();
      if (top.link_valid_o != 0) order.push_back(load_packet(top.link_packet_o[kEast]).header.cls);
    }
    CHECK(order.size() == 2);
    bench.reset();
  }
  CHECK(orders[0] == orders[1]);
}

TEST_CASE("a packet that has waited for two ticks goes before one with an older stamp that comes later",
          "[router][aging]") {
  constexpr unsigned kTick = 1 << 14;  // docs/mesh.md, Who goes first
  RouterBench bench;
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  const auto [wait, order] = GENERATE(table<unsigned, std::vector<std::uint32_t>>(
      {{kTick / 2, {101, 100}}, {2 * kTick - 8, {101, 100}}, {2 * kTick + 2, {100, 101}}}));
  use_up_east(bench, cls);
  for (unsigned cycle = 0; cycle < kTick / 2; ++cycle) bench.cycle();  // nothing waits: no time passes
  bench.arrive(0, stamped(bench, cls, 100, 500));
  bench.cycle();
  bench.idle();
  for (unsigned cycle = 0; cycle < wait; ++cycle) bench.cycle();
  bench.arrive(2, stamped(bench, cls, 101, 100));
  bench.cycle();
  INFO("it has waited for " << wait << " cycles");
  CHECK(leave_east(bench, cls, 2) == order);
}

TEST_CASE("all senders and both classes get the same share of a contended link", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kRounds = 400;
  std::array<std::array<unsigned, 2>, kLinks> space;
  for (auto& link : space) link = {RouterBench::kSlots, RouterBench::kSlots};
  std::array<std::array<unsigned, 2>, 5> served{};
  std::array<unsigned, kLinks> sent{};  // one sender behind each link, which stamps as a router does
  for (unsigned cycle = 0; cycle < kRounds; ++cycle) {
    bench.settle();
    const unsigned credits = top.credit_o;
    const bool busy = top.link_valid_o >> kSouth & 1;
    const golden::Message out = load_packet(top.link_packet_o[kSouth]);
    bench.idle();
    if (busy) {
      ++served[out.header.addr][static_cast<unsigned>(out.header.cls)];
      top.credit_i = 1U << (2 * kSouth + static_cast<unsigned>(out.header.cls));
    }
    for (unsigned link = 0; link < kLinks; ++link) {
      if (link == kSouth) continue;
      const unsigned c = space[link][0] >= space[link][1] ? 0 : 1;
      if (space[link][c] == 0) continue;
      --space[link][c];
      golden::Message m = bench.message(kBehind[kSouth], kClasses[c], link);
      m.header.stamp = static_cast<std::uint16_t>(sent[link]++ / 8 % 1024);
      bench.arrive(link, m);
    }
    // All signals of a link are registers, so what a credit allows comes a cycle later.
    for (unsigned link = 0; link < kLinks; ++link) {
      for (unsigned c = 0; c < 2; ++c) space[link][c] += credits >> (2 * link + c) & 1;
    }
    for (const noc::Class cls : kClasses) bench.inject(bench.message(kBehind[kSouth], cls, 4));
    bench.cycle();
  }
  for (unsigned input = 0; input < 5; ++input) {
    if (input == kSouth) continue;
    for (unsigned c = 0; c < 2; ++c) {
      INFO("input " << input << " class " << c);
      CHECK(served[input][c] == Approx(kRounds / 8.0).margin(8));  // stamps count in eights
    }
  }
}

}  // namespace tatami::test
