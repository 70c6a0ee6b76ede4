// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/engine/mesh.hpp"

#include <Vmesh_2x2_tb.h>
#include <Vmesh_3x3_tb.h>

#include "sim/routing/route_entry.hpp"
#include "verif/tests/engine/flat_mesh.hpp"
#include "verif/tests/engine/traffic.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kThreads = 2;
constexpr unsigned kBanks = 8;
constexpr unsigned kRows = 128;

/// Sends a group of all nodes and the traffic program to all of them through the host's link, and starts it.
void queue_traffic(engine::HostPort& host, unsigned rows, unsigned cols) {
  constexpr unsigned kGroup = 6;
  const routing::Grid grid(rows, cols, {}, {});
  std::vector<unsigned> all;
  for (unsigned n = 0; n < rows * cols; ++n) all.push_back(n);
  const auto made = routing::make_groups(grid, routing::make_routes(grid).tables, {all}, 1);
  REQUIRE(made.numbers[0] == 0U);
  for (const unsigned n : all) {
    host.send_control(grid.id(n), noc::kCtrlGroupBase + noc::kCtrlStride * kGroup,
                      routing::group_entry(grid, made.groups.tables, n, 0).pack());
  }
  for (unsigned n = 0; n < rows * cols; ++n) {
    const NodeId id{n / cols, n % cols};
    for (const Segment& segment : traffic(id, rows, cols, seed(), kGroup)) {
      std::vector<std::uint8_t> bytes = segment.bytes;
      bytes.resize((bytes.size() + 7) / 8 * 8);
      host.send_data(id, segment.address, bytes);
    }
    host.send_control(id, noc::kCtrlStartBase, 0);
  }
}

/// Compares everything that a node shows; returns what differs, or nothing.
template <class Top>
std::string difference(Top& flat, const engine::Mesh& mesh, unsigned n) {
  const engine::NodePins& pins = mesh.node(n).pins();
  if (flat.link_valid_o[n] != *pins.valid_out) return "link valids";
  if (flat.credit_o[n] != *pins.credit_out) return "credits";
  for (unsigned d = 0; d < kDirections; ++d) {
    if ((*pins.valid_out >> d & 1) == 0) continue;
    for (unsigned w = 0; w < engine::kPacketWords; ++w) {
      if (flat.link_packet_o[4 * n + d][w] != pins.packet_out[d][w]) return "packet on link " + std::to_string(d);
    }
  }
  const unsigned channels = mesh.node(n).retirement_channels();
  for (unsigned c = 0; c < channels; ++c) {
    const engine::Retirement retired = mesh.node(n).retirement(c);
    if ((flat.retire_valid_o[n] >> c & 1) != retired.valid) return "retirement on channel " + std::to_string(c);
    if (retired.valid && flat.retire_pc_o[channels * n + c] != retired.pc) return "pc on channel " + std::to_string(c);
  }
  for (unsigned t = 0; t < kThreads; ++t) {
    if (flat.thread_state_o[kThreads * n + t] != static_cast<unsigned>(mesh.node(n).thread(t).state))
      return "thread state";
  }
  return {};
}

/// Runs the traffic program on both machines; returns the final SRAM of all nodes.
template <class Top>
std::vector<std::vector<std::uint8_t>> compare(unsigned rows, unsigned cols, bool sleep, const std::string& top_name) {
  INFO(rows << "x" << cols << (sleep ? ", nodes sleep" : ", nodes never sleep"));
  const engine::ModelLibrary library = open_model("small");
  engine::Mesh mesh(library.factory(), {.rows = rows, .cols = cols, .seed = seed(), .sleep = sleep});
  FlatMesh<Top> flat(rows, cols, sleep, top_name);
  queue_traffic(mesh.host(), rows, cols);
  queue_traffic(flat.host(), rows, cols);
  constexpr unsigned kLimit = 20'000;
  while (!(mesh.quiet() && flat.quiet()) && mesh.time() < kLimit) {
    mesh.step();
    flat.step();
    for (unsigned n = 0; n < mesh.size(); ++n) {
      const std::string what = difference(flat.top(), mesh, n);
      if (!what.empty()) FAIL("cycle " << mesh.time() - 1 << ", node " << n << ": " << what << " differ");
    }
  }
  REQUIRE(mesh.time() < kLimit);
  const engine::Counters counters = mesh.counters();
  std::vector<std::vector<std::uint8_t>> memories;
  for (unsigned n = 0; n < mesh.size(); ++n) {
    for (unsigned t = 0; t < kThreads; ++t) CHECK(mesh.node(n).thread(t).state == ThreadStatus::State::Parked);
    CHECK(counters.nodes[n].retired > 60);
    CHECK(counters.nodes[n].evaluated == flat.evaluated(n));
    CHECK((counters.nodes[n].evaluated < mesh.time()) == sleep);
    std::vector<std::uint8_t> bytes(kBanks * kRows * 64);
    mesh.node(n).sram_read(0, bytes);
    CHECK(first_difference(bytes, flat.memory(n, kBanks, kRows)) == "");
    memories.push_back(bytes);
  }
  CHECK(counters.packets(0) > mesh.size());
  CHECK(counters.packets(1) > mesh.size());
  return memories;
}

/// The same with and without sleep, which must not change a bit: the results hold times.
template <class Top>
void compare(unsigned rows, unsigned cols, const std::string& top_name) {
  const auto sleeping = compare<Top>(rows, cols, true, top_name);
  const auto awake = compare<Top>(rows, cols, false, top_name);
  for (unsigned n = 0; n < rows * cols; ++n) {
    INFO("node " << n << ", memory with sleep against memory without");
    CHECK(first_difference(sleeping[n], awake[n]) == "");
  }
}

TEST_CASE("a 2x2 mesh of node models is the flat mesh, cycle by cycle", "[engine]") {
  compare<Vmesh_2x2_tb>(2, 2, "mesh_2x2_tb");
}

TEST_CASE("a 3x3 mesh of node models is the flat mesh, cycle by cycle", "[engine]") {
  compare<Vmesh_3x3_tb>(3, 3, "mesh_3x3_tb");
}

}  // namespace
}  // namespace tatami::test
