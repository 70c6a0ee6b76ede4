// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "noc.hpp"
#include "sim/asm/assembler.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lib/catch.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using golden::Machine;

constexpr golden::CoreConfig kSmall{
    .threads = 2, .simd_bytes = 32, .matrix_rows = 4, .matrix_cols = 4, .sram_bytes = 65536};

void load(Device& device, NodeId node, std::uint64_t address, const Assembler& as) {
  const auto program = as.finish();
  device.write(node, address, {reinterpret_cast<const std::uint8_t*>(program.data()), 4 * program.size()});
}
void load(Device& device, NodeId node, std::uint64_t address, const noc::Descriptor& descriptor) {
  const auto words = descriptor.pack();
  device.write(node, address, {reinterpret_cast<const std::uint8_t*>(words.data()), 64});
}
std::uint64_t word(Device& device, NodeId node, std::uint64_t address) {
  std::uint64_t value = 0;
  device.read(node, address, {reinterpret_cast<std::uint8_t*>(&value), 8});
  return value;
}
void set_word(Device& device, NodeId node, std::uint64_t address, std::uint64_t value) {
  device.write(node, address, {reinterpret_cast<const std::uint8_t*>(&value), 8});
}

/// Queues `count` descriptors at 0x1000, waits for semaphore 1 when `waits` is not 0, and exits.
Assembler transfer_program(int count, int waits) {
  Assembler as;
  as.li(a1, 0x1000);
  as.li(a2, count);
  as.xfer(a1, a2);
  if (waits != 0) {
    as.li(a1, 1);
    as.li(a2, waits);
    as.sem_wait(a1, a2);
  }
  as.thread_exit(zero);
  return as;
}

TEST_CASE("a put moves strided rows to another node, then posts there", "[machine]") {
  for (std::uint64_t schedule = 0; schedule < 5; ++schedule) {
    Machine machine(kSmall, 2, 2, schedule);
    const NodeId from{0, 0}, to{1, 0};
    for (unsigned i = 0; i < 64; ++i) set_word(machine, from, 0x2000 + 8 * i, 100 + i);
    load(machine, from, 0x1000,
         {.dst = noc::global_address(noc::Region::Sram, 0, to.y, to.x, 0x3000),
          .src = 0x2000,
          .row_bytes = 16,
          .rows = 3,
          .dst_pitch = 32,
          .src_pitch = 64,
          .kind = noc::Kind::Put,
          .post = true,
          .sem = 9});
    load(machine, from, 0, transfer_program(1, 0));
    Assembler receiver;
    receiver.li(a1, 9);
    receiver.li(a2, 1);
    receiver.sem_wait(a1, a2);
    receiver.li(a1, 0x3000);
    receiver.ld(a0, a1, 64);
    receiver.thread_exit(a0);
    load(machine, to, 0, receiver);
    machine.start(to, 1, 0);
    machine.start(from, 0, 0);
    CHECK(machine.run(100000).end == RunStatus::End::Idle);
    CHECK(machine.node(to).thread(1).value == 100 + 16);
    for (unsigned row = 0; row < 3; ++row) {
      CHECK(word(machine, to, 0x3000 + 32 * row) == 100 + 8 * row);
      CHECK(word(machine, to, 0x3000 + 32 * row + 8) == 101 + 8 * row);
      CHECK(word(machine, to, 0x3000 + 32 * row + 16) == 0);
    }
  }
}

TEST_CASE("a put to a group reaches every member, the sender too, and nobody else", "[machine]") {
  Machine machine(kSmall, 2, 3);
  const auto numbers = machine.define_groups({{{0, 0}, {1, 2}}, {}, {{0, 1}, {0, 0}, {1, 1}}});
  REQUIRE(numbers.size() == 3);
  CHECK(!numbers[1]);
  REQUIRE(numbers[2].has_value());
  const auto cast = [&](NodeId from) {
    set_word(machine, from, 0x2000, 77);
    load(machine, from, 0x1000,
         {.dst = noc::group_address(0, *numbers[2], 0x3000),
          .src = 0x2000,
          .row_bytes = 8,
          .rows = 1,
          .kind = noc::Kind::Put,
          .post = true,
          .sem = 1});
    load(machine, from, 0, transfer_program(1, 1));
    machine.start(from, 0, 0);
    return machine.run(1000).end;
  };
  CHECK(cast({1, 1}) == RunStatus::End::Idle);
  for (unsigned n = 0; n < 6; ++n) {
    CHECK(word(machine, {n / 3, n % 3}, 0x3000) == (n == 0 || n == 1 || n == 4 ? 77 : 0));
  }
  CHECK(cast({1, 2}) == RunStatus::End::Fault);  // no member
}

TEST_CASE("gets pull and zeros clear, and each posts at the node that receives", "[machine]") {
  Machine machine(kSmall, 1, 3);
  const NodeId self{0, 2}, other{0, 0};
  set_word(machine, other, 0x2008, 77);
  set_word(machine, self, 0x4000, ~0ull);
  load(machine, self, 0x1000,
       {.dst = 0x4000, .row_bytes = 8, .rows = 1, .kind = noc::Kind::Zero, .post = true, .sem = 1});
  load(machine, self, 0x1040,
       {.dst = noc::kSramAlias + 0x4008,
        .src = noc::global_address(noc::Region::Sram, 0, 0, 0, 0x2008),
        .row_bytes = 8,
        .rows = 1,
        .kind = noc::Kind::Get,
        .post = true,
        .sem = 1});
  load(machine, self, 0x1080, {.dst = 0x4000, .kind = noc::Kind::Put, .post = true, .sem = 1});
  load(machine, self, 0, transfer_program(3, 3));
  machine.start(self, 0, 0);
  const RunStatus status = machine.run(1000);
  CHECK(status.end == RunStatus::End::Idle);
  CHECK(status.cycles == machine.time());
  CHECK(word(machine, self, 0x4000) == 0);
  CHECK(word(machine, self, 0x4008) == 77);
  CHECK(machine.node(self).semaphore(1) == 0);
}

TEST_CASE("a thread that waits for ever is a hang, named with what it waits for", "[machine]") {
  Machine machine(kSmall, 1, 2);
  load(machine, {0, 1}, 0, transfer_program(0, 7));
  machine.start({0, 1}, 1, 0);
  const RunStatus status = machine.run(1000);
  REQUIRE(status.end == RunStatus::End::Hang);
  REQUIRE(status.threads.size() == 1);
  CHECK(status.threads[0].node == NodeId{0, 1});
  CHECK(status.threads[0].thread == 1);
  CHECK(status.threads[0].state == ThreadStatus::State::WaitSemaphore);
  CHECK(status.threads[0].value == (1 | 7 << 16));
}

TEST_CASE("an endless loop ends at the cycle limit", "[machine]") {
  Machine machine(kSmall, 1, 1);
  Assembler as;
  as.j(as.here());
  load(machine, {0, 0}, 0x40, as);
  machine.start({0, 0}, 0, 0x40);
  const RunStatus status = machine.run(500);
  CHECK(status.end == RunStatus::End::CycleLimit);
  CHECK(status.cycles == 500);
  CHECK(status.threads.size() == 1);
}

TEST_CASE("a trap or a bad descriptor ends the run as a fault of its thread", "[machine]") {
  Machine machine(kSmall, 1, 1);
  Assembler as;
  as.ebreak();
  load(machine, {0, 0}, 0, as);
  machine.start({0, 0}, 0, 0);
  RunStatus status = machine.run(100);
  REQUIRE(status.end == RunStatus::End::Fault);
  CHECK(status.threads.at(0).cause == 3);

  const auto faults = [](const noc::Descriptor& descriptor) {
    Machine fresh(kSmall, 2, 1);
    load(fresh, {0, 0}, 0x1040, descriptor);
    load(fresh, {0, 0}, 0x1000, {.dst = 0x2000, .row_bytes = 8, .rows = 1, .kind = noc::Kind::Zero});
    load(fresh, {0, 0}, 0, transfer_program(2, 1));
    fresh.start({0, 0}, 1, 0);
    const RunStatus result = fresh.run(100);
    if (result.end != RunStatus::End::Fault) return false;
    CHECK(result.threads.at(0).thread == 1);
    CHECK(result.threads.at(0).value == 0x1040);
    return true;
  };
  const noc::Descriptor good{
      .dst = 0x2000, .src = 0x3000, .row_bytes = 8, .rows = 2, .dst_pitch = 8, .src_pitch = 8, .post = true, .sem = 1};
  CHECK(!faults(good));
  const auto with = [&good](auto change) {
    noc::Descriptor changed = good;
    change(changed);
    return changed;
  };
  CHECK(faults(with([](auto& d) { d.dst = 0x2004; })));
  CHECK(faults(with([](auto& d) { d.row_bytes = 12; })));
  CHECK(faults(with([](auto& d) { d.src_pitch = -4; })));
  CHECK(faults(with([](auto& d) { d.src = 65536 - 8; })));
  CHECK(faults(with([](auto& d) { d.dst = noc::global_address(noc::Region::Sram, 0, 0, 1, 0); })));
  CHECK(faults(with([](auto& d) { d.dst = noc::global_address(noc::Region::Dram, 0, 0, 0, 0); })));
  CHECK(faults(with([](auto& d) { d.src = noc::global_address(noc::Region::Sram, 0, 1, 0, 0); })));
  CHECK(!faults(with([](auto& d) { d.src = noc::global_address(noc::Region::Sram, 0, 0, 0, 0); })));
  CHECK(faults(with([](auto& d) { d.rows = 0x80000000; })));
  CHECK(faults(with([](auto& d) { d.kind = static_cast<noc::Kind>(3); })));
}

TEST_CASE("what lies outside the machine throws", "[machine]") {
  Machine machine(kSmall, 1, 2);
  std::array<std::uint8_t, 8> bytes{};
  CHECK_THROWS_AS(machine.write({0, 0}, 65536 - 4, bytes), std::out_of_range);
  CHECK_THROWS_AS(machine.read({1, 0}, 0, bytes), std::out_of_range);
  CHECK_THROWS_AS(machine.start({0, 0}, 2, 0), std::out_of_range);
  CHECK_THROWS_AS(Machine(kSmall, 0, 1), std::invalid_argument);
}

}  // namespace
}  // namespace tatami::test
