// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Wrong bits in a node's SRAM, injected through the mesh, as programs see them; the RTL against the golden machine.

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "verif/golden/machine/machine.hpp"
#include "verif/golden/sram/address_map.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using State = ThreadStatus::State;

constexpr unsigned kSram = 65536, kBanks = 8;
constexpr unsigned kLists = 0x1000, kData = 0x4000, kTarget = 0x6000, kResults = 0xF000;
constexpr golden::CoreConfig kSmall{
    .threads = 2, .simd_bytes = 32, .matrix_rows = 4, .matrix_cols = 4, .sram_bytes = kSram, .sram_banks = kBanks};
constexpr WordFlip kSingle{.data = 0x100}, kSingleCheck{.check = 4}, kDouble{.data = 0x21};

/// A loop that ends with a result in memory.
Assembler bystander() {
  Assembler as;
  as.li(t0, 400);
  const Label loop = as.here();
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.li(a1, kResults + 0x100);
  as.li(t1, 0x600D);
  as.sd(t1, a1, 0);
  as.thread_exit(zero);
  return as;
}

/// Runs on past faults until only faulted threads are left.
RunStatus run_out(Device& device) {
  RunStatus status;
  for (unsigned i = 0; i < 4000; ++i) {
    status = device.run(2000);
    const bool done = std::ranges::all_of(status.threads, [](const auto& t) { return t.state == State::Faulted; });
    if (done && status.end != RunStatus::End::CycleLimit) break;
  }
  return status;
}

}  // namespace

TEST_CASE("single-bit errors change no result and are counted, wherever a program meets them", "[system]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  lockstep::CheckedDevice rtl(library, {.rows = 1, .cols = 2, .seed = seed()});
  golden::Machine model(kSmall, 1, 2);
  for (Device* device : {static_cast<Device*>(&rtl), static_cast<Device*>(&model)}) {
    Assembler as;
    as.li(a1, kData);
    as.ld(t0, a1, 0);        // scalar, first load port
    as.vld(v1, a1, 64);      // vector
    as.sb(t0, a1, 128 + 3);  // a partial store
    as.li(a2, kLists);
    as.li(a3, 1);
    as.xfer(a2, a3);  // descriptor and payload
    as.li(a2, 9);
    as.sem_wait(a2, a3);
    as.fence();
    as.li(a2, kResults);
    as.sd(t0, a2, 0);
    as.li(a4, 0x200);  // time for the write-backs
    const Label loop = as.here();
    as.addi(a4, a4, -1);
    as.bnez(a4, loop);
    as.csrr(t1, isa::csr::tfixed);
    as.sd(t1, a2, 8);
    as.csrr(t1, isa::csr::tlost);
    as.sd(t1, a2, 16);
    as.csrrw(zero, isa::csr::tfixed, zero);
    as.ld(t0, a1, 192);
    as.addi(t0, t0, 1);
    as.fence();
    for (unsigned i = 0; i < 20; ++i) as.addi(a4, a4, 1);
    as.csrr(t1, isa::csr::tfixedat);
    as.sd(t1, a2, 24);
    as.csrr(t1, isa::csr::tfixed);
    as.sd(t1, a2, 32);
    as.vst(v1, a2, 64);
    as.thread_exit(zero);
    load(*device, {0, 0}, 0, as);
    device->write({0, 0}, kData, random_bytes(seed(), 4096));
    load(*device, {0, 0}, kLists,
         {.dst = kTarget,
          .src = kData + 0x400,
          .row_bytes = 256,
          .rows = 2,
          .dst_pitch = 512,
          .src_pitch = 512,
          .kind = noc::Kind::Put,
          .post = true,
          .sem = 9});
    unsigned n = 0;
    for (const unsigned at : {kData, kData + 64 + 24, kData + 128, kData + 192, kLists + 8, kLists + 32, kData + 0x448,
                              kData + 0x6F8, 0U, 24U, 40U}) {
      device->flip({0, 0}, at, n++ % 2 == 0 ? kSingle : kSingleCheck, 0);
    }
    device->start({0, 0}, 0, 0);
    const RunStatus status = device->run(1'000'000);
    for (const std::string& error : status.errors) UNSCOPED_INFO(error);
    CHECK(status.end == RunStatus::End::Idle);
    CHECK(status.errors.empty());
    CHECK(status.repairs.size() == 1);
    CHECK(word(*device, {0, 0}, kResults + 8) == 10);
    CHECK(word(*device, {0, 0}, kResults + 16) == 0);
    const golden::SramPlace place = golden::sram_place(kData + 192, kBanks);
    CHECK(word(*device, {0, 0}, kResults + 24) ==
          ((kData + 192) | std::uint64_t{place.bank} << 24 | std::uint64_t{place.column} << 32));
    CHECK(word(*device, {0, 0}, kResults + 32) == 1);
  }
  CHECK(first_difference(memory(rtl, {0, 0}, kSram), memory(model, {0, 0}, kSram)) == "");
}

TEST_CASE("a double error stops the thread that meets it, with the word; all others finish", "[system]") {
  struct Case {
    const char* name;
    unsigned thread;
    unsigned lost;  ///< the word
    unsigned cause;
    std::uint64_t value;
    const char* reader;
    std::function<void(Assembler&)> emit;
  };
  const auto list = [](Assembler& as) {
    as.li(a1, kLists);
    as.li(a2, 2);
    as.xfer(a1, a2);
    as.li(a1, 9);
    as.li(a2, 2);
    as.sem_wait(a1, a2);
  };
  const std::vector<Case> cases = {
      {"scalar, first port", 0, kData, 5, kData, "load port 0", [](Assembler& as) { as.lbu(t0, a1, 3); }},
      {"scalar, second port", 1, kData, 5, kData, "load port 1", [](Assembler& as) { as.ld(t0, a1, 0); }},
      {"scalar over two words", 0, kData + 8, 5, kData + 8, "load port 0", [](Assembler& as) { as.lw(t0, a1, 6); }},
      {"vector", 1, kData + 24, 5, kData + 24, "load port 1", [](Assembler& as) { as.vld(v1, a1, 0); }},
      {"gather", 0, kData + 0x300, 5, kData + 0x300, "load port 0",
       [](Assembler& as) {
         as.li(t0, 0x60'10'20'00);
         as.vldx_w(v1, a1, t0);
       }},
      {"memory operand", 1, kData + 16, 5, kData + 16, "load port 1",
       [](Assembler& as) { as.vadd_fp32_m(v1, v2, a1); }},
      {"matrix operand", 0, kData + 32 + 8, 5, kData + 40, "load port 0",
       [](Assembler& as) { as.mma_m(acc0, a1, v1, {.line = 1}); }},
      {"instruction", 1, 0x208, 1, 0x200, "instruction fetch",
       [](Assembler& as) {
         as.li(t0, 0x200);
         as.jalr(zero, t0, 0);
       }},
      {"descriptor", 0, kLists + 64 + 16, 7, kLists + 64, "the transfer engine", list},
      {"payload", 0, kData + 0x840, 7, kLists, "the transfer engine", list},
  };
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  for (const Case& c : cases) {
    INFO(c.name);
    engine::MeshDevice rtl(library, {.rows = 1, .cols = 2, .seed = seed()});
    golden::Machine model(kSmall, 1, 2);
    for (Device* device : {static_cast<Device*>(&rtl), static_cast<Device*>(&model)}) {
      const bool is_rtl = device == &rtl;
      CAPTURE(is_rtl);
      Assembler as;
      as.li(a1, kData);
      c.emit(as);
      const Label spin = as.here();
      as.j(spin);
      load(*device, {0, 0}, 0x80, as);
      for (const NodeId node : {NodeId{0, 0}, NodeId{0, 1}}) load(*device, node, 0x400, bystander());
      for (unsigned i = 0; i < 2; ++i) {
        load(*device, {0, 0}, kLists + 64 * i,
             {.dst = kTarget + 256 * i,
              .src = kData + 0x800 + 256 * i,
              .row_bytes = 128,
              .rows = 1,
              .kind = noc::Kind::Put,
              .post = true,
              .sem = 9});
      }
      device->flip({0, 0}, c.lost, kDouble, 0);
      device->start({0, 0}, c.thread, 0x80);
      device->start({0, 0}, 1 - c.thread, 0x400);
      device->start({0, 1}, 0, 0x400);
      const RunStatus status = run_out(*device);
      CHECK(status.end == RunStatus::End::Fault);
      REQUIRE(status.threads.size() == 1);
      const ThreadStatus& thread = status.threads[0];
      CHECK(thread.node == NodeId{0, 0});
      CHECK(thread.thread == c.thread);
      CHECK(thread.cause == c.cause);
      CHECK(thread.value == c.value);
      if (c.cause == 1) CHECK(thread.pc == c.value);
      CHECK(word(*device, {0, 0}, kResults + 0x100) == 0x600D);
      CHECK(word(*device, {0, 1}, kResults + 0x100) == 0x600D);
      if (is_rtl) CHECK(rtl.mesh().assertion_failures() == 0);
      REQUIRE(status.errors.size() == 1);
      const golden::SramPlace place = golden::sram_place(c.lost, kBanks);
      CHECK(status.errors[0] ==
            fmt::format("Node (y 0, x 0) met a word of SRAM with an error that cannot be corrected: "
                        "the first at {:#x} (bank {}, column {}), read by {}.",
                        c.lost, place.bank, place.column, c.reader));
    }
  }
}

TEST_CASE("errors that come while programs run are put right behind their backs", "[system]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  lockstep::CheckedDevice rtl(library, {.seed = seed()});
  // Copies 2 KiB word by word and by bytes, again and again; the scrubber runs.
  Assembler as;
  as.li(t0, 40);
  as.csrrw(zero, isa::csr::tscrub, t0);
  as.li(t6, 12);
  const Label again = as.here();
  as.li(a1, kData);
  as.li(a2, kTarget);
  as.li(t1, 256);
  const Label copy = as.here();
  as.ld(t2, a1, 0);
  as.sw(t2, a2, 0);
  as.srli(t2, t2, 32);
  as.sw(t2, a2, 4);
  as.addi(a1, a1, 8);
  as.addi(a2, a2, 8);
  as.addi(t1, t1, -1);
  as.bnez(t1, copy);
  as.addi(t6, t6, -1);
  as.bnez(t6, again);
  as.thread_exit(zero);
  load(rtl, {0, 0}, 0, as);
  const auto data = random_bytes(seed(), 2048);
  rtl.write({0, 0}, kData, data);
  rtl.start({0, 0}, 0, 0);
  // Each word at most once: two errors that nobody met in between would be a double one.
  std::mt19937_64 random(seed());
  std::vector<std::uint64_t> words;
  for (unsigned i = 0; i < 256; ++i) words.insert(words.end(), {kData + 8 * i, kTarget + 8 * i});
  for (unsigned i = 0; i < 8; ++i) words.push_back(8 * i);
  std::ranges::shuffle(words, random);
  for (unsigned i = 0; i < 300; ++i) {
    rtl.flip({0, 0}, words[i], {.data = std::uint64_t{1} << random() % 64}, 500 + 50 * std::uint64_t{i});
  }
  RunStatus status = rtl.run(1'000'000);
  for (const std::string& error : status.errors) UNSCOPED_INFO(error);
  REQUIRE(status.end == RunStatus::End::Idle);
  CHECK(rtl.mesh().node(0).memory_errors().fixed > 100);
  CHECK(rtl.mesh().node(0).memory_errors().lost == 0);
  std::vector<std::uint8_t> copied(2048);
  rtl.read({0, 0}, kTarget, copied);
  CHECK(first_difference(copied, data) == "");
}

TEST_CASE("a program cannot flip bits: transfers reach no control register", "[system]") {
  const engine::ModelLibrary library = open_model("small", engine::kLogFlavour);
  engine::MeshDevice rtl(library, {.rows = 1, .cols = 2, .seed = seed()});
  golden::Machine model(kSmall, 1, 2);
  for (Device* device : {static_cast<Device*>(&rtl), static_cast<Device*>(&model)}) {
    const std::uint64_t words[] = {1, noc::kCtrlFlipKey << 8};
    device->write({0, 0}, kData, {reinterpret_cast<const std::uint8_t*>(words), sizeof words});
    start_transfer(*device, {0, 0}, kLists,
                   {.dst = noc::global_address(noc::Region::Control, 0, 0, 1, noc::kCtrlFlipBase + kData),
                    .src = kData,
                    .row_bytes = 16,
                    .rows = 1,
                    .kind = noc::Kind::Put});
    const RunStatus status = run_out(*device);
    REQUIRE(status.threads.size() == 1);
    CHECK(status.threads[0].cause == 7);
    CHECK(status.threads[0].value == kLists);
  }
  CHECK(rtl.mesh().node(1).memory_errors().fixed == 0);
}

}  // namespace tatami::test
