// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Sources, tables and destinations whose addresses need all of their bits, up to the last word of the SRAM.

#include <array>
#include <cstring>

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

constexpr unsigned kList = 0x800, kSram = 0x140000, kSourceBytes = 0x4000, kSource = kSram - kSourceBytes;
constexpr unsigned kRows = 128, kRowBytes = 64, kTable = kSource - 4 * kRows, kInbox = kSram - kRows * kRowBytes;
constexpr NodeId kSelf{0, 0}, kOther{0, 1};

TEST_CASE("transfers read and write the upper end of the SRAM", "[transfers_full]") {
  const auto library = open_model("full");
  const noc::Kind kind = GENERATE(noc::Kind::Put, noc::Kind::Get);
  const bool gather = GENERATE(false, true);
  CAPTURE(kind == noc::Kind::Get, gather);
  engine::MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
  const bool get = kind == noc::Kind::Get;
  const NodeId from = get ? kOther : kSelf, to = get ? kSelf : kOther;
  const std::vector<std::uint8_t> source = random_bytes(seed(), kSourceBytes);
  std::array<std::uint32_t, kRows> table{};
  for (unsigned i = 0; i < kRows; ++i)
    table[i] = gather ? 8 * (37 * i % ((kSourceBytes - kRowBytes) / 8 + 1)) : 128 * i;
  if (gather) table[kRows - 1] = kSourceBytes - kRowBytes;
  device.write(from, kSource, source);
  device.write(from, kTable, bytes_of(table));
  start_transfer(device, kSelf, kList,
                 {.dst = get ? kInbox : remote(to, kInbox),
                  .src = get ? remote(from, kSource) : kSource,
                  .row_bytes = kRowBytes,
                  .rows = kRows,
                  .dst_pitch = kRowBytes,
                  .src_pitch = 128,
                  .kind = kind,
                  .gather = gather,
                  .index = kTable});
  REQUIRE(device.run(10'000).end == RunStatus::End::Idle);
  std::vector<std::uint8_t> expected, found(kRows * kRowBytes);
  for (const std::uint32_t offset : table) {
    expected.insert(expected.end(), source.begin() + offset, source.begin() + offset + kRowBytes);
  }
  device.read(to, kInbox, found);
  CHECK(first_difference(expected, found) == "");
}

}  // namespace
}  // namespace tatami::test
