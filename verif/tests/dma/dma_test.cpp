// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <limits>

#include "verif/tests/dma/descriptors.hpp"

namespace tatami::test {
namespace {

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
  Descriptor cast = posted;
  cast.dst = noc::group_address(7, 45, 0x400);
  Descriptor clear = zero;
  clear.dst = noc::group_address(7, 3, 0x208);
  Descriptor call = signal;
  call.dst = noc::group_address(DmaBench::kNode.die, 31, 0);
  run_list(bench, {posted, zero, get, own, signal, narrow, put_rows(0, 0x40, 64, 0), host, posted, cast, clear, call});
  CHECK(bench.faults.empty());
  CHECK(bench.packets[0].size() == 9 + 4 + 1 + 1 + 1 + 1 + 1 + 9 + 9 + 4 + 1);
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
      [](Descriptor& d) { d.src = noc::group_address(7, 1, 0); },
      [](Descriptor& d) { d.kind = Kind::Get, d.dst = noc::group_address(7, 1, 0); },
      [](Descriptor& d) { d.kind = Kind::Get, d.src = noc::group_address(7, 1, 0); },
      [](Descriptor& d) { d.dst = noc::group_address(noc::kHostDie, 1, 0); },
      [&](Descriptor& d) { d.dst = noc::group_address(7, 1, bytes - 56); },
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
  Descriptor spread = put_rows(noc::group_address(7, 1, 0), 0, 64);  // or one that is to be answered to a group
  spread.kind = Kind::Get;
  bench.get(spread.pack());
  bench.finish();
  CHECK(bench.faults.size() == edits.size());
  CHECK(bench.get_faults == std::vector<Place>{kOther, kOther, {7, 0, 1}});
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
  // A table of three offsets is two words.
  Descriptor gather = put_rows(global(kOther, 0), 0x1000, 64, 3);
  gather.gather = true;
  gather.index = static_cast<std::uint32_t>(bytes - 16);
  bench.memory[bytes / 8 - 2] = std::uint64_t{0x40} << 32;
  bench.memory[bytes / 8 - 1] = 0x80;
  run_list(bench, {gather});
  CHECK(bench.faults.empty());
  gather.index += 8;
  run_list(bench, {gather});
  CHECK(bench.faults.size() == 1);
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
  bench.start({3, static_cast<std::uint32_t>(bench.bytes() - 128), 0x8001});
  bench.finish();
  const auto end = static_cast<std::uint32_t>(bench.bytes());
  CHECK(bench.packets[0].size() == 5);
  CHECK(bench.faults == std::vector<golden::TransferFault>{{2, end}, {3, 0x104}, {0, 0x1FFFF8}, {3, end}});
}

TEST_CASE("a transfer of more rows than any test can wait for goes on and on", "[dma]") {
  DmaBench bench;
  Descriptor d = put_rows(global(kOther, 0x400), 0, 8, 0x40000001);
  d.kind = Kind::Zero;
  d.dst_pitch = 0;
  d.post = true;  // with the last row
  bench.store(0x100, {d});
  bench.begin({1, 0x100, 1});
  REQUIRE(bench.sim.run_until([&] { return bench.packets[0].size() == 300; }, 1000));
  CHECK(std::ranges::all_of(bench.packets[0], [](const golden::Message& packet) {
    return packet.header.addr == 0x400 && packet.header.len == 8 && !packet.header.post;
  }));
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
  CHECK(bench.times[0].front() == 19);
  CHECK(bench.times[1].front() - asked == 12);
  // A gather reads its table first.
  get.gather = true;
  get.index = 0x400;
  bench.memory[0x400 / 8] = 0;
  const std::uint64_t gathered = bench.sim.time();
  bench.get(get.pack());
  bench.finish();
  CHECK(bench.times[1].back() - gathered == 12 + 4 + SramReadModel::kLatency);
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
