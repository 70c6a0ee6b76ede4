// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <memory>
#include <vector>

#include "verif/golden/machine/machine.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr unsigned kSram = 65536;
constexpr unsigned kLists = 0x1000;  // descriptors; code and results lie below
constexpr unsigned kData = 0x4000;   // what transfers read and write
constexpr unsigned kResults = 0xF000;
constexpr golden::CoreConfig kSmall{
    .threads = 2, .simd_bytes = 32, .matrix_rows = 4, .matrix_cols = 4, .sram_bytes = kSram};

/// Prepares programs, data and starts on a machine; the same on the RTL and on the golden machine.
using Setup = std::function<void(Device&)>;

/// Runs `setup` on both machines and requires the same end and the same SRAM in every node.
void compare(unsigned rows, unsigned cols, const Setup& setup) {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  lockstep::CheckedDevice rtl(library, {.rows = rows, .cols = cols, .seed = seed()});
  golden::Machine model(kSmall, rows, cols);
  setup(rtl);
  setup(model);
  REQUIRE(model.run(1'000'000).end == RunStatus::End::Idle);
  const RunStatus status = rtl.run(200'000);
  for (const ThreadStatus& thread : status.threads) UNSCOPED_INFO(describe(thread));
  for (const std::string& error : status.errors) UNSCOPED_INFO(error);
  REQUIRE(status.end == RunStatus::End::Idle);
  CHECK(rtl.compared() > 0);
  for (unsigned y = 0; y < rows; ++y) {
    for (unsigned x = 0; x < cols; ++x) {
      const auto want = memory(model, {y, x}, kSram);
      const auto have = memory(rtl, {y, x}, kSram);
      for (unsigned i = 0; i < kSram; ++i) {
        if (want[i] != have[i]) FAIL("node (y " << y << ", x " << x << ") differs first at byte 0x" << std::hex << i);
      }
    }
  }
}

/// Emits: queue `count` descriptors from kLists on.
void emit_list(Assembler& as, int count) {
  as.li(a1, kLists);
  as.li(a2, count);
  as.xfer(a1, a2);
}

void emit_wait(Assembler& as, int semaphore, int count) {
  as.li(a1, semaphore);
  as.li(a2, count);
  as.sem_wait(a1, a2);
}

void for_each_node(unsigned rows, unsigned cols, const std::function<void(NodeId)>& f) {
  for (unsigned y = 0; y < rows; ++y) {
    for (unsigned x = 0; x < cols; ++x) f({y, x});
  }
}

TEST_CASE("one node computes and stores", "[system]") {
  compare(1, 1, [](Device& device) {
    Assembler as;
    as.li(a1, kResults);
    as.li(t0, 10);
    as.li(t1, 0);
    const Label loop = as.here();
    as.add(t1, t1, t0);
    as.mul(t2, t1, t0);
    as.sd(t1, a1, 0);
    as.sw(t2, a1, 12);
    as.addi(a1, a1, 16);
    as.addi(t0, t0, -1);
    as.bnez(t0, loop);
    as.thread_exit(t1);
    load(device, {0, 0}, 0, as);
    device.start({0, 0}, 0, 0);
  });
}

TEST_CASE("every node puts strided rows to every node, itself too, and waits for all", "[system]") {
  compare(2, 2, [](Device& device) {
    for_each_node(2, 2, [&](NodeId from) {
      const unsigned n = 2 * from.y + from.x;
      device.write(from, kData, random_bytes(100 * seed() + n, 4096));
      unsigned list = kLists;
      for_each_node(2, 2, [&](NodeId to) {
        const unsigned m = 2 * to.y + to.x;
        load(device, from, list,
             {.dst = remote(to, 0x6000 + 0x800 * n),
              .src = kData + 8 * m,
              .row_bytes = 8 * (5 + 3 * m + n),
              .rows = 4 + n,
              .dst_pitch = 256,
              .src_pitch = 200,
              .kind = noc::Kind::Put,
              .post = true,
              .sem = 5});
        list += 64;
      });
      Assembler as;
      emit_list(as, 4);
      emit_wait(as, 5, 4);
      // What has arrived from node 3 is summed up, so the data must be there when the wait is over.
      as.li(a1, 0x6000 + 0x800 * 3);
      as.ld(t0, a1, 0);
      as.ld(t1, a1, 256);
      as.add(t0, t0, t1);
      as.li(a1, kResults);
      as.sd(t0, a1, 0);
      as.thread_exit(zero);
      load(device, from, 0, as);
      device.start(from, n % 2, 0);
    });
  });
}

TEST_CASE("every node gets from every other and clears a block", "[system]") {
  compare(2, 2, [](Device& device) {
    for_each_node(2, 2, [&](NodeId self) {
      const unsigned n = 2 * self.y + self.x;
      device.write(self, kData, random_bytes(77 * seed() + n, 4096));
      device.write(self, 0x6000, random_bytes(78 * seed() + n, 0x4000));
      unsigned list = kLists;
      for_each_node(2, 2, [&](NodeId from) {
        const unsigned m = 2 * from.y + from.x;
        load(device, self, list,
             {.dst = 0x6000 + 0x800 * m,
              .src = remote(from, kData + 64 * n),
              .row_bytes = 8 * (9 + n + 2 * m),
              .rows = 5,
              .dst_pitch = 320,
              .src_pitch = 264,
              .kind = noc::Kind::Get,
              .post = true,
              .sem = 11});
        list += 64;
      });
      load(device, self, list,
           {.dst = 0x9000 + 8 * n,
            .row_bytes = 8 * (11 + n),
            .rows = 6,
            .dst_pitch = 192,
            .kind = noc::Kind::Zero,
            .post = true,
            .sem = 11});
      Assembler as;
      emit_list(as, 5);
      emit_wait(as, 11, 5);
      as.li(a1, kResults);
      as.sem_read(t0, a2);
      as.sd(t0, a1, 0);
      as.thread_exit(zero);
      load(device, self, 0, as);
      device.start(self, 0, 0);
    });
  });
}

TEST_CASE("threads start each other, hand data over by semaphores, and post to the next node", "[system]") {
  constexpr unsigned kThreadTwo = 0x400;
  compare(2, 2, [](Device& device) {
    for_each_node(2, 2, [&](NodeId self) {
      const unsigned n = 2 * self.y + self.x;
      const NodeId next{(n + 1) % 4 / 2, (n + 1) % 4 % 2};
      // Thread 0 fills a buffer, starts thread 1, and takes turns with it; thread 1 sends the buffer on.
      Assembler first;
      first.li(s0, 3);
      first.li(s1, 0x5000);
      first.li(t0, 1);
      first.li(t1, kThreadTwo);
      first.thread_start(t0, t1);
      const Label loop = first.here();
      first.csrr(t2, isa::csr::mhartid);
      first.slli(t2, t2, 8);
      first.add(t2, t2, s0);
      first.sd(t2, s1, 0);
      first.sd(t2, s1, 8);
      first.li(a1, 1);
      first.li(a2, 1);
      first.sem_post(a1, a2);
      emit_wait(first, 2, 1);
      first.addi(s0, s0, -1);
      first.bnez(s0, loop);
      first.thread_exit(zero);
      load(device, self, 0, first);
      load(device, self, kLists,
           {.dst = remote(next, 0x5800),
            .src = 0x5000,
            .row_bytes = 16,
            .rows = 1,
            .kind = noc::Kind::Put,
            .post = true,
            .sem = 3});
      Assembler second;
      second.li(s0, 3);
      second.li(s1, kResults);
      const Label again = second.here();
      emit_wait(second, 1, 1);
      emit_list(second, 1);
      emit_wait(second, 3, 1);
      second.li(t0, 0x5800);
      second.ld(t1, t0, 8);
      second.sd(t1, s1, 0);
      second.addi(s1, s1, 8);
      // Tell the node before that its data was read, by a put without data; the next round may overwrite it then.
      second.li(a1, kLists + 64);
      second.li(a2, 1);
      second.xfer(a1, a2);
      emit_wait(second, 4, 1);
      second.li(a1, 2);
      second.li(a2, 1);
      second.sem_post(a1, a2);
      second.addi(s0, s0, -1);
      second.bnez(s0, again);
      second.thread_exit(zero);
      load(device, self, kThreadTwo, second);
      const NodeId previous{(n + 3) % 4 / 2, (n + 3) % 4 % 2};
      load(device, self, kLists + 64,
           {.dst = remote(previous, 0x5900), .kind = noc::Kind::Put, .post = true, .sem = 4});
      device.start(self, 0, 0);
    });
  });
}

}  // namespace
}  // namespace tatami::test
