// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// One router: ways, casts, credits, sleep.
#include <array>
#include <deque>
#include <random>
#include <vector>

#include "verif/tests/router/router_bench.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kLinks = RouterBench::kLinks;

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
        CHECK(load_packet(top.link_packet_o[to]) == expected);
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
    const golden::Message left = load_packet(top.link_packet_o[to]);
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
  constexpr unsigned kGroup = 5;
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
    expected.header.stamp = load_packet(top.link_packet_o[link]).header.stamp;
    CHECK(load_packet(top.link_packet_o[link]) == expected);
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
  CHECK(load_packet(top.link_packet_o[kEast]).header.ports == entry.east);
  CHECK(load_packet(top.link_packet_o[kEast]).header.addr == 42);
  CHECK(top.eject_valid_o == 0);
}

TEST_CASE("a cast to a group without ways is dropped and recorded, and one for another die leaves", "[router][cast]") {
  RouterBench bench;
  auto& top = bench.top();
  constexpr unsigned kGroups = 8;
  const auto inject = [&](std::uint32_t die, unsigned group) {
    golden::Message m;
    m.header.cast = true;
    m.header.dst_die = die;
    m.header.dst_y = static_cast<std::uint8_t>(group / 32);
    m.header.dst_x = static_cast<std::uint8_t>(group % 32);
    bench.idle();
    bench.inject(m);
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

TEST_CASE("packets without a way go nowhere and give their places back", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  constexpr unsigned kPackets = 3 * RouterBench::kSlots;
  unsigned sent = 0, returned = 0;
  for (unsigned cycle = 0; cycle < 10 * kPackets; ++cycle) {
    bench.idle();
    if (sent < kPackets && sent - returned < RouterBench::kSlots) {
      golden::Message m = bench.message(kBehind[kEast], cls, sent++);
      m.header.ports = 0;
      bench.arrive(kWest, m);
    }
    bench.settle();
    REQUIRE(top.link_valid_o == 0);
    REQUIRE(top.eject_valid_o == 0);
    returned += top.credit_o >> (2 * kWest + static_cast<unsigned>(cls)) & 1;
    bench.cycle();
  }
  CHECK(sent == kPackets);
  CHECK(returned == kPackets);
  CHECK(top.busy_o == 0);
  CHECK(top.lost_o == 1);
}

TEST_CASE("a class sends as many packets as it has credits and keeps the others", "[router]") {
  RouterBench bench;
  auto& top = bench.top();
  const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
  const unsigned bit = static_cast<unsigned>(cls);
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
      CHECK(load_packet(top.link_packet_o[kEast]).header.addr == RouterBench::kSlots + i);
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
    CHECK(load_packet(top.link_packet_o[kEast]).header.addr == 77);
  }
}

TEST_CASE("a router whose clock runs only while it is needed answers in the same cycles", "[router][sleep]") {
  RouterBench awake, sleepy;
  RouterBench* benches[] = {&awake, &sleepy};
  std::mt19937_64 random(seed());
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
        if (!inject[c].empty()) bench->inject(inject[c].front());
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
      const auto m = load_packet(a.link_packet_o[link]);
      REQUIRE(m == load_packet(s.link_packet_o[link]));
      ++held[link][static_cast<unsigned>(m.header.cls)];
    }
    for (unsigned c = 0; c < 2; ++c) {
      if (a.inject_valid_i & a.inject_ready_o & 1U << c) inject[c].pop_front();
      if (a.eject_valid_o >> c & 1) {
        ++moved;
        REQUIRE(load_packet(a.eject_packet_o[c]) == load_packet(s.eject_packet_o[c]));
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

}  // namespace tatami::test
