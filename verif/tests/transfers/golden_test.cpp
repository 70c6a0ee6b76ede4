// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Random transfers between nodes give what the golden machine says, in every byte of every SRAM.

#include "sim/engine/mesh_device.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr unsigned kRows = 2, kCols = 2, kNodes = kRows * kCols, kSram = 65536;
constexpr unsigned kLists = 0x1000, kTable = 0x2000, kSource = 0x3000, kSourceBytes = 0x3000, kInbox = 0x6000;
constexpr unsigned kTransfers = 10;   // of a node
constexpr unsigned kBoxBytes = 1024;  // a place of its own for each, in the inbox of any node
constexpr golden::CoreConfig kSmall{
    .threads = 2, .simd_bytes = 32, .matrix_rows = 4, .matrix_cols = 4, .sram_bytes = kSram};

NodeId node_of(std::uint64_t n) { return {static_cast<unsigned>(n) / kCols, static_cast<unsigned>(n) % kCols}; }

/// A transfer of node `self` that writes box `box` of some node, and posts semaphore 1 there.
noc::Descriptor any_transfer(std::mt19937_64& random, unsigned self, unsigned box,
                             std::array<unsigned, kNodes>& posts) {
  const auto below = [&](std::uint64_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  noc::Descriptor d{.kind = static_cast<noc::Kind>(below(3)), .post = true, .sem = 1};
  const unsigned other = below(kNodes);
  const std::uint64_t inbox = kInbox + kBoxBytes * box, source = kSource + 8 * below(64);
  const bool get = d.kind == noc::Kind::Get;
  d.dst = get ? inbox : remote(node_of(other), inbox);
  d.src = get ? remote(node_of(other), source) : source;
  ++posts[get ? self : other];
  d.rows = 1 + below(7);
  d.row_bytes = 8 * (1 + below(kBoxBytes / 8 / d.rows));
  d.dst_pitch = static_cast<std::int32_t>(kBoxBytes / d.rows / 8 * 8);
  d.src_pitch = 8 * static_cast<std::int32_t>(below(100));
  d.pad_top = static_cast<std::uint16_t>(below(d.rows + 1));
  d.pad_bottom = static_cast<std::uint16_t>(below(d.rows - d.pad_top + 1));
  d.pad_left = static_cast<std::uint16_t>(8 * below(d.row_bytes / 8 + 1));
  d.pad_right = static_cast<std::uint16_t>(8 * below((d.row_bytes - d.pad_left) / 8 + 1));
  d.gather = below(2);
  d.index = kTable + 8 * below(32);
  return d;
}

/// The same data, lists and programs on any machine.
void set_up(Device& device) {
  std::mt19937_64 random(seed());
  std::array<std::vector<noc::Descriptor>, kNodes> lists;
  std::array<unsigned, kNodes> posts{};
  for (unsigned n = 0; n < kNodes; ++n) {
    for (unsigned i = 0; i < kTransfers; ++i) lists[n].push_back(any_transfer(random, n, kTransfers * n + i, posts));
  }
  for (unsigned n = 0; n < kNodes; ++n) {
    const NodeId self = node_of(n);
    std::array<std::uint32_t, 128> table{};
    for (auto& offset : table) offset = 8 * static_cast<std::uint32_t>(random() % 512);
    device.write(self, kTable, bytes_of(table));
    device.write(self, kSource, random_bytes(seed() + n, kSourceBytes));
    device.write(self, kInbox, random_bytes(seed() + 10 + n, kSram - kInbox));
    for (unsigned i = 0; i < kTransfers; ++i) load(device, self, kLists + 64 * i, lists[n][i]);
    Assembler as;
    as.li(a1, kLists);
    as.li(a2, kTransfers);
    as.xfer(a1, a2);
    as.li(a1, 1);
    as.li(a2, posts[n]);
    as.sem_wait(a1, a2);
    as.thread_exit(zero);
    load(device, self, 0, as);
    device.start(self, 0, 0);
  }
}

TEST_CASE("random transfers with padding and gathers agree with the golden machine", "[transfers]") {
  const auto library = open_model("small");
  engine::MeshDevice rtl(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  golden::Machine model(kSmall, kRows, kCols, seed());
  set_up(rtl);
  set_up(model);
  REQUIRE(model.run(1'000'000).end == RunStatus::End::Idle);
  REQUIRE(rtl.run(100'000).end == RunStatus::End::Idle);
  for (unsigned n = 0; n < kNodes; ++n) {
    INFO("node " << n);
    CHECK(first_difference(memory(model, node_of(n), kSram), memory(rtl, node_of(n), kSram)) == "");
  }
}

}  // namespace
}  // namespace tatami::test
