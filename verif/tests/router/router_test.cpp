// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include "verif/tests/router/router_bench.hpp"

using namespace tatami;
using test::RouterBench;

namespace {

constexpr unsigned kLinks = RouterBench::kLinks;
constexpr noc::Class kClasses[] = {noc::Class::Request, noc::Class::Response};

/// One destination behind each link, two hops or more away, so that the next hop has to be looked up.
const golden::Place kBehind[] = {{7, 0, 1}, {7, 9, 5}, {7, 6, 1}, {3, 0, 0}};
/// The node that the packet reaches over each link.
const golden::Place kNeighbour[] = {{7, 0, 1}, {7, 1, 2}, {7, 2, 1}, {7, 1, 0}};

constexpr unsigned kEast = 1;

/// Sends packets of a class to the east until its credits are used up.
void use_up_east(RouterBench& bench, noc::Class cls) {
  for (unsigned i = 0; i < RouterBench::kSlots; ++i) {
    bench.idle();
    bench.arrive(0, bench.message(kBehind[kEast], cls, i));
    bench.cycle();
  }
  bench.idle();
  for (unsigned i = 0; i < 5; ++i) bench.cycle();
}

/// A packet to the east with a stamp.
golden::Message stamped(const RouterBench& bench, noc::Class cls, std::uint32_t serial, unsigned stamp) {
  golden::Message m = bench.message(kBehind[kEast], cls, serial);
  m.header.stamp = static_cast<std::uint16_t>(stamp);
  return m;
}

/// Gives the east so many credits, one per cycle; the serial numbers of what leaves, in order.
std::vector<std::uint32_t> leave_east(RouterBench& bench, noc::Class cls, unsigned credits) {
  std::vector<std::uint32_t> left;
  for (unsigned cycle = 0; cycle < 30; ++cycle) {
    bench.idle();
    bench.top().credit_i = (cycle < credits) ? 1U << (2 * kEast + static_cast<unsigned>(cls)) : 0;
    bench.settle();
    if (bench.top().link_valid_o != 0) left.push_back(test::load_packet(bench.top().link_packet_o[kEast]).header.addr);
    bench.cycle();
  }
  return left;
}

}  // namespace

TEST_CASE("a packet is on the outgoing link one cycle after it was on the incoming one", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  for (unsigned from = 0; from < kLinks; ++from) {
    for (unsigned to = 0; to < kLinks; ++to) {
      if (from == to) continue;
      for (const noc::Class cls : kClasses) {
        INFO("from link " << from << " to link " << to);
        const golden::Message sent = bench.message(kBehind[to], cls, 100 + from);
        bench.arrive(from, sent);
        bench.settle();
        CHECK(top.link_valid_o == 0);
        bench.cycle();
        bench.idle();
        bench.settle();
        REQUIRE(top.link_valid_o == 1U << to);
        golden::Message expected = sent;
        expected.header.ports = RouterBench::set_of(bench.mesh.route(kNeighbour[to], kBehind[to]));
        CHECK(test::load_packet(top.link_packet_o[to]) == expected);
        // The place was free all the time, so the credit goes back at once.
        CHECK(top.credit_o == 1U << (2 * from + static_cast<unsigned>(cls)));
        CHECK(top.busy_o == 1);
        top.credit_i = 1U << (2 * to + static_cast<unsigned>(cls));
        bench.cycle();
        bench.idle();
        bench.settle();
        CHECK(top.link_valid_o == 0);
        CHECK(top.credit_o == 0);
        CHECK(top.busy_o == 0);
      }
    }
  }
}

TEST_CASE("what comes over an edge of the die is routed and stamped here, whatever its header says", "[router]") {
  const unsigned from = GENERATE(0U, 1U, 2U, 3U), to = GENERATE(0U, 1U, 2U, 3U);
  if (from == to) return;
  for (const noc::Class cls : kClasses) {
    CAPTURE(from, to, cls);
    RouterBench bench;
    auto& top = bench.top();
    top.edge_i = static_cast<std::uint8_t>(1U << from);
    const golden::Message routed = bench.message(kBehind[to], cls, 7);
    golden::Message sent = routed;
    sent.header.ports = 0x1F & ~routed.header.ports;
    sent.header.stamp = 700;
    bench.arrive(from, sent);
    for (unsigned cycle = 0; cycle < 2; ++cycle) {
      bench.cycle();
      bench.idle();
      bench.settle();
      CHECK(top.link_valid_o == 0);
      CHECK(top.eject_valid_o == 0);
    }
    bench.cycle();
    bench.settle();
    REQUIRE(top.link_valid_o == 1U << to);
    const golden::Message left = test::load_packet(top.link_packet_o[to]);
    golden::Message expected = routed;
    expected.header.ports = RouterBench::set_of(bench.mesh.route(kNeighbour[to], kBehind[to]));
    expected.header.stamp = left.header.stamp;
    CHECK(left == expected);
    CHECK(left.header.stamp <= 16);
  }
}

TEST_CASE("a cast goes through where outputs are free, and its place is free when the last copy has left",
          "[router][cast]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kNorth = 0, kSouth = 2, kWest = 3, kGroup = 5;
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  const unsigned bit = static_cast<unsigned>(cls);
  const noc::GroupEntry entry{.here = 0b11111, .north = 0b00011, .east = 0b00101, .south = 0b01000, .west = 0b10001};
  bench.write_group(kGroup, entry);
  const unsigned next[] = {entry.north, entry.east, entry.south, entry.west};
  golden::Message cast = bench.message({RouterBench::kHere.die, 0, kGroup}, cls, 42);
  cast.header.cast = true;
  cast.header.ports = 0b01111;  // local, north, east, south
  // The east is out of credits.
  for (unsigned i = 0; i < RouterBench::kSlots; ++i) {
    bench.idle();
    bench.arrive(kNorth, bench.message(kBehind[kEast], cls, i));
    bench.cycle();
  }
  for (unsigned i = 0; i < 5; ++i) {
    bench.idle();
    bench.cycle();
  }
  bench.arrive(kWest, cast);
  bench.cycle();
  bench.idle();
  bench.settle();
  CHECK(top.link_valid_o == (1U << kNorth | 1U << kSouth));
  for (const unsigned link : {kNorth, kSouth}) {
    golden::Message expected = cast;
    expected.header.ports = static_cast<std::uint8_t>(next[link]);
    expected.header.stamp = test::load_packet(top.link_packet_o[link]).header.stamp;
    CHECK(test::load_packet(top.link_packet_o[link]) == expected);
  }
  CHECK(top.eject_valid_o == 1U << bit);
  CHECK(top.credit_o == 0);
  for (unsigned i = 0; i < 10; ++i) {
    top.eject_ready_i = 3;
    bench.cycle();
    bench.settle();
    CHECK(top.link_valid_o == 0);
    CHECK(top.credit_o == 0);
    CHECK(top.busy_o == 1);
  }
  top.credit_i = 1U << (2 * kEast + bit);
  bench.cycle();
  bench.idle();
  bench.cycle();  // granted
  bench.settle();
  CHECK(top.credit_o == 1U << (2 * kWest + bit));
  bench.cycle();  // sent
  bench.settle();
  REQUIRE(top.link_valid_o == 1U << kEast);
  CHECK(test::load_packet(top.link_packet_o[kEast]).header.ports == entry.east);
  CHECK(test::load_packet(top.link_packet_o[kEast]).header.addr == 42);
  CHECK(top.eject_valid_o == 0);
}

TEST_CASE("a cast to a group without ways is dropped and recorded, and one for another die leaves", "[router][cast]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kWest = 3, kGroups = 8;
  const auto inject = [&](std::uint32_t die, unsigned group) {
    golden::Message m;
    m.header.cast = true;
    m.header.dst_die = die;
    m.header.dst_y = static_cast<std::uint8_t>(group / 32);
    m.header.dst_x = static_cast<std::uint8_t>(group % 32);
    bench.idle();
    top.inject_valid_i = 1;
    test::store_packet(m, top.inject_packet_i[0]);
    bench.cycle();
    bench.idle();
    bench.cycle();
    bench.settle();
  };
  bench.write_group(1, {.here = 0b00100});
  inject(3, 2);
  CHECK(top.link_valid_o == 1U << kWest);  // the exit is the west link of node (0,0)
  CHECK(top.lost_o == 0);
  const unsigned group = GENERATE(2U, kGroups + 1, 32U + 1);  // undefined, and beyond the table
  inject(RouterBench::kHere.die, group);
  CHECK(top.link_valid_o == 0);
  CHECK(top.eject_valid_o == 0);
  bench.cycle();
  bench.settle();
  CHECK(top.lost_o == 1);
  CHECK(top.lost_dst_o == (1U << 30 | RouterBench::kHere.die << 10 | group));
  for (unsigned i = 0; i < 3; ++i) bench.cycle();
  CHECK(top.busy_o == 0);
}

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

TEST_CASE("what the node sends is stamped within 16 of the stamp that came by last", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kSouth = 2;
  const noc::Class cls = noc::Class::Request;
  std::vector<unsigned> passing{100};  // far ahead, then further by one at a time, far behind, back by one at a time
  for (unsigned i = 1; i < 6; ++i) passing.push_back(100 + i);
  for (unsigned i = 0; i < 6; ++i) passing.push_back(900 - i);
  for (const unsigned stamp : passing) {
    golden::Message m = bench.message(kBehind[kSouth], cls);
    m.header.stamp = static_cast<std::uint16_t>(stamp);
    bench.idle();
    bench.arrive(0, m);
    bench.cycle();
    bench.idle();
    for (unsigned i = 0; i < 3; ++i) bench.cycle();
    bench.inject(bench.message(kBehind[kEast], cls));
    unsigned sent = 0;
    for (unsigned i = 0; i < 6; ++i) {
      bench.cycle();
      bench.idle();
      bench.settle();
      if ((top.link_valid_o >> kEast & 1) == 0) continue;
      ++sent;
      const unsigned ahead = (test::load_packet(top.link_packet_o[kEast]).header.stamp - stamp + 16) % 1024;
      INFO("it is " << static_cast<int>(ahead) - 16 << " ahead of " << stamp);
      CHECK(ahead <= 32);
    }
    CHECK(sent == 1);
    top.credit_i = 1U << (2 * kEast) | 1U << (2 * kSouth);
    bench.cycle();
  }
}

TEST_CASE("reset forgets whose turn it was", "[router]") {
  RouterBench bench;
  std::vector<std::vector<noc::Class>> orders;
  for (const noc::Class before : kClasses) {
    use_up_east(bench, before);
    bench.arrive(0, stamped(bench, before, 100, 0));
    bench.cycle();
    CHECK(leave_east(bench, before, 1).size() == 1);
    bench.reset();
    for (const noc::Class cls : kClasses) use_up_east(bench, cls);
    for (const noc::Class cls : kClasses) {
      bench.idle();
      bench.arrive(cls == noc::Class::Request ? 0 : 2, stamped(bench, cls, 100, 0));
      bench.cycle();
    }
    std::vector<noc::Class>& order = orders.emplace_back();
    for (unsigned cycle = 0; cycle < 10; ++cycle) {
      bench.idle();
      bench.top().credit_i = cycle == 0 ? 3U << (2 * kEast) : 0;
      bench.settle();
      if (bench.top().link_valid_o != 0) {
        order.push_back(test::load_packet(bench.top().link_packet_o[kEast]).header.cls);
      }
      bench.cycle();
    }
    CHECK(order.size() == 2);
    bench.reset();
  }
  CHECK(orders[0] == orders[1]);
}

TEST_CASE("a packet that has waited for two ticks goes before one with an older stamp that comes later", "[router]") {
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

TEST_CASE("a class sends as many packets as it has credits and keeps the others", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  const unsigned bit = static_cast<unsigned>(cls);
  constexpr unsigned kWest = 3;
  unsigned sent = 0, returned = 0;
  for (unsigned cycle = 0; cycle < 30; ++cycle) {
    bench.idle();
    if (cycle < 2 * RouterBench::kSlots) bench.arrive(kWest, bench.message(kBehind[kEast], cls, cycle));
    bench.settle();
    sent += top.link_valid_o >> kEast & 1;
    returned += top.credit_o >> (2 * kWest + bit) & 1;
    bench.cycle();
  }
  CHECK(sent == RouterBench::kSlots);
  CHECK(returned == RouterBench::kSlots);
  CHECK(top.busy_o == 1);
  SECTION("each credit lets one more through, in order, and frees its place") {
    for (unsigned i = 0; i < RouterBench::kSlots; ++i) {
      bench.idle();
      top.credit_i = 1U << (2 * kEast + bit);
      bench.cycle();
      bench.idle();
      bench.cycle();  // granted
      bench.settle();
      CHECK(top.credit_o == 1U << (2 * kWest + bit));
      bench.cycle();  // sent
      bench.settle();
      REQUIRE(top.link_valid_o == 1U << kEast);
      CHECK(test::load_packet(top.link_packet_o[kEast]).header.addr == RouterBench::kSlots + i);
      bench.cycle();
      bench.settle();
      CHECK(top.link_valid_o == 0);
    }
    CHECK(top.busy_o == 0);
  }
  SECTION("the other class goes on") {
    const noc::Class other = kClasses[1 - bit];
    bench.idle();
    bench.arrive(kWest, bench.message(kBehind[kEast], other, 77));
    bench.cycle();
    bench.idle();
    bench.settle();
    CHECK(top.link_valid_o == 1U << kEast);
    CHECK(test::load_packet(top.link_packet_o[kEast]).header.addr == 77);
  }
}

TEST_CASE("all senders and both classes get the same share of a contended link", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kSouth = 2, kRounds = 400;
  std::array<std::array<unsigned, 2>, kLinks> space;
  for (auto& link : space) link = {RouterBench::kSlots, RouterBench::kSlots};
  std::array<std::array<unsigned, 2>, 5> served{};
  std::array<unsigned, kLinks> sent{};  // one sender behind each link, which stamps as a router does
  for (unsigned cycle = 0; cycle < kRounds; ++cycle) {
    bench.settle();
    const unsigned credits = top.credit_o;
    const bool busy = top.link_valid_o >> kSouth & 1;
    const golden::Message out = test::load_packet(top.link_packet_o[kSouth]);
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
    for (unsigned c = 0; c < 2; ++c) {
      top.inject_valid_i |= 1U << c;
      test::store_packet(bench.message(kBehind[kSouth], kClasses[c], 4), top.inject_packet_i[c]);
    }
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

TEST_CASE("a router whose clock runs only while it is needed answers in the same cycles", "[router][sleep]") {
  RouterBench awake, sleepy;
  RouterBench* benches[] = {&awake, &sleepy};
  std::mt19937_64 random(test::seed());
  std::array<std::array<unsigned, 2>, kLinks> space, held{};
  for (auto& link : space) link = {RouterBench::kSlots, RouterBench::kSlots};
  std::array<std::deque<golden::Message>, 2> inject;
  unsigned slept = 0, moved = 0;
  std::uint32_t serial = 0;
  for (unsigned cycle = 0; cycle < 6000; ++cycle) {
    const bool burst = cycle / 50 % 2 == 0;
    for (auto* bench : benches) bench->idle();
    for (unsigned link = 0; link < kLinks; ++link) {
      const unsigned c = random() % 2, to = random() % 5;
      if (burst && random() % 3 == 0 && to != link && space[link][c] > 0) {
        --space[link][c];
        const auto m = awake.message(to == 4 ? RouterBench::kHere : kBehind[to], kClasses[c], serial++);
        for (auto* bench : benches) bench->arrive(link, m);
      }
      for (unsigned k = 0; k < 2; ++k) {
        if (held[link][k] > 0 && random() % 4 == 0) {
          --held[link][k];
          for (auto* bench : benches) bench->top().credit_i |= 1U << (2 * link + k);
        }
      }
    }
    for (unsigned c = 0; c < 2; ++c) {
      const unsigned to = random() % 5;
      if (burst && inject[c].empty() && random() % 3 == 0) {
        inject[c].push_back(awake.message(to == 4 ? RouterBench::kHere : kBehind[to], kClasses[c], serial++));
      }
      const bool ready = random() % 2 == 0;
      for (auto* bench : benches) {
        if (!inject[c].empty()) {
          bench->top().inject_valid_i |= 1U << c;
          test::store_packet(inject[c].front(), bench->top().inject_packet_i[c]);
        }
        bench->top().eject_ready_i |= static_cast<unsigned>(ready) << c;
      }
    }
    for (auto* bench : benches) bench->settle();
    auto& a = awake.top();
    auto& s = sleepy.top();
    REQUIRE(a.link_valid_o == s.link_valid_o);
    REQUIRE(a.credit_o == s.credit_o);
    REQUIRE(a.inject_ready_o == s.inject_ready_o);
    REQUIRE(a.eject_valid_o == s.eject_valid_o);
    REQUIRE(a.busy_o == s.busy_o);
    for (unsigned link = 0; link < kLinks; ++link) {
      for (unsigned c = 0; c < 2; ++c) space[link][c] += a.credit_o >> (2 * link + c) & 1;
      if ((a.link_valid_o >> link & 1) == 0) continue;
      ++moved;
      const auto m = test::load_packet(a.link_packet_o[link]);
      REQUIRE(m == test::load_packet(s.link_packet_o[link]));
      ++held[link][static_cast<unsigned>(m.header.cls)];
    }
    for (unsigned c = 0; c < 2; ++c) {
      if (a.inject_valid_i & a.inject_ready_o & 1U << c) inject[c].pop_front();
      if (a.eject_valid_o >> c & 1) {
        ++moved;
        REQUIRE(test::load_packet(a.eject_packet_o[c]) == test::load_packet(s.eject_packet_o[c]));
      }
    }
    // The parent's rule: busy, a link that is valid, or a credit that comes in.
    const bool clocked = s.busy_o || s.link_valid_i || s.credit_i;
    awake.cycle();
    if (clocked) {
      sleepy.cycle();
    } else {
      ++slept;
    }
  }
  CHECK(slept > 1000);
  CHECK(moved > 1000);
}
