// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "verif/lib/device_tools.hpp"

namespace tatami::test {

/// Bytes to place in a node before its threads start.
struct Segment {
  std::uint64_t address = 0;
  std::vector<std::uint8_t> bytes;
};

inline constexpr unsigned kTrafficLists = 0x1000;
inline constexpr unsigned kTrafficData = 0x3000;
inline constexpr unsigned kTrafficInbox = 0x5000;  // 512 bytes per sender
inline constexpr unsigned kTrafficCasts = 0x7000;  // 64 bytes per sender
inline constexpr unsigned kTrafficResults = 0x8000;
inline constexpr unsigned kTrafficThreadTwo = 0x800;

/// A program for every node of a mesh that keeps all units busy: thread 0 multiplies matrices and adds vectors, sends
/// to all nodes, one by one and by a cast to `group`, which has all of them, waits for all, and gets from all; thread
/// 1, started by thread 0, divides, reads the time, and sends too. Results hold times and semaphore values, so that a
/// difference in any cycle shows in memory.
inline std::vector<Segment> traffic(NodeId self, unsigned rows, unsigned cols, std::uint64_t seed, unsigned group) {
  using namespace tatami::reg;
  const unsigned nodes = rows * cols;
  const unsigned n = self.y * cols + self.x;
  std::vector<Segment> segments;
  std::vector<noc::Descriptor> lists;
  for (unsigned m = 0; m < nodes; ++m) {
    lists.push_back({.dst = remote({m / cols, m % cols}, kTrafficInbox + 512 * n),
                     .src = kTrafficData + 8 * m,
                     .row_bytes = 8 * (3 + (n + m) % 7),
                     .rows = 3,
                     .dst_pitch = 136,
                     .src_pitch = 72,
                     .kind = noc::Kind::Put,
                     .post = true,
                     .sem = 5});
  }
  for (unsigned m = 0; m < nodes; ++m) {
    lists.push_back({.dst = kTrafficResults + 0x800 + 128 * m,
                     .src = remote({m / cols, m % cols}, kTrafficData + 16 * n),
                     .row_bytes = 8 * (2 + (2 * n + m) % 5),
                     .rows = 2,
                     .dst_pitch = 64,
                     .src_pitch = 8,
                     .kind = noc::Kind::Get,
                     .post = true,
                     .sem = 6});
  }
  lists.push_back({.dst = remote({rows - 1 - self.y, cols - 1 - self.x}, kTrafficResults + 0x1800),
                   .src = kTrafficResults,
                   .row_bytes = 64,
                   .rows = 1,
                   .kind = noc::Kind::Put,
                   .post = true,
                   .sem = 7});
  lists.push_back({.dst = noc::group_address(0, group, kTrafficCasts + 64 * n),
                   .src = kTrafficData + 8 * n,
                   .row_bytes = 56,
                   .rows = 1,
                   .kind = noc::Kind::Put,
                   .post = true,
                   .sem = 8});
  segments.push_back({kTrafficLists, {}});
  for (const noc::Descriptor& d : lists) {
    const auto words = d.pack();
    const auto bytes = bytes_of(words);
    segments.back().bytes.insert(segments.back().bytes.end(), bytes.begin(), bytes.end());
  }
  segments.push_back({kTrafficData, random_bytes(seed * 1000 + n, 1024)});

  const auto program = [&](std::uint64_t address, const Assembler& as) {
    const auto words = as.finish();
    const auto bytes = bytes_of(words);
    segments.push_back({address, {bytes.begin(), bytes.end()}});
  };
  const auto xfer = [](Assembler& as, std::int64_t first, std::int64_t count) {
    as.li(a1, kTrafficLists + 64 * first);
    as.li(a2, count);
    as.xfer(a1, a2);
  };
  const auto wait = [](Assembler& as, std::int64_t sem, std::int64_t count) {
    as.li(a1, sem);
    as.li(a2, count);
    as.sem_wait(a1, a2);
  };

  Assembler first;
  first.li(t0, 1);
  first.li(t1, kTrafficThreadTwo);
  first.thread_start(t0, t1);
  xfer(first, 2 * nodes + 1, 1);
  xfer(first, 0, nodes);
  first.li(s0, kTrafficData);
  first.li(s1, kTrafficResults);
  first.li(t0, 4 + n % 3);
  first.vld(v0, s0, 0);
  first.vld(v1, s0, 64);
  first.mma_z(acc0, v0, v1);
  const Label loop = first.here();
  first.vld(v2, s0, 128);
  first.mma(acc0, v2, v1);
  first.vadd_fp32(v3, v2, v0);
  first.vst(v3, s1, 64);
  first.addi(s0, s0, 32);
  first.addi(t0, t0, -1);
  first.bnez(t0, loop);
  first.mrd_fp32(v4, acc0, 0);
  first.vst(v4, s1, 0);
  wait(first, 8, nodes);
  wait(first, 5, nodes);
  first.csrr(t2, isa::csr::mcycle);
  first.sd(t2, s1, 96);
  xfer(first, nodes, nodes);
  wait(first, 6, nodes);
  first.csrr(t2, isa::csr::mcycle);
  first.sd(t2, s1, 104);
  first.thread_exit(t2);
  program(0, first);

  Assembler second;
  second.li(s0, kTrafficData);
  second.li(s1, kTrafficResults + 0x400);
  second.li(t0, 5);
  const Label again = second.here();
  second.ld(t1, s0, 0);
  second.ld(t2, s0, 8);
  second.divu(t3, t1, t2);
  second.mulhu(t4, t1, t2);
  second.csrr(t5, isa::csr::mcycle);
  second.sd(t3, s1, 0);
  second.sd(t4, s1, 8);
  second.sw(t5, s1, 20);
  second.li(a1, 5);
  second.sem_read(t6, a1);
  second.sh(t6, s1, 18);
  second.addi(s0, s0, 16);
  second.addi(s1, s1, 24);
  second.addi(t0, t0, -1);
  second.bnez(t0, again);
  xfer(second, 2 * nodes, 1);
  wait(second, 7, 1);
  second.csrr(t5, isa::csr::mcycle);
  second.sd(t5, s1, 0);
  second.thread_exit(zero);
  program(kTrafficThreadTwo, second);
  return segments;
}

}  // namespace tatami::test
