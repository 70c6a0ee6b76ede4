// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Memory order on the RTL: threads of a node that race, transfers and their semaphores, code that others write.

#include <map>
#include <random>

#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lockstep/checked_device.hpp"
#include "verif/tests/litmus/shape.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr std::uint64_t kCode = 0x8000;        // bytes of code per thread
constexpr std::uint64_t kLocations = 0x80000;  // one per 64 B line and round
constexpr std::uint64_t kResults = 0xc0000;
constexpr unsigned kRounds = 60;
constexpr std::uint64_t kCycles = 400'000;

/// Where a location lies in a round; `apart` lines from the one before, so that rounds meet different banks.
std::uint64_t address_of(unsigned round, unsigned location, unsigned apart) {
  return kLocations + 64 * (std::uint64_t{round} * 8 + std::uint64_t{location} * apart);
}

/// Emits one access. A read leaves its value in `result`; vector accesses move a register of which it is the first
/// word.
void emit(Assembler& as, const LitmusAccess& access, bool vector, XReg base, VReg loaded, XReg result) {
  if (access.write) {
    as.li(t2, static_cast<std::int64_t>(access.value));
    if (vector) {
      as.vst(VReg(static_cast<unsigned>(access.value)), base);
    } else {
      as.sd(t2, base);
    }
  } else if (vector) {
    as.vld(loaded, base);
  } else {
    as.ld(result, base);
  }
}

/// The code of one thread: rounds between barriers, with random delays before the accesses.
Assembler thread_code(const LitmusShape& shape, unsigned thread, unsigned apart, std::mt19937_64& random) {
  const auto& accesses = shape.threads[thread];
  Assembler as;
  as.li(s0, (1 << shape.threads.size()) - 1);
  // v1 and v2: registers full of 64-bit ones and twos.
  for (unsigned value : {1u, 2u}) {
    as.li(t0, static_cast<std::int64_t>(kResults - 64));
    as.li(t1, value);
    for (unsigned w = 0; w < 8; ++w) as.sd(t1, t0, 8 * w);
    as.vld(VReg(value), t0);
    as.thread_barrier(s0);
  }
  const XReg bases[] = {s2, s3};
  const XReg results[] = {s4, s5};
  for (unsigned round = 0; round < kRounds; ++round) {
    for (unsigned i = 0; i < accesses.size(); ++i) {
      as.li(bases[i], static_cast<std::int64_t>(address_of(round, accesses[i].location, apart)));
    }
    as.thread_barrier(s0);
    for (auto delay = random() % 12; delay > 0; --delay) as.nop();
    std::array<bool, 2> vector{};
    for (unsigned i = 0; i < accesses.size(); ++i) {
      vector[i] = random() % 3 == 0;
      emit(as, accesses[i], vector[i], bases[i], VReg(4 + i), results[i]);
    }
    as.li(t0, static_cast<std::int64_t>(kResults + 64 * (4 * round + thread) * 2));
    for (unsigned i = 0; i < accesses.size(); ++i) {
      if (accesses[i].write) continue;
      if (vector[i]) {
        as.vst(VReg(4 + i), t0, 64 * i);
      } else {
        as.sd(results[i], t0, 64 * i);
      }
    }
  }
  as.thread_exit(zero);
  return as;
}

/// Keeps the load port that it shares with thread - 2 busy: eight reads of one word take eight cycles. (Nobody writes
/// that word: the replay gives all of them one value.)
Assembler noise_code(std::mt19937_64& random) {
  Assembler as;
  as.li(s0, static_cast<std::int64_t>(kLocations - 64));
  as.li(t0, kRounds * 3);
  const Label loop = as.here();
  for (unsigned i = 0; i < 6; ++i) {
    as.vld_w(VReg(i), s0, zero);
    for (auto pause = random() % 12; pause > 0; --pause) as.nop();
  }
  as.addi(t0, t0, -1);
  as.bnez(t0, loop);
  as.thread_exit(zero);
  return as;
}

std::string text_of(const Outcome& outcome) {
  std::string text;
  for (const std::uint64_t value : outcome) text += fmt::format(" {}", value);
  return text;
}

/// Runs a shape once; counts the outcomes of its rounds.
void run(const engine::ModelLibrary& library, const LitmusShape& shape, std::uint64_t run_seed,
         std::map<Outcome, unsigned>& outcomes) {
  std::mt19937_64 random(run_seed);
  const unsigned apart = 1 + random() % 3;
  lockstep::CheckedDevice device(library, {.rows = 1, .cols = 1, .seed = run_seed});
  for (unsigned t = 0; t < shape.threads.size(); ++t) {
    load(device, {0, 0}, kCode * (t + 1), thread_code(shape, t, apart, random));
    device.start({0, 0}, t, kCode * (t + 1));
  }
  for (unsigned t = static_cast<unsigned>(std::max<std::size_t>(2, shape.threads.size())); t < library.config().threads;
       ++t) {
    load(device, {0, 0}, kCode * (t + 1), noise_code(random));
    device.start({0, 0}, t, kCode * (t + 1));
  }
  const RunStatus status = device.run(kCycles);
  for (const ThreadStatus& thread : status.threads) UNSCOPED_INFO(describe(thread));
  REQUIRE(status.end == RunStatus::End::Idle);
  for (unsigned round = 0; round < kRounds; ++round) {
    Outcome outcome;
    for (unsigned t = 0; t < shape.threads.size(); ++t) {
      for (unsigned i = 0; i < shape.threads[t].size(); ++i) {
        if (shape.threads[t][i].write) continue;
        outcome.push_back(word(device, {0, 0}, kResults + 64 * (4 * round + t) * 2 + 64 * i));
      }
    }
    for (unsigned l = 0; l < shape.locations; ++l) outcome.push_back(word(device, {0, 0}, address_of(round, l, apart)));
    ++outcomes[outcome];
  }
}

TEST_CASE("racing threads see one order of all accesses", "[litmus]") {
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  for (const LitmusShape& shape : litmus_shapes()) {
    INFO(shape.name);
    const std::set<Outcome> allowed = shape.allowed();
    std::map<Outcome, unsigned> seen;
    for (std::uint64_t i = 0; i < 12; ++i) run(library, shape, 100 * seed() + i, seen);
    for (const auto& [outcome, count] : seen) {
      INFO("outcome" << text_of(outcome) << " in " << count << " rounds");
      CHECK(allowed.contains(outcome));
    }
    // A race that only ever ends one way would prove nothing.
    CHECK(seen.size() >= 3);
  }
}

TEST_CASE("a put is visible before its semaphore, and a fetch after fence.i sees the code that it brought",
          "[litmus]") {
  constexpr std::uint64_t kList = 0x4000, kSource = 0x20000, kTarget = 0x30000, kSum = 0x50000;
  constexpr unsigned kPackets = 24, kTimes = 8, kSemaphore = 3, kAcknowledge = 5;
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
  const NodeId west{0, 0}, east{0, 1};

  // The western node sends, kTimes, a routine that returns a number; the eastern one calls it, and calls the same
  // address again the next time.
  Assembler sender;
  for (unsigned i = 0; i < kTimes; ++i) {
    Assembler routine;
    for (unsigned n = 0; n < 8 * kPackets; ++n) routine.addi(a1, a1, 1);
    routine.addi(a1, a1, i);
    routine.ret();
    load(device, west, kSource + 0x2000 * i, routine);
    const noc::Descriptor put{.dst = remote(east, kTarget),
                              .src = kSource + 0x2000 * i,
                              .row_bytes = 64,
                              .rows = kPackets,
                              .dst_pitch = 64,
                              .src_pitch = 64,
                              .kind = noc::Kind::Put,
                              .post = true,
                              .sem = kSemaphore};
    load(device, west, kList + 64 * i, put);
    sender.li(a1, static_cast<std::int64_t>(kList + 64 * i));
    sender.li(a2, 1);
    sender.xfer(a1, a2);
    sender.li(a1, kAcknowledge);
    sender.sem_wait(a1, a2);
  }
  sender.thread_exit(zero);
  load(device, west, 0, sender);

  Assembler receiver;
  const noc::Descriptor back{.dst = remote(west, 0), .kind = noc::Kind::Zero, .post = true, .sem = kAcknowledge};
  load(device, east, kList, back);
  receiver.li(s0, static_cast<std::int64_t>(kTarget));
  receiver.li(s1, static_cast<std::int64_t>(kSum));
  receiver.li(s2, kTimes);
  receiver.li(s3, static_cast<std::int64_t>(kList));
  receiver.li(s4, 1);
  const Label loop = receiver.here();
  receiver.li(a2, kSemaphore);
  receiver.sem_wait(a2, s4);
  receiver.fence_i();
  receiver.li(a1, 0);
  receiver.jalr(ra, s0);
  receiver.sd(a1, s1);
  receiver.addi(s1, s1, 8);
  receiver.xfer(s3, s4);
  receiver.addi(s2, s2, -1);
  receiver.bnez(s2, loop);
  receiver.thread_exit(zero);
  load(device, east, 0, receiver);
  device.start(east, 0, 0);
  device.start(west, 0, 0);
  const RunStatus status = device.run(kCycles);
  for (const ThreadStatus& thread : status.threads) UNSCOPED_INFO(describe(thread));
  REQUIRE(status.end == RunStatus::End::Idle);
  for (unsigned i = 0; i < kTimes; ++i) CHECK(word(device, east, kSum + 8 * i) == 8 * kPackets + i);
}

TEST_CASE("code that another thread wrote runs after a semaphore and fence.i", "[litmus]") {
  constexpr std::uint64_t kRoutine = 0x9000, kSum = 0x50000;
  constexpr unsigned kTimes = 20;
  const engine::ModelLibrary library = open_model("full", engine::kLogFlavour);
  lockstep::CheckedDevice device(library, {.rows = 1, .cols = 1, .seed = seed()});
  Assembler writer, caller, routine;
  routine.li(a1, 0);
  routine.ret();
  load(device, {0, 0}, kRoutine, routine);
  writer.li(s0, static_cast<std::int64_t>(kRoutine));
  writer.li(s1, 1);
  writer.li(s2, 2);
  caller.li(s0, static_cast<std::int64_t>(kRoutine));
  caller.li(s1, 1);
  caller.li(s2, 2);
  caller.li(s3, static_cast<std::int64_t>(kSum));
  for (unsigned i = 1; i <= kTimes; ++i) {
    writer.li(t0, isa::encode(isa::Op::Addi, {.rd = a1.number(), .imm = i}));
    writer.sw(t0, s0);
    writer.sem_post(s1, s1);
    writer.sem_wait(s2, s1);
    caller.sem_wait(s1, s1);
    caller.fence_i();
    caller.jalr(ra, s0);
    caller.sd(a1, s3, 8 * i);
    caller.sem_post(s2, s1);
  }
  writer.thread_exit(zero);
  caller.thread_exit(zero);
  load(device, {0, 0}, 0x0, writer);
  load(device, {0, 0}, 0x4000, caller);
  device.start({0, 0}, 1, 0);
  device.start({0, 0}, 2, 0x4000);
  REQUIRE(device.run(kCycles).end == RunStatus::End::Idle);
  for (unsigned i = 1; i <= kTimes; ++i) CHECK(word(device, {0, 0}, kSum + 8 * i) == i);
}

}  // namespace
}  // namespace tatami::test
