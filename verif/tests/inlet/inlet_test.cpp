// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "verif/tests/inlet/inlet_bench.hpp"

using namespace tatami;
using test::InletBench;

namespace {

constexpr noc::Class kClasses[] = {noc::Class::Request, noc::Class::Response};
constexpr unsigned kRequest = 0;
constexpr unsigned kResponse = 1;

golden::Message put(noc::Class cls, std::uint32_t addr, unsigned len, bool post = false, unsigned sem = 0) {
  golden::Message m;
  m.header.cls = cls;
  m.header.op = noc::Op::Put;
  m.header.addr = addr;
  m.header.len = static_cast<std::uint8_t>(len);
  m.header.post = post;
  m.header.sem = static_cast<std::uint8_t>(sem);
  return m;
}

golden::Message control(noc::Class cls, std::uint32_t addr, std::uint64_t value) {
  golden::Message m;
  m.header.cls = cls;
  m.header.op = noc::Op::Ctrl;
  m.header.addr = addr;
  m.header.len = 8;
  m.payload[0] = static_cast<std::uint32_t>(value);
  m.payload[1] = static_cast<std::uint32_t>(value >> 32);
  return m;
}

golden::Message flip(noc::Class cls, std::uint32_t word, std::uint64_t data, std::uint8_t check,
                     std::uint64_t key = noc::kCtrlFlipKey) {
  golden::Message m = control(cls, noc::kCtrlFlipBase + word * noc::kCtrlStride, data);
  m.header.len = 16;
  m.payload[2] = static_cast<std::uint32_t>(key << 8 | check);
  m.payload[3] = static_cast<std::uint32_t>(key >> 24);
  return m;
}

golden::Message get(noc::Class cls) {
  golden::Message m;
  m.header.cls = cls;
  m.header.op = noc::Op::Get;
  m.header.len = 64;
  return m;
}

/// A put that is a copy of a cast, or not.
golden::Message maybe_cast(std::mt19937_64& random, golden::Message m) {
  m.header.cast = random() % 2 == 0;
  return m;
}

/// A random packet that may take effect.
golden::Message random_packet(std::mt19937_64& random, noc::Class cls) {
  const auto sem = static_cast<unsigned>(random() % InletBench::kSemaphores);
  switch (random() % 12) {
    case 11:
      return flip(cls, static_cast<std::uint32_t>(random() % (InletBench::kSramBytes / 8)), random(),
                  static_cast<std::uint8_t>(random()));
    case 0:
      return maybe_cast(random, put(cls, static_cast<std::uint32_t>(random() % (1U << 30)), 0, random() % 2 == 0, sem));
    case 1: return control(cls, noc::kCtrlSemBase + sem * noc::kCtrlStride, random() % 0x10000);
    case 2:
      return control(
          cls, static_cast<std::uint32_t>(noc::kCtrlStartBase + random() % InletBench::kThreads * noc::kCtrlStride),
          random());
    case 8: {
      const auto node =
          static_cast<std::uint32_t>(32 * (random() % InletBench::kDieRows) + random() % InletBench::kDieCols);
      return control(cls, noc::kCtrlRouteBase + node * noc::kCtrlStride, random() % 0x10000);
    }
    case 9: return control(cls, noc::kCtrlExitBase, random() % 0x10000);
    case 10: {
      const auto group = static_cast<std::uint32_t>(random() % InletBench::kGroups);
      return control(cls, noc::kCtrlGroupBase + group * noc::kCtrlStride, random() % (1U << 25));
    }
    case 3:
      if (cls == noc::Class::Request) return get(cls);
      [[fallthrough]];
    default: {
      // Without data the address says nothing.
      const auto len = static_cast<std::uint32_t>(8 * (random() % 9));
      const auto last = InletBench::kSramBytes - len;
      const auto inside = random() % 8 == 0 ? last : static_cast<std::uint32_t>(random() % (last / 8) * 8);
      const auto addr = len == 0 ? static_cast<std::uint32_t>(random() % (1U << 30)) : inside;
      return maybe_cast(random, put(cls, addr, len, random() % 2 == 0, sem));
    }
  }
}

golden::Message with_op(golden::Message m, unsigned op) {
  m.header.op = static_cast<noc::Op>(op);
  return m;
}

}  // namespace

TEST_CASE("packets take effect once, in order, and after the writes before them", "[inlet]") {
  InletBench bench;
  bench.stalls = GENERATE(InletBench::Stalls{}, InletBench::Stalls{{0.3, 0.3}, 0.5, 0.5, 1, 0.5},
                          InletBench::Stalls{{0, 0}, 0.1, 0.9, 3, 0.1}, InletBench::Stalls{{0.1, 0.1}, 0.8, 0.1, 6, 0},
                          InletBench::Stalls{{0, 0}, 0, 0, 12, 0}, InletBench::Stalls{{0.95, 0.95}, 0.1, 0.1, 3, 0.1});
  for (unsigned i = 0; i < 4000; ++i) {
    for (const noc::Class cls : kClasses) bench.send(random_packet(bench.random, cls));
  }
  bench.drain(200000);
  CHECK(bench.errors == 0);
  CHECK(bench.writes > 3000);
  CHECK(bench.posts > 2000);
  CHECK(bench.starts > 500);
  CHECK(bench.gets > 200);
  CHECK(bench.routes > 500);
  CHECK(bench.flips > 500);
}

TEST_CASE("malformed packets are dropped with an error and hold up nothing", "[inlet]") {
  InletBench bench;
  bench.stalls = GENERATE(InletBench::Stalls{}, InletBench::Stalls{{0.3, 0.3}, 0.5, 0.5, 3, 0.5});
  constexpr std::uint32_t kEnd = InletBench::kSramBytes;
  unsigned malformed = 0;
  for (unsigned round = 0; round < 20; ++round) {
    for (const noc::Class cls : kClasses) {
      const auto bad = [&](const golden::Message& m) {
        bench.send(m, false);
        bench.send(random_packet(bench.random, cls));
        ++malformed;
      };
      bad(put(cls, 4, 8));
      bad(put(cls, 64, 12, true));
      bad(put(cls, 0, 72));
      bad(put(cls, 0, 120));
      bad(put(cls, kEnd, 8, true, 3));
      bad(put(cls, kEnd - 56, 64));
      bad(put(cls, (1U << 30) - 8, 64));
      bad(control(cls, noc::kCtrlSemBase + InletBench::kSemaphores * noc::kCtrlStride, 1));
      bad(control(cls, noc::kCtrlStartBase + InletBench::kThreads * noc::kCtrlStride, 1));
      bad(control(cls, noc::kCtrlSemBase + 4, 1));
      bad(control(cls, noc::kCtrlRouteBase + 8 * InletBench::kDieCols, 1));
      bad(control(cls, noc::kCtrlRouteBase + 8 * 32 * InletBench::kDieRows, 1));
      bad(control(cls, noc::kCtrlRouteBase, 0x10000));
      bad(control(cls, noc::kCtrlExitBase + 8, 1));
      bad(control(cls, noc::kCtrlSemBase, 0x10000));
      bad(control(cls, noc::kCtrlGroupBase + 8 * InletBench::kGroups, 1));
      bad(control(cls, noc::kCtrlGroupBase, 1U << 25));
      bad(flip(cls, 5, 1, 0, noc::kCtrlFlipKey ^ 1));
      bad(flip(cls, 5, 1, 0, noc::kCtrlFlipKey ^ std::uint64_t{1} << 55));
      bad(flip(cls, kEnd / 8, 1, 0));
      for (unsigned op = 3; op < 16; ++op) bad(with_op(put(cls, 0, 8, true), op));
    }
    bench.send(get(noc::Class::Response), false);
    golden::Message cast = get(noc::Class::Request);
    cast.header.cast = true;
    bench.send(cast, false);
    malformed += 2;
  }
  bench.drain(100000);
  CHECK(bench.errors == malformed);
}

TEST_CASE("a get that waits for the engine holds up no response", "[inlet]") {
  InletBench bench;
  bench.stalls.get = 1;
  for (unsigned i = 0; i < 3; ++i) bench.send(get(noc::Class::Request));
  bench.send(put(noc::Class::Request, 0, 64));
  for (unsigned i = 0; i < 20; ++i) bench.cycle();
  CHECK(bench.accepted[kRequest] == 1);
  for (unsigned i = 0; i < 100; ++i) bench.send(put(noc::Class::Response, 64 * i, 64, true, 7));
  for (unsigned i = 0; i < 100; ++i) bench.cycle();
  CHECK(bench.accepted[kResponse] == 100);
  for (unsigned i = 0; i < 10; ++i) bench.cycle();
  CHECK(bench.posts == 100);
  CHECK(bench.gets == 0);
  bench.stalls.get = 0;
  bench.drain(50);
  CHECK(bench.gets == 3);
}

TEST_CASE("one packet per cycle goes through, and the classes share evenly", "[inlet]") {
  InletBench bench;
  constexpr unsigned kPackets = 500;
  SECTION("one class") {
    const noc::Class cls = GENERATE(noc::Class::Request, noc::Class::Response);
    for (unsigned i = 0; i < kPackets; ++i) bench.send(put(cls, 64 * i, 64, true, i % 64));
    for (unsigned i = 0; i < kPackets; ++i) bench.cycle();
    CHECK(bench.accepted[static_cast<unsigned>(cls)] == kPackets);
  }
  SECTION("both classes") {
    for (unsigned i = 0; i < kPackets; ++i) {
      for (const noc::Class cls : kClasses) bench.send(put(cls, 64 * i, 64));
    }
    for (unsigned i = 0; i < kPackets; ++i) bench.cycle();
    CHECK(bench.accepted[kRequest] == kPackets / 2);
    CHECK(bench.accepted[kResponse] == kPackets / 2);
  }
  bench.drain(kPackets + 10);
}
