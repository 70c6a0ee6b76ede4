// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Dead nodes, routing tables and host threads.

#include <map>

#include "sim/engine/mesh_device.hpp"
#include "sim/routing/route_entry.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/tests/engine/traffic.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;
using engine::MeshOptions;
using End = RunStatus::End;

constexpr unsigned kLists = 0x1000, kSource = 0x3000, kInbox = 0x4000, kSlot = 256;

/// Puts a block from every live node into a slot of its own at every other one, and waits for all blocks.
void start_all_to_all(MeshDevice& device) {
  const auto& live = device.mesh().live();
  for (const unsigned n : live) {
    const NodeId id = device.mesh().id(n);
    std::vector<std::uint8_t> lists;
    for (const unsigned to : live) {
      if (to == n) continue;
      const noc::Descriptor d{.dst = remote(device.mesh().id(to), kInbox + kSlot * n),
                              .src = kSource,
                              .row_bytes = 200,
                              .rows = 1,
                              .kind = noc::Kind::Put,
                              .post = true,
                              .sem = 3};
      const auto words = d.pack();
      const auto bytes = bytes_of(words);
      lists.insert(lists.end(), bytes.begin(), bytes.end());
    }
    device.write(id, kLists, lists);
    device.write(id, kSource, random_bytes(n, 200));
    Assembler as;
    as.li(a1, kLists);
    as.li(a2, static_cast<std::int64_t>(live.size() - 1));
    as.xfer(a1, a2);
    as.li(a1, 3);
    as.sem_wait(a1, a2);
    as.thread_exit(zero);
    load(device, id, 0, as);
    device.start(id, 0, 0);
  }
}

void check_all_to_all(MeshDevice& device) {
  for (const unsigned n : device.mesh().live()) {
    for (const unsigned from : device.mesh().live()) {
      if (from == n) continue;
      std::vector<std::uint8_t> block(200);
      device.read(device.mesh().id(n), kInbox + kSlot * from, block);
      INFO("block of node " << from << " at node " << n);
      REQUIRE(block == random_bytes(from, 200));
    }
  }
}

TEST_CASE("programs exchange data around dead nodes and links", "[engine][die]") {
  const auto library = open_model("small");
  const MeshOptions options = GENERATE(
      MeshOptions{.rows = 3, .cols = 3, .seed = seed(), .dead_nodes = {{1, 1}}},
      MeshOptions{
          .rows = 4, .cols = 4, .seed = seed(), .dead_nodes = {{0, 0}, {2, 1}}, .dead_links = {{{1, 2}, kEast}}},
      MeshOptions{.rows = 2, .cols = 5, .seed = seed(), .dead_nodes = {{0, 2}}});
  MeshDevice device(library, options);
  start_all_to_all(device);
  REQUIRE(device.run(20'000).end == End::Idle);
  check_all_to_all(device);
}

constexpr unsigned kCasts = 0x8000, kResult = 0x7F00;

/// Every member of each group casts a block into a slot of its own at all members, and waits for all blocks.
void start_casts(MeshDevice& device, const std::vector<std::vector<NodeId>>& sets,
                 const std::vector<std::optional<unsigned>>& groups) {
  std::map<unsigned, std::vector<noc::Descriptor>> lists;
  std::map<unsigned, std::int64_t> blocks;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (const NodeId from : sets[i]) {
      const unsigned n = device.mesh().index(from);
      lists[n].push_back({.dst = noc::group_address(0, groups[i].value(), kCasts + 4096 * i + kSlot * n),
                          .src = kSource,
                          .row_bytes = 200,
                          .rows = 1,
                          .kind = noc::Kind::Put,
                          .post = true,
                          .sem = 3});
      blocks[n] += static_cast<std::int64_t>(sets[i].size());
    }
  }
  for (const auto& [n, list] : lists) {
    const NodeId id = device.mesh().id(n);
    for (std::size_t i = 0; i < list.size(); ++i) load(device, id, kLists + 64 * i, list[i]);
    device.write(id, kSource, random_bytes(n, 200));
    Assembler as;
    as.li(a1, kLists);
    as.li(a2, static_cast<std::int64_t>(list.size()));
    as.xfer(a1, a2);
    as.li(a1, 3);
    as.li(a2, blocks[n]);
    as.sem_wait(a1, a2);
    as.csrr(a1, isa::csr::mcycle);
    as.li(a2, kResult);
    as.sd(a1, a2, 0);
    as.thread_exit(zero);
    load(device, id, 0, as);
    device.start(id, 0, 0);
  }
}

void check_casts(MeshDevice& device, const std::vector<std::vector<NodeId>>& sets) {
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (const unsigned n : device.mesh().live()) {
      const NodeId at = device.mesh().id(n);
      for (const NodeId from : sets[i]) {
        const unsigned sender = device.mesh().index(from);
        const bool member = std::ranges::find(sets[i], at) != sets[i].end();
        std::vector<std::uint8_t> block(200);
        device.read(at, kCasts + 4096 * i + kSlot * sender, block);
        INFO("set " << i << ", block of node " << sender << " at node " << n);
        REQUIRE(block == (member ? random_bytes(sender, 200) : std::vector<std::uint8_t>(200)));
      }
    }
  }
}

TEST_CASE("casts reach the members of a group around dead nodes, and only them", "[engine][die][cast]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 4, .cols = 4, .seed = seed(), .dead_nodes = {{1, 1}, {3, 2}}});
  const std::vector<std::vector<NodeId>> sets{
      {{1, 0}, {1, 2}, {1, 3}}, {{0, 1}, {2, 1}, {3, 1}}, {{0, 0}, {0, 3}, {2, 2}, {3, 0}, {3, 3}}};
  const auto groups = device.define_groups(sets);
  start_casts(device, sets, groups);
  REQUIRE(device.run(20'000).end == End::Idle);
  check_casts(device, sets);
}

TEST_CASE("groups that come through the mesh are those of the back door", "[engine][die][cast]") {
  const auto library = open_model("small");
  const MeshOptions options{.rows = 3, .cols = 3, .seed = seed(), .dead_nodes = {{1, 1}}};
  const std::vector<std::vector<NodeId>> sets{{{1, 0}, {1, 2}, {0, 1}}, {{2, 0}, {0, 0}, {0, 2}, {2, 2}}};
  const auto run = [&](bool packets) {
    MeshDevice device(library, options);
    const routing::Grid& grid = device.mesh().grid();
    std::vector<std::vector<unsigned>> members;
    for (const auto& set : sets) {
      members.emplace_back();
      for (const NodeId id : set) members.back().push_back(grid.number(id));
    }
    const auto made = routing::make_groups(grid, routing::make_routes(grid).tables, members, 8);
    const auto groups = packets ? made.numbers : device.define_groups(sets);
    CHECK(groups == made.numbers);
    for (const unsigned n : device.mesh().live()) {
      for (unsigned g = 0; g < 8; ++g) {
        // The same packets for both, so that times are the same; one changes nothing.
        const auto entry = packets ? routing::group_entry(grid, made.groups.tables, n, g).pack() : 0;
        device.mesh().host().send_control(
            grid.id(n), packets ? noc::kCtrlGroupBase + noc::kCtrlStride * g : noc::kCtrlSemBase + noc::kCtrlStride,
            entry);
      }
    }
    start_casts(device, sets, groups);
    REQUIRE(device.run(20'000).end == End::Idle);
    check_casts(device, sets);
    std::vector<std::vector<std::uint8_t>> memories;
    for (const unsigned n : device.mesh().live()) memories.push_back(memory(device, grid.id(n), 65536));
    return memories;  // with times
  };
  CHECK(run(true) == run(false));
}

TEST_CASE("a cast of a node that is no member is reported", "[engine][die][cast]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 2, .cols = 3, .seed = seed()});
  CHECK_THROWS_AS(device.define_groups({{{2, 0}}}), std::out_of_range);
  CHECK(device.define_groups({{}, {{1, 1}}}) == std::vector<std::optional<unsigned>>{std::nullopt, 0U});
  const auto groups = device.define_groups({{{0, 0}, {0, 1}}});  // in place of those
  REQUIRE(groups[0] == 0U);
  start_transfer(
      device, {1, 2}, kLists,
      {.dst = noc::group_address(0, 0, 0x100), .src = 0x200, .row_bytes = 8, .rows = 1, .kind = noc::Kind::Put});
  const RunStatus status = device.run(10'000);
  REQUIRE(status.errors.size() == 1);
  CHECK(status.errors[0] == "Node (y 1, x 2) dropped a cast to group 0, of which it is no member.");
}

TEST_CASE("a dead node cannot be used", "[engine][die]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 2, .cols = 2, .seed = seed(), .dead_nodes = {{0, 1}}});
  std::array<std::uint8_t, 8> bytes{};
  CHECK_THROWS_AS(device.write({0, 1}, 0, bytes), std::out_of_range);
  CHECK_THROWS_AS(device.start({0, 1}, 0, 0), std::out_of_range);
  CHECK(device.mesh().live().size() == 3);
  CHECK_THROWS_AS(MeshDevice(library, {.rows = 2, .cols = 9, .dead_nodes = {{0, 1}}}), std::invalid_argument);
  CHECK_THROWS_AS(MeshDevice(library, {.rows = 1, .cols = 1, .dead_nodes = {{0, 0}}}), std::invalid_argument);
}

TEST_CASE("a packet for a dead or absent node is reported, and the other nodes go on", "[engine][die]") {
  const auto library = open_model("small");
  const auto [to, name] = GENERATE(std::pair{NodeId{1, 1}, "(y 1, x 1)"}, std::pair{NodeId{4, 9}, "(y 4, x 9)"});
  MeshDevice device(library, {.rows = 2, .cols = 3, .seed = seed(), .dead_nodes = {{1, 1}}});
  start_transfer(device, {0, 2}, kLists,
                 {.dst = remote(to, 0x100), .src = 0x200, .row_bytes = 8, .rows = 1, .kind = noc::Kind::Put});
  const RunStatus status = device.run(10'000);
  REQUIRE(status.end == End::Fault);
  REQUIRE(status.errors.size() == 1);
  CHECK(status.errors[0] == std::string("Node (y 0, x 2) dropped a packet to node ") + name +
                                ", which is dead or absent: no route leads there.");
  // Everything else still works: the same nodes exchange data.
  start_all_to_all(device);
  CHECK(device.run(20'000).threads.empty());
  check_all_to_all(device);
}

TEST_CASE("routes that come through the mesh count from then on", "[engine][die]") {
  const auto library = open_model("small");
  MeshDevice device(library, {.rows = 2, .cols = 2, .seed = seed()});
  // Node (0,0) forgets the way to (1,1), and the host's packets to (1,1) are routed there.
  device.mesh().host().send_control({0, 0}, noc::kCtrlRouteBase + noc::kCtrlStride * (32 * 1 + 1), 0x7FFF);
  CHECK(device.run(1000).end == End::Idle);
  device.mesh().host().send_control({1, 1}, noc::kCtrlSemBase, 1);
  RunStatus status = device.run(1000);
  REQUIRE(status.end == End::Fault);
  CHECK(status.errors[0].find("dropped a packet to node (y 1, x 1)") != std::string::npos);
  // Without tables the way is X first, then Y.
  device.mesh().host().send_control({0, 0}, noc::kCtrlExitBase, noc::RouteExit{.port = noc::Port::West}.pack());
  device.run(1000);
  device.mesh().host().send_control({1, 1}, noc::kCtrlStartBase, 0x40);
  Assembler as;
  as.li(a1, 55);
  as.thread_exit(a1);
  load(device, {1, 1}, 0x40, as);
  device.run(1000);
  CHECK(device.mesh().node(3).thread(0).value == 55);
}

TEST_CASE("a port at another edge sends into the die, and gets what leaves there", "[engine][die][edge]") {
  const auto library = open_model("small");
  const auto [node, edge, out] =
      GENERATE(std::tuple{NodeId{0, 1}, kNorth, noc::Port::North}, std::tuple{NodeId{1, 2}, kEast, noc::Port::East},
               std::tuple{NodeId{1, 1}, kSouth, noc::Port::South}, std::tuple{NodeId{1, 0}, kWest, noc::Port::West});
  MeshDevice device(library, {.rows = 2, .cols = 3, .seed = seed()});
  engine::HostPort port(0, device.mesh().info().noc_buffer_depth);
  CHECK_THROWS_AS(device.mesh().attach({0, 0}, kWest, port), std::invalid_argument);  // the host's
  CHECK_THROWS_AS(device.mesh().attach({0, 1}, kSouth, port), std::invalid_argument);
  device.mesh().attach(node, edge, port);
  // In: data for every node, from both ports at once.
  for (unsigned n = 0; n < 6; ++n) {
    port.send_data(device.mesh().id(n), 0x400, random_bytes(n, 640));
    device.load(device.mesh().id(n), 0x800, random_bytes(n + 10, 640));
  }
  REQUIRE(device.run(1000).end == End::Idle);
  for (unsigned n = 0; n < 6; ++n) {
    std::vector<std::uint8_t> bytes(640);
    device.read(device.mesh().id(n), 0x400, bytes);
    CHECK(bytes == random_bytes(n, 640));
    device.read(device.mesh().id(n), 0x800, bytes);
    CHECK(bytes == random_bytes(n + 10, 640));
  }
  // Out: once all routers know it as the exit, what is for another die leaves there.
  for (unsigned n = 0; n < 6; ++n) {
    const noc::RouteExit exit{
        .by_table = true, .port = out, .y = static_cast<std::uint8_t>(node.y), .x = static_cast<std::uint8_t>(node.x)};
    device.mesh().host().send_control(device.mesh().id(n), noc::kCtrlExitBase, exit.pack());
  }
  device.run(1000);
  start_transfer(device, {0, 2}, kLists,
                 {.dst = noc::global_address(noc::Region::Sram, 9, 3, 4, 0x100),
                  .src = 0x400,
                  .row_bytes = 640,
                  .rows = 1,
                  .kind = noc::Kind::Put});
  REQUIRE(device.run(1000).end == End::Idle);
  CHECK(port.received().size() == 10);
  CHECK(device.mesh().host().received().empty());
}

TEST_CASE("any number of host threads gives the same bits in the same cycles", "[engine][die]") {
  const auto library = open_model("small");
  const auto run = [&](unsigned threads) {
    MeshDevice device(library, {.rows = 4, .cols = 4, .seed = seed(), .threads = threads});
    std::vector<NodeId> all;
    for (unsigned n = 0; n < 16; ++n) all.push_back(device.mesh().id(n));
    const auto group = device.define_groups({all});
    for (const NodeId id : all) {
      for (const Segment& segment : traffic(id, 4, 4, seed(), group[0].value()))
        device.write(id, segment.address, segment.bytes);
      device.start(id, 0, 0);
    }
    REQUIRE(device.run(30'000).end == End::Idle);
    std::vector<std::vector<std::uint8_t>> memories;
    for (unsigned n = 0; n < 16; ++n) memories.push_back(memory(device, device.mesh().id(n), 65536));
    return std::tuple(device.time(), device.last_run().packets(0), device.last_run().packets(1),
                      device.last_run().node_cycles(), device.mesh().work_cycles(), memories);  // results hold times
  };
  const auto one = run(1);
  for (const unsigned threads : {2U, 3U, 16U, 40U}) {
    INFO(threads << " host threads");
    CHECK(run(threads) == one);
  }
}

}  // namespace
}  // namespace tatami::test
