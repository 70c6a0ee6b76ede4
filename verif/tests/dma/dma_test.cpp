// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>

#include "verif/tests/dma/dma_bench.hpp"

namespace tatami::test {
namespace {

using golden::Place;
using noc::Descriptor;
using noc::Kind;

std::uint64_t global(const Place& node, std::uint64_t offset, noc::Region region = noc::Region::Sram) {
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(region) << 60 | std::uint64_t{node.die} << 40 |
         std::uint64_t{node.y} << 35 | std::uint64_t{node.x} << 30 | offset;
}

constexpr Place kOther{7, 1, 2};

Descriptor put_rows(std::uint64_t dst, std::uint64_t src, std::uint32_t row_bytes, std::uint32_t rows = 1) {
  Descriptor d;
  d.dst = dst;
  d.src = src;
  d.row_bytes = row_bytes;
  d.rows = rows;
  d.dst_pitch = d.src_pitch = static_cast<std::int32_t>(row_bytes);
  return d;
}

/// Runs one list of these descriptors on thread 1.
void run_list(DmaBench& bench, const std::vector<Descriptor>& descriptors) {
  bench.store(0x100, descriptors);
  bench.start({1, 0x100, static_cast<unsigned>(descriptors.size())});
  bench.finish();
}

/// Random descriptors, most of them legal, in memory of `bytes`.
class RandomDescriptors {
 public:
  RandomDescriptors(std::uint64_t seed, std::uint64_t bytes) : random_(seed), bytes_(bytes) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  Descriptor next(bool remote) {
    Descriptor d;
    d.kind = remote ? Kind::Get : static_cast<Kind>(below(3));
    d.rows = static_cast<std::uint32_t>(below(6));
    d.row_bytes = static_cast<std::uint32_t>(8 * below(below(4) == 0 ? 60 : 17));
    d.dst_pitch = pitch();
    d.src_pitch = pitch();
    const std::uint64_t span = 32768;
    d.dst = span / 2 + 8 * below((bytes_ - span) / 8);
    d.src = span / 2 + 8 * below((bytes_ - span) / 8);
    const Place far{7, static_cast<unsigned>(below(4)), static_cast<unsigned>(below(4))};
    if (remote || (d.kind != Kind::Get && below(2))) d.dst = global(far, d.dst);
    if (d.kind == Kind::Get && !remote && below(4)) d.src = global(far, d.src);
    if (remote && below(2)) d.src = global(DmaBench::kNode, d.src);
    if (d.dst >> 63 == 0 && below(3) == 0) d.dst += noc::kSramAlias;
    if (d.src >> 63 == 0 && below(3) == 0) d.src += noc::kSramAlias;
    d.post = below(2);
    d.sem = static_cast<std::uint8_t>(below(64));
    if (below(2)) pad(d);
    if (below(2)) gather(d);
    if (below(8) == 0) spoil(d);
    return d;
  }

  /// Lays tables of offsets, most of which can be used, over the part of the memory where gathers look for them.
  void lay_tables(std::vector<std::uint64_t>& memory) {
    for (std::uint64_t at = kTables; at < kTables + kTableBytes; at += 8) {
      std::uint64_t word = 0;
      for (unsigned half = 0; half < 2; ++half) {
        std::uint64_t offset = 8 * below(bytes_ / 16);
        if (below(16) == 0) offset = below(2) ? offset + below(8) : random_() >> 32;
        word |= offset << 32 * half;
      }
      memory[at / 8] = word;
    }
  }

 private:
  static constexpr std::uint64_t kTables = 0x6000, kTableBytes = 0x1000;
  std::int32_t pitch() { return static_cast<std::int32_t>(8 * below(200)) - 800; }

  /// Padding that fits the box, often all of it.
  void pad(Descriptor& d) {
    d.pad_top = static_cast<std::uint16_t>(below(d.rows + 1));
    d.pad_bottom = static_cast<std::uint16_t>(below(d.rows - d.pad_top + 1));
    const std::uint64_t words = d.row_bytes / 8, left = below(words + 1);
    d.pad_left = static_cast<std::uint16_t>(8 * left);
    d.pad_right = static_cast<std::uint16_t>(8 * below(words - left + 1));
  }

  void gather(Descriptor& d) {
    d.gather = true;
    d.rows = static_cast<std::uint32_t>(below(2) ? below(6) : below(70));
    d.pad_top = static_cast<std::uint16_t>(std::min<std::uint32_t>(d.pad_top, d.rows));
    d.pad_bottom = static_cast<std::uint16_t>(std::min<std::uint32_t>(d.pad_bottom, d.rows - d.pad_top));
    d.dst_pitch = static_cast<std::int32_t>(8 * below(60)) - 240;
    d.index = static_cast<std::uint32_t>(kTables + 8 * below(kTableBytes / 8 - 40));
    if (below(3) == 0) d.index += static_cast<std::uint32_t>(noc::kSramAlias);
  }

  void spoil(Descriptor& d) {
    const auto bit = [this](unsigned bits) { return std::uint64_t{1} << below(bits); };
    switch (below(9)) {
      case 0: d.dst ^= bit(64); break;
      case 1: d.src ^= bit(64); break;
      case 2: d.row_bytes ^= static_cast<std::uint32_t>(bit(3)); break;
      case 3: d.dst_pitch ^= static_cast<std::int32_t>(1 << below(31)); break;
      case 4: d.src_pitch = std::numeric_limits<std::int32_t>::min() + static_cast<std::int32_t>(below(9)); break;
      case 5: d.pad_top ^= static_cast<std::uint16_t>(bit(16)); break;
      case 6: d.pad_right ^= static_cast<std::uint16_t>(bit(16)); break;
      case 7: d.index ^= static_cast<std::uint32_t>(bit(32)); break;
      default: d.kind = static_cast<Kind>(below(16)); break;
    }
  }

  std::mt19937_64 random_;
  std::uint64_t bytes_;
};

TEST_CASE("each kind of transfer sends what the twin says", "[dma]") {
  DmaBench bench;
  Descriptor posted = put_rows(global(kOther, 0x400), 0x1008, 136, 3);
  posted.dst_pitch = 256;
  posted.src_pitch = -264;
  posted.post = true;
  posted.sem = 63;
  Descriptor zero = put_rows(noc::kSramAlias + 0x208, 0xDEADBEEF0003, 72, 2);
  zero.kind = Kind::Zero;
  Descriptor get = put_rows(0x2000, global(kOther, 0x80), 64, 5);
  get.kind = Kind::Get;
  get.post = true;
  Descriptor own = get;
  own.src = noc::kSramAlias + 0x80;
  Descriptor signal = put_rows(global(kOther, 0), 0, 64, 0);
  signal.post = true;
  Descriptor narrow = put_rows(global(kOther, 8), 8, 0, 4);
  narrow.post = true;
  Descriptor host = put_rows(global({noc::kHostDie, 0, 0}, 0x3FFFFFC0), 0x40, 64);
  run_list(bench, {posted, zero, get, own, signal, narrow, put_rows(0, 0x40, 64, 0), host, posted});
  CHECK(bench.faults.empty());
  CHECK(bench.packets[0].size() == 9 + 4 + 1 + 1 + 1 + 1 + 1 + 9);
  bench.get(Descriptor{get}.pack());
  Descriptor answered = put_rows(global(kOther, 0x2000), global(DmaBench::kNode, 0x80), 72, 5);
  answered.kind = Kind::Get;
  answered.post = true;
  bench.get(answered.pack());
  bench.finish();
  CHECK(bench.packets[1].size() == 10);
}

TEST_CASE("each illegal descriptor is dropped with its address, and the list goes on", "[dma]") {
  DmaBench bench;
  const std::uint64_t bytes = bench.bytes();
  using Edit = std::function<void(Descriptor&)>;
  const std::vector<Edit> edits = {
      [](Descriptor& d) { d.dst += 4; },
      [](Descriptor& d) { d.src += 1; },
      [](Descriptor& d) { d.row_bytes += 2; },
      [](Descriptor& d) { d.dst_pitch += 4; },
      [](Descriptor& d) { d.src_pitch += 4; },
      [](Descriptor& d) { d.kind = static_cast<Kind>(3); },
      [&](Descriptor& d) { d.src = bytes - 56; },
      [&](Descriptor& d) { d.src = noc::kSramAlias + bytes - 56; },
      [&](Descriptor& d) { d.src = bytes; },
      [](Descriptor& d) { d.src = std::uint64_t{1} << 32; },
      [](Descriptor& d) { d.src = global(kOther, 0); },
      [&](Descriptor& d) { d.dst = global(kOther, bytes - 56); },
      [](Descriptor& d) { d.dst = global(kOther, 0, noc::Region::Control); },
      [](Descriptor& d) { d.rows = 3, d.src = 64, d.src_pitch = -64; },
      [&](Descriptor& d) { d.rows = 3, d.dst = bytes - 128, d.dst_pitch = 64; },
      [](Descriptor& d) { d.rows = 0x80000000U; },
      [](Descriptor& d) { d.rows = 0x7FFFFFFFU, d.src_pitch = 0x7FFFFFF8; },
      [](Descriptor& d) { d.rows = 0x40000001U, d.dst_pitch = d.src_pitch = std::numeric_limits<std::int32_t>::min(); },
      [](Descriptor& d) { d.row_bytes = 0xFFFFFFF8U; },
      [](Descriptor& d) { d.kind = Kind::Get, d.src = global(kOther, 0), d.dst = global(kOther, 0); },
      [&](Descriptor& d) { d.kind = Kind::Get, d.src = global(kOther, bytes); },
      [](Descriptor& d) { d.pad_top = 2; },
      [](Descriptor& d) { d.pad_top = d.pad_bottom = 1; },
      [](Descriptor& d) { d.pad_left = 72; },
      [](Descriptor& d) { d.pad_left = d.pad_right = 40; },
      [](Descriptor& d) { d.pad_left = 4; },
      [](Descriptor& d) { d.pad_right = 4; },
      [](Descriptor& d) { d.rows = 0, d.post = true, d.pad_bottom = 1; },
      [&](Descriptor& d) { d.rows = 4, d.pad_top = 1, d.src = bytes - 128; },
      [&](Descriptor& d) { d.pad_left = 16, d.src = bytes - 40; },
      [&](Descriptor& d) { d.gather = true, d.index = 4; },
      [&](Descriptor& d) { d.gather = true, d.rows = 17, d.index = static_cast<std::uint32_t>(bytes - 64); },
      [&](Descriptor& d) { d.gather = true, d.index = static_cast<std::uint32_t>(noc::kSramAlias + bytes); },
      [&](Descriptor& d) { d.gather = true, d.src = bytes - 56; },
      [](Descriptor& d) { d.kind = Kind::Get, d.src = global(kOther, 0), d.gather = true, d.index = 0x7FFFFFF8; },
  };
  std::vector<Descriptor> list;
  for (const Edit& edit : edits) {
    Descriptor bad = put_rows(0x800, 0x840, 64);
    edit(bad);
    list.push_back(bad);
    list.push_back(put_rows(0x1000 + 64 * list.size(), 0x2000, 64));
  }
  run_list(bench, list);
  REQUIRE(bench.faults.size() == edits.size());
  CHECK(bench.packets[0].size() == edits.size());
  for (std::size_t i = 0; i < edits.size(); ++i)
    CHECK(bench.faults[i] == golden::TransferFault{1, static_cast<std::uint32_t>(0x100 + 128 * i)});
  // As a get of another node, a put is as wrong as a get of a third node's data.
  bench.get(put_rows(global(kOther, 0), 0, 64).pack());
  Descriptor third = put_rows(global(kOther, 0), global(kOther, 0), 64);
  third.kind = Kind::Get;
  bench.get(third.pack());
  bench.finish();
  CHECK(bench.faults.size() == edits.size());
  CHECK(bench.get_faults == std::vector<Place>{kOther, kOther});
}

TEST_CASE("ranges that just fit are legal", "[dma]") {
  DmaBench bench;
  const std::uint64_t bytes = bench.bytes();
  Descriptor backwards = put_rows(global(kOther, bytes - 64), bytes - 64, 64, static_cast<std::uint32_t>(bytes / 64));
  backwards.dst_pitch = backwards.src_pitch = -64;
  run_list(bench, {put_rows(0, bytes - 64, 64), put_rows(bytes - 8, 0, 8),
                   put_rows(global(kOther, 0), 0, static_cast<std::uint32_t>(bytes)), backwards});
  CHECK(bench.faults.empty());
  CHECK(bench.packets[0].size() == 2 + 2 * bytes / 64);
}

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
  CHECK(bench.times[0].back() - bench.times[0][kRows] <= 3 * 120 - 1 + SramReadModel::kLatency + 1);
}

TEST_CASE("a list that leaves the SRAM or is misaligned faults once and ends", "[dma]") {
  DmaBench bench;
  bench.store(static_cast<std::uint32_t>(bench.bytes() - 128), {put_rows(0, 0, 8), put_rows(8, 8, 8)});
  bench.start({2, static_cast<std::uint32_t>(bench.bytes() - 128), 5});
  bench.start({3, 0x104, 2});
  bench.start({1, 0x200, 0});
  bench.start({0, 0x1FFFF8, 9});
  bench.store(0x300, {put_rows(0, 0, 8)});
  bench.start({1, 0x300, 1});
  bench.finish();
  CHECK(bench.packets[0].size() == 3);
  CHECK(bench.faults ==
        std::vector<golden::TransferFault>{{2, static_cast<std::uint32_t>(bench.bytes())}, {3, 0x104}, {0, 0x1FFFF8}});
}

TEST_CASE("uncorrectable words fault: descriptors are dropped, payloads sent", "[dma]") {
  DmaBench bench;
  bench.sram.unreadable = {0x140 / 8, 0x1018 / 8, 0x1080 / 8};
  bench.twin.set_unreadable(bench.sram.unreadable);
  run_list(bench,
           {put_rows(0, 0x1000, 192), put_rows(0, 0x1000, 64), put_rows(0, 0x1000, 24), put_rows(0, 0x1000, 32)});
  CHECK(bench.faults.size() == 4);
  Descriptor get = put_rows(global(kOther, 0), 0x1080, 64);
  get.kind = Kind::Get;
  bench.get(get.pack());
  bench.finish();
  CHECK(bench.get_faults == std::vector<Place>{kOther});
}

TEST_CASE("random lists and gets together, with stalls everywhere", "[dma]") {
  DmaBench bench;
  RandomDescriptors random(seed(), bench.bytes());
  const double stall = GENERATE(0.0, 0.2, 0.6);
  bench.set_stall(stall);
  // The memory must be complete before the twin runs.
  random.lay_tables(bench.memory);
  const std::uint64_t words = bench.memory.size();
  for (unsigned i = 0; i < 40; ++i) bench.sram.unreadable.insert(words / 4 + random.below(words / 2));
  bench.twin.set_unreadable(bench.sram.unreadable);
  std::vector<List> lists;
  std::uint32_t next = 0;
  for (unsigned n = 0; n < 150; ++n) {
    std::vector<Descriptor> descriptors(random.below(4));
    for (Descriptor& d : descriptors) d = random.next(false);
    bench.store(next, descriptors);
    lists.push_back({static_cast<unsigned>(random.below(4)), next, static_cast<unsigned>(descriptors.size())});
    next += 64 * lists.back().count;
  }
  for (const List& list : lists) {
    bench.start(list);
    bench.get(random.next(true).pack());
  }
  bench.finish();
  CHECK(bench.packets[0].size() > 100);
  CHECK(bench.packets[1].size() > 100);
  CHECK(bench.faults.size() > 20);
  CHECK(bench.get_faults.size() > 20);
}

TEST_CASE("one packet per cycle for long rows, half each when both contexts run", "[dma]") {
  DmaBench bench;
  const auto bytes = static_cast<std::uint32_t>(bench.bytes());
  const std::size_t packets = bytes / 64;
  run_list(bench, {put_rows(global(kOther, 0), 0, bytes)});
  REQUIRE(bench.times[0].size() == packets);
  CHECK(bench.times[0].back() - bench.times[0].front() == packets - 1);

  Descriptor get = put_rows(global(kOther, 0), 0, bytes);
  get.kind = Kind::Get;
  const std::uint64_t before = bench.sim.time();
  bench.get(get.pack());
  bench.start({0, 0x100, 1});
  bench.finish();
  CHECK(bench.sim.time() - before <= 2 * packets + 32);
  for (unsigned cls = 0; cls < 2; ++cls) {
    const std::size_t first = cls == 0 ? packets : 0;
    CHECK(bench.times[cls].back() - bench.times[cls][first] >= 2 * packets - 32);
  }
}

TEST_CASE("short rows and short descriptors follow each other without gaps", "[dma]") {
  DmaBench bench;
  std::vector<Descriptor> list;
  for (unsigned i = 0; i < 8; ++i) {
    Descriptor d = put_rows(global(kOther, 4096 * i), 256 * i, 64, 8);
    d.dst_pitch = 512;
    list.push_back(d);
  }
  run_list(bench, list);
  // Each descriptor also takes the read port for one cycle.
  CHECK(bench.times[0].back() - bench.times[0].front() <= 64 - 1 + 8);
}

TEST_CASE("latency from a list and from a get to the first packet", "[dma]") {
  DmaBench bench;
  bench.store(0x100, {put_rows(global(kOther, 0), 0, 64)});
  bench.start({0, 0x100, 1});
  bench.finish();
  Descriptor get = put_rows(global(kOther, 0), 0, 64);
  get.kind = Kind::Get;
  const std::uint64_t asked = bench.sim.time();
  bench.get(get.pack());
  bench.finish();
  // The sources offer in the first cycle, which is also the cycle of acceptance.
  CHECK(bench.times[0].front() == 15);
  CHECK(bench.times[1].front() - asked == 9);
}

TEST_CASE("neither context waits for the other's packets to leave", "[dma]") {
  DmaBench bench;
  const unsigned blocked = GENERATE(0U, 1U);
  std::vector<Descriptor> list(40, put_rows(global(kOther, 0), 0x800, 640));
  bench.store(0x1000, list);
  Descriptor get = put_rows(global(kOther, 0), 0x800, 640);
  get.kind = Kind::Get;
  bench.set_sink_stall(blocked, 1.0);
  bench.start({0, 0x1000, 40});
  for (unsigned i = 0; i < 40; ++i) bench.get(get.pack());
  REQUIRE(bench.sim.run_until([&] { return bench.packets[1 - blocked].size() == 400; }, 2000));
  CHECK(bench.packets[blocked].empty());
  bench.set_sink_stall(blocked, 0.0);
  bench.finish();
}

}  // namespace
}  // namespace tatami::test
