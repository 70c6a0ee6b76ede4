// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <utility>

#include "verif/tests/dma/descriptors.hpp"

namespace tatami::test {
namespace {

TEST_CASE("padding is sent as zeros and never read", "[dma]") {
  DmaBench bench;
  // Everything but the inner box of 2 rows of 40 bytes, at the end of the memory, would be out of range or unreadable.
  const std::uint64_t bytes = bench.bytes();
  Descriptor d = put_rows(global(kOther, 0x400), bytes - 104, 200, 6);
  d.src_pitch = 64;
  d.pad_top = 3;
  d.pad_bottom = 1;
  d.pad_left = 96;
  d.pad_right = 64;
  for (const std::uint64_t at : {bytes - 112, bytes - 64}) bench.sram.unreadable.insert(at / 8);
  bench.twin.set_unreadable(bench.sram.unreadable);
  Descriptor all = d;
  all.pad_top = 5;
  all.post = true;
  all.src = 8;
  Descriptor narrow = all;
  narrow.pad_top = 1;
  narrow.pad_left = 136;
  narrow.src = bytes;
  run_list(bench, {d, all, narrow});
  CHECK(bench.faults.empty());
  REQUIRE(bench.packets[0].size() == 3 * 6 * 4);
  for (std::size_t i = 0; i < bench.packets[0].size(); ++i) {
    for (unsigned word = 0; word < 8; ++word) {
      const std::size_t row = i / 4, column = 64 * (i % 4) + 8 * word;
      std::uint64_t want = 0;
      if ((row == 3 || row == 4) && column >= 96 && column < 136)
        want = bench.memory[(bytes - 104 + 64 * (row - 3) + column - 96) / 8];
      const auto& payload = bench.packets[0][i].payload;
      CHECK((std::uint64_t{payload[2 * word + 1]} << 32 | payload[2 * word]) == want);
    }
  }
  CHECK(bench.packets[0][47].header.post);
}

TEST_CASE("a gather reads the rows that its table names; those that do not exist are zeros and faults", "[dma]") {
  DmaBench bench;
  const std::uint64_t bytes = bench.bytes();
  // Row, expected fault: in any order, twice, the last place, one beyond, misaligned, far beyond, in a lost word (two).
  const std::array<std::pair<std::uint64_t, bool>, 10> rows{{{0x80, false},
                                                             {0x20, false},
                                                             {0x80, false},
                                                             {bytes - 0x1000 - 72, false},
                                                             {bytes - 0x1000 - 64, true},
                                                             {0x84, true},
                                                             {0xFFFFFFF8, true},
                                                             {0x0, false},
                                                             {0x40, true},
                                                             {0x48, true}}};
  for (std::size_t i = 0; i < rows.size(); i += 2)
    bench.memory[(0x408 + 4 * i) / 8] = rows[i].first | rows[i + 1].first << 32;
  bench.sram.unreadable = {(0x408 + 32) / 8};
  bench.twin.set_unreadable(bench.sram.unreadable);
  Descriptor d = put_rows(global(kOther, 0x800), 0x1000, 80, 11);
  d.gather = true;
  d.index = 0x408;
  d.pad_top = 1;
  d.pad_left = 8;
  d.src_pitch = 8;  // means nothing here
  d.post = true;
  run_list(bench, {d});
  REQUIRE(bench.packets[0].size() == 22);
  CHECK(bench.faults.size() == 2 * 5);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO("row " << i);
    const auto& tail = bench.packets[0][2 * i + 3].payload;  // bytes 64 to 79 of the box, 56 to 71 of the row
    const std::uint64_t want = rows[i].second ? 0 : bench.memory[(0x1000 + rows[i].first + 64) / 8];
    CHECK((std::uint64_t{tail[3]} << 32 | tail[2]) == want);
  }
  CHECK(bench.packets[0].back().header.post);
  // The same as the answer to a get blames the one who asked.
  d.dst = global(kOther, 0x800);
  d.kind = Kind::Get;
  bench.get(d.pack());
  bench.finish();
  CHECK(bench.get_faults == std::vector<Place>(10, kOther));
}

TEST_CASE("gathered rows of a packet each, and padded rows, keep the packets coming", "[dma]") {
  DmaBench bench;
  constexpr unsigned kRows = 512;
  for (unsigned i = 0; i < kRows / 2; ++i)
    bench.memory[0x8000 / 8 + i] = std::uint64_t{64 * ((5 * i) % 64)} | std::uint64_t{64 * ((9 * i) % 64)} << 32;
  Descriptor d = put_rows(global(kOther, 0), 0x1000, 64, kRows);
  d.gather = true;
  d.index = 0x8000;
  run_list(bench, {d});
  REQUIRE(bench.times[0].size() == kRows);
  // The table takes the read port for one cycle in 17.
  CHECK(bench.times[0].back() - bench.times[0].front() <= kRows + kRows / 16);
  d.gather = false;
  d.row_bytes = 192;
  d.dst_pitch = 192;
  d.rows = 120;
  d.pad_top = d.pad_bottom = 2;
  d.pad_left = d.pad_right = 64;
  run_list(bench, {d});
  // The padding above leaves without the read latency that comes before the first data.
  CHECK(bench.times[0].back() - bench.times[0][kRows] <= 3 * 120 - 1 + SramReadModel::kLatency + 2);
}

}  // namespace
}  // namespace tatami::test
