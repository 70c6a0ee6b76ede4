// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "verif/tests/router/mesh_bench.hpp"

using tatami::noc::Class;
using tatami::test::MeshBench;

namespace {

constexpr unsigned kNodes = MeshBench::kNodes;
constexpr unsigned kHost = MeshBench::kHost;
constexpr Class kClasses[] = {Class::Request, Class::Response};
constexpr unsigned kRequest = 0;
constexpr unsigned kResponse = 1;

/// All packets that were posted arrive within so many cycles, and every credit comes home: the mesh is as good as new
/// and nobody stays awake.
void check_all_arrive(MeshBench& bench, std::uint64_t posted, unsigned cycles) {
  bench.drain(cycles);
  std::uint64_t received = 0;
  for (const auto& endpoint : bench.received) received += endpoint[kRequest] + endpoint[kResponse];
  CHECK(received == posted);
  bench.stalls = {};
  for (unsigned i = 0; i < 10; ++i) bench.cycle();
  CHECK_FALSE(bench.busy());
}

}  // namespace

TEST_CASE("random traffic between all nodes and the host arrives once and in order", "[router][mesh]") {
  struct Mix {
    const char* name;
    MeshBench::Stalls stalls;
  };
  const Mix mix = GENERATE(Mix{"no stalls", {}}, Mix{"slow receivers", {0, {0.7, 0.7}, 0}},
                           Mix{"slow responses", {0, {0.1, 0.9}, 0.2}}, Mix{"late credits", {0, {0.1, 0.1}, 0.8}},
                           Mix{"everything", {0.5, {0.5, 0.5}, 0.5}}, Mix{"idle", {0.97, {0.2, 0.2}, 0.3}});
  INFO(mix.name);
  MeshBench bench(tatami::test::seed());
  bench.stalls = mix.stalls;
  std::uint64_t posted = 0;
  for (unsigned cycle = 0; cycle < 1500; ++cycle) {
    for (unsigned from = 0; from <= kHost; ++from) {
      for (const Class cls : kClasses) {
        if (bench.waiting(from, cls) >= 4) continue;
        const unsigned to = static_cast<unsigned>(bench.random()() % (kHost + 1));
        if (from == kHost && to == kHost) continue;
        bench.post(from, to, cls);
        ++posted;
      }
    }
    bench.cycle();
  }
  check_all_arrive(bench, posted, 5000);
  for (unsigned from = 0; from < kNodes; ++from) {
    if (from % MeshBench::kCols == MeshBench::kCols - 1) continue;
    for (unsigned i = 0; i < 100; ++i) bench.post(from, from + 1, Class::Request);
  }
  bench.drain(100 + 5);
}

TEST_CASE("an empty mesh takes one cycle per hop and two more", "[router][mesh]") {
  MeshBench bench(tatami::test::seed());
  for (unsigned from = 0; from < kNodes; ++from) {
    for (unsigned to = 0; to < kNodes; ++to) {
      for (const Class cls : kClasses) {
        bench.post(from, to, cls);
        bench.drain(20);
        INFO("from node " << from << " to node " << to);
        CHECK(bench.last_latency == bench.mesh().latency(MeshBench::place(from), MeshBench::place(to)));
      }
    }
    // The host is not a node: its packets are on its link, which takes no cycle to leave.
    bench.post(from, kHost, Class::Response);
    bench.drain(20);
    CHECK(bench.last_latency == bench.mesh().latency(MeshBench::place(from), MeshBench::place(kHost)) - 1);
    // What comes over the edge is stored while it is routed: two cycles more.
    bench.post(kHost, from, Class::Request);
    bench.drain(20);
    CHECK(bench.last_latency == bench.mesh().latency(MeshBench::place(0), MeshBench::place(from)) + 1);
  }
}

TEST_CASE("random casts among other packets reach every member once and in order", "[router][mesh][cast]") {
  struct Mix {
    const char* name;
    MeshBench::Stalls stalls;
  };
  const Mix mix = GENERATE(Mix{"no stalls", {}}, Mix{"slow receivers", {0, {0.7, 0.7}, 0}},
                           Mix{"slow responses", {0, {0.1, 0.9}, 0.2}}, Mix{"late credits", {0, {0.1, 0.1}, 0.8}},
                           Mix{"everything", {0.5, {0.5, 0.5}, 0.5}}, Mix{"idle", {0.97, {0.2, 0.2}, 0.3}});
  INFO(mix.name);
  constexpr unsigned kGroups = 8;  // of the `small` configuration
  MeshBench bench(tatami::test::seed());
  for (unsigned g = 0; g < kGroups; ++g) {
    std::vector<unsigned> members;
    while (members.empty()) {
      for (unsigned n = 0; n < kNodes; ++n) {
        if (g == 0 || bench.random()() % 3 == 0) members.push_back(n);
      }
    }
    bench.define_group(g, members);
  }
  bench.stalls = mix.stalls;
  std::uint64_t posted = 0;
  for (unsigned cycle = 0; cycle < 1500; ++cycle) {
    for (unsigned from = 0; from <= kHost; ++from) {
      for (const Class cls : kClasses) {
        if (bench.waiting(from, cls) >= 4) continue;
        if (bench.random()() % 4 == 0) {
          const auto group = static_cast<unsigned>(bench.random()() % kGroups);
          bench.post_cast(from, group, cls);
          posted += bench.mesh().members(group).size();
        } else {
          bench.post(from, static_cast<unsigned>(bench.random()() % kNodes), cls);
          ++posted;
        }
      }
    }
    bench.cycle();
  }
  check_all_arrive(bench, posted, 20000);
}

TEST_CASE("a cast takes one cycle per hop to each member, and one per cycle can follow", "[router][mesh][cast]") {
  MeshBench bench(tatami::test::seed());
  std::vector<unsigned> all;
  for (unsigned n = 0; n < kNodes; ++n) all.push_back(n);
  bench.define_group(5, all);
  for (unsigned from = 0; from < kNodes; ++from) {
    bench.post_cast(from, 5, Class::Request);
    bench.drain(20);
    for (unsigned to = 0; to < kNodes; ++to) {
      INFO("from node " << from << " to node " << to);
      CHECK(bench.latency[to] == bench.mesh().latency(MeshBench::place(from), MeshBench::place(to)));
    }
  }
  constexpr unsigned kPackets = 500;
  for (unsigned i = 0; i < kPackets; ++i) bench.post_cast(0, 5, Class::Response);
  bench.drain(kPackets + 6);
}

TEST_CASE("a class whose receivers are blocked does not hold up the other", "[router][mesh]") {
  const unsigned blocked = GENERATE(kRequest, kResponse);
  const unsigned flowing = 1 - blocked;
  MeshBench bench(tatami::test::seed());
  bench.stalls.eject[blocked] = 1;
  const auto post_all = [&](unsigned cls) {
    for (unsigned from = 0; from < kNodes; ++from) {
      if (bench.waiting(from, kClasses[cls]) < 4) {
        bench.post(from, static_cast<unsigned>(bench.random()() % kNodes), kClasses[cls]);
      }
    }
  };
  for (unsigned cycle = 0; cycle < 300; ++cycle) {  // fill the mesh with packets that cannot leave
    post_all(blocked);
    bench.cycle();
  }
  const auto count = [&](unsigned cls) {
    std::uint64_t sum = 0;
    for (const auto& endpoint : bench.received) sum += endpoint[cls];
    return sum;
  };
  REQUIRE(count(blocked) == 0);
  constexpr unsigned kCycles = 500;
  for (unsigned cycle = 0; cycle < kCycles; ++cycle) {
    post_all(blocked);
    post_all(flowing);
    bench.cycle();
  }
  CHECK(count(blocked) == 0);
  CHECK(count(flowing) > kCycles * kNodes / 2);  // uniform random traffic on 3 x 3 with one class alone
  bench.stalls.eject[blocked] = 0;
  bench.drain(2000);
}

TEST_CASE("a link carries one packet per cycle for as long as there are packets", "[router][mesh]") {
  const Class cls = GENERATE(Class::Request, Class::Response);
  constexpr unsigned kPackets = 500;
  MeshBench bench(tatami::test::seed());
  SECTION("to the neighbour, all rows at once") {
    for (unsigned i = 0; i < kPackets; ++i) {
      for (unsigned row = 0; row < 3; ++row) bench.post(3 * row, 3 * row + 1, cls);
    }
    bench.drain(kPackets + 3);
  }
  SECTION("across the die") {
    for (unsigned i = 0; i < kPackets; ++i) bench.post(0, 8, cls);
    bench.drain(kPackets + 6);
  }
  SECTION("to the own node") {
    for (unsigned i = 0; i < kPackets; ++i) bench.post(4, 4, cls);
    bench.drain(kPackets + 2);
  }
  SECTION("from the host and to the host at once") {
    for (unsigned i = 0; i < kPackets; ++i) {
      bench.post(kHost, 2, cls);
      bench.post(6, kHost, cls);
    }
    bench.drain(kPackets + 5);
  }
}

TEST_CASE("both classes share a link evenly", "[router][mesh]") {
  MeshBench bench(tatami::test::seed());
  for (unsigned i = 0; i < 300; ++i) {
    for (const Class cls : kClasses) bench.post(3, 4, cls);
  }
  for (unsigned i = 0; i < 200; ++i) bench.cycle();
  const auto [request, response] = bench.received[4];
  CHECK(request + response >= 196);
  CHECK(std::max(request, response) - std::min(request, response) <= 1);
}

TEST_CASE("of a node that everybody writes to, every writer gets the same share", "[router][mesh]") {
  MeshBench bench(tatami::test::seed());
  constexpr unsigned kCycles = 1800;
  const auto write = [&](unsigned cycles, unsigned writers) {
    bench.received_from = {};
    for (unsigned cycle = 0; cycle < cycles; ++cycle) {
      for (unsigned from = 0; from < writers; ++from) {
        if (bench.waiting(from, Class::Request) < 4) bench.post(from, 4, Class::Request);
      }
      bench.cycle();
    }
  };
  SECTION("when all begin together") {
    write(kCycles, kNodes);
    CHECK(bench.received[4][kRequest] >= kCycles - 8);
    for (unsigned from = 0; from < kNodes; ++from) {
      INFO("writer " << from);
      CHECK(bench.received_from[from] == Approx(kCycles / 9.0).margin(16));
    }
  }
  SECTION("and one that wrote alone before pays for it for a time that is bounded") {
    // Nodes 3 and 5 to 8 do not see what node 0 writes, and begin to count when they begin to write.
    constexpr unsigned kAlone = 800, kPacketsPerStamp = 8, kAging = 64;
    write(kAlone, 1);
    write(kAlone / kPacketsPerStamp * kAging, kNodes);
    write(kCycles, kNodes);
    for (unsigned from = 0; from < kNodes; ++from) {
      INFO("writer " << from);
      CHECK(bench.received_from[from] >= kCycles / 15 / 2);  // by links alone, the fewest would get 1/15
    }
  }
}

TEST_CASE("a writer that was silent does not catch up", "[router][mesh]") {
  MeshBench bench(tatami::test::seed());
  const auto write = [&](unsigned cycles, std::initializer_list<unsigned> writers) {
    bench.received_from = {};
    for (unsigned cycle = 0; cycle < cycles; ++cycle) {
      for (const unsigned from : writers) {
        if (bench.waiting(from, Class::Request) < 4) bench.post(from, 5, Class::Request);
      }
      bench.cycle();
    }
  };
  write(600, {3});  // passes by node 4
  write(600, {3, 4});
  CHECK(bench.received_from[4] == Approx(300).margin(8 * 16 + 16));  // `Near`: 16 stamps
}
