// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Routes that software has written: the table's entries, and the die's exit.
#include <array>
#include <random>

#include "verif/tests/router/router_bench.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kLinks = RouterBench::kLinks;
constexpr golden::Place kFar{7, 4, 5}, kBeside{7, 4, 6}, kOtherDie{3, 0, 0};
constexpr noc::Port kPorts[] = {noc::Port::North, noc::Port::East, noc::Port::South, noc::Port::West};

/// An entry by links: the one that packets take which begin here, and behind each link the next one.
struct Ways {
  unsigned here;
  std::array<unsigned, kLinks> next;

  noc::RouteEntry entry() const {
    return {kPorts[here], kPorts[next[kNorth]], kPorts[next[kEast]], kPorts[next[kSouth]], kPorts[next[kWest]]};
  }
};

/// Straight on, to the right or to the left; never back.
Ways random_ways(std::mt19937_64& random) {
  Ways ways{static_cast<unsigned>(random() % kLinks), {}};
  for (unsigned l = 0; l < kLinks; ++l) ways.next[l] = (l + 3 + random() % 3) % kLinks;
  return ways;
}

/// What has left an empty router: by which links, and the last packet.
struct Left {
  unsigned links = 0;
  golden::Message packet;
};

/// Lets a packet leave that has arrived, or that the node has injected, and gives the credit back.
Left leave(RouterBench& bench, noc::Class cls) {
  Left left;
  for (unsigned cycle = 0; cycle < 4; ++cycle) {
    bench.cycle();
    bench.idle();
    bench.settle();
    for (unsigned l = 0; l < kLinks; ++l) {
      if ((bench.top().link_valid_o >> l & 1) == 0) continue;
      left.links |= 1U << l;
      left.packet = load_packet(bench.top().link_packet_o[l]);
      bench.top().credit_i = static_cast<std::uint8_t>(1U << (2 * l + static_cast<unsigned>(cls)));
    }
  }
  return left;
}

/// A packet that begins here takes these ways.
void check_injected(RouterBench& bench, const golden::Place& destination, unsigned here, unsigned next) {
  for (const noc::Class cls : kClasses) {
    bench.inject(bench.message(destination, cls));
    const Left left = leave(bench, cls);
    CHECK(left.links == 1U << here);
    CHECK(left.packet.header.ports == RouterBench::set_of(kPorts[next]));
  }
}

}  // namespace

TEST_CASE("packets take the ports that the table says, once tables are on", "[router]") {
  RouterBench bench;
  std::mt19937_64 random(seed());
  bench.write_route(kFar, random_ways(random).entry());
  check_injected(bench, kFar, kEast, kEast);  // still X first
  bench.write_exit({.by_table = true, .port = noc::Port::West});
  for (unsigned round = 0; round < 20; ++round) {
    const Ways ways = random_ways(random);
    bench.write_route(kFar, ways.entry());
    bench.write_route(kBeside, random_ways(random).entry());
    CAPTURE(round, ways.here, ways.next);
    check_injected(bench, kFar, ways.here, ways.next[ways.here]);
    for (unsigned from = 0; from < kLinks; ++from) {
      for (unsigned to = 0; to < kLinks; ++to) {
        if (from == to) continue;
        golden::Message sent = bench.message(kFar, noc::Class::Request);
        sent.header.ports = RouterBench::set_of(kPorts[to]);  // which the router before has looked up
        bench.arrive(from, sent);
        const Left left = leave(bench, noc::Class::Request);
        CHECK(left.links == 1U << to);
        CHECK(left.packet.header.ports == RouterBench::set_of(kPorts[ways.next[to]]));
      }
    }
  }
}

TEST_CASE("packets for other dies go to the exit, as the table says or X first", "[router]") {
  RouterBench bench;
  std::mt19937_64 random(seed());
  // Northwards: Y comes after X.
  bench.write_exit({.by_table = false, .port = noc::Port::East, .y = 0, .x = 1});
  check_injected(bench, kOtherDie, kNorth, kEast);
  Ways ways = random_ways(random);
  bench.write_route(kFar, ways.entry());
  bench.write_exit({.by_table = true, .port = noc::Port::South, .y = kFar.y, .x = kFar.x});
  check_injected(bench, kOtherDie, ways.here, ways.next[ways.here]);
  // An entry that is written later counts, too; that of another node does not.
  for (unsigned round = 0; round < 8; ++round) {
    ways = random_ways(random);
    bench.write_route(kFar, ways.entry());
    bench.write_route(kBeside, random_ways(random).entry());
    check_injected(bench, kOtherDie, ways.here, ways.next[ways.here]);
  }
  // The exit is here.
  bench.write_exit({.by_table = true, .port = noc::Port::South, .y = RouterBench::kHere.y, .x = RouterBench::kHere.x});
  bench.inject(bench.message(kOtherDie, noc::Class::Request));
  CHECK(leave(bench, noc::Class::Request).links == 1U << kSouth);
  // Of a node beyond the die the table knows no way.
  bench.write_exit({.by_table = true, .port = noc::Port::South, .y = 20, .x = 20});
  bench.inject(bench.message(kOtherDie, noc::Class::Request));
  CHECK(leave(bench, noc::Class::Request).links == 0);
  CHECK(bench.top().lost_dst_o == kOtherDie.die << 10);
}

}  // namespace tatami::test
