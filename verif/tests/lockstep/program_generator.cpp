// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Layout of a random program, and its plan: which items come, and where threads meet.
#include "verif/tests/lockstep/program_generator.hpp"

#include <bit>
#include <cstring>

#include "noc.hpp"
#include "verif/lib/handler_code.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;

constexpr std::uint64_t kCodeBytes = 0x3800, kDataBytes = 0x2000;
constexpr std::uint64_t kAccumulators = 8;

std::uint64_t code_address(unsigned thread) { return thread * kCodeBytes; }

}  // namespace

/// The middle of a thread's data: offsets of either sign stay inside.
std::uint64_t ProgramGenerator::data_address(unsigned thread) const {
  return code_address(config_.threads) + thread * kDataBytes + kDataBytes / 2;
}

Program ProgramGenerator::make(unsigned items, const Keep& keep) {
  Program program(config_.sram_bytes);
  const std::uint64_t data = code_address(config_.threads);
  for (std::uint64_t at = data; at < data + config_.threads * kDataBytes; at += 8) {
    const std::uint64_t word = data_word();
    std::memcpy(program.image.data() + at, &word, 8);
  }
  const auto running = static_cast<unsigned>(1 + pick(config_.threads));
  threads_.clear();
  std::vector<unsigned> started_by_thread;
  program.starts.push_back({0, code_address(0)});
  for (unsigned t = 0; t < running; ++t) {
    threads_.push_back({.index = t, .as = {}, .ahead = {}});
    if (t == 0) continue;
    if (chance(50)) {
      started_by_thread.push_back(t);
    } else {
      program.starts.push_back({t, code_address(t)});
    }
  }
  for (Thread& t : threads_) begin(t, t.index == 0 ? started_by_thread : std::vector<unsigned>{});
  for (unsigned i = 0; i < items; ++i) {
    const unsigned first = i * (config_.threads + 1);
    for (Thread& t : threads_) {
      begin_stream(first + t.index);
      if (keep(first + t.index)) any_item(t);
    }
    begin_stream(first + config_.threads);
    if (!keep(first + config_.threads)) continue;
    // Meetings have one order in all programs: a thread never waits for one that waits for it.
    if (running > 1 && chance(3)) {
      const auto from = static_cast<unsigned>(pick(running));
      const auto to = static_cast<unsigned>((from + 1 + pick(running - 1)) % running);
      meet(threads_[from], threads_[to]);
    }
    if (chance(2)) meet_all();
  }
  begin_stream(numbers(items));
  for (Thread& t : threads_) {
    end(t);
    program.place(code_address(t.index), t.as);
    program.pieces.back().shown_from = t.prologue;
  }
  return program;
}

/// Starts other threads, installs the trap handler, and gives every register a value.
void ProgramGenerator::begin(Thread& t, const std::vector<unsigned>& to_start) {
  Assembler& as = t.as;
  for (const unsigned other : to_start) {
    as.li(t0, other);
    as.li(t1, static_cast<std::int64_t>(code_address(other)));
    as.thread_start(t0, t1);
  }
  install_handler(as, [&as] {
    as.csrr(t0, isa::csr::mcause);
    as.csrr(t1, isa::csr::mtval);
    as.csrrs(t2, isa::csr::mstatus, zero);
    return_behind(as, t0);
  });
  as.li(s0, static_cast<std::int64_t>(data_address(t.index)));
  as.li(s1, static_cast<std::int64_t>(noc::kSramAlias + data_address(t.index)));
  for (unsigned r = 1; r < XReg::kCount; ++r) {
    if (r != s0.number() && r != s1.number() && r != s3.number() && chance(70)) as.li(XReg(r), corner_value());
  }
  as.li(s2, 0);
  for (unsigned v = 0; v < VReg::kCount; ++v) as.vld(VReg(v), s0, 8 * (below(256) - 128));
  for (unsigned a = 0; a < kAccumulators; ++a) as.mma_z(AccReg(a), vector(), vector());
  t.prologue = as.size_bytes() / 4;
}

void ProgramGenerator::any_item(Thread& t) {
  maybe_settle(t);
  switch (pick(20)) {
    case 0: return branch(t);
    case 1: return jump(t);
    case 2: return loop(t);
    case 3: return trap(t);
    case 4: return csr(t);
    case 8:
    case 9: return number_format(t);
    case 5: return own_semaphore(t);
    case 6: return chance(30) ? patch(t) : fences(t);
    case 7: return chance(30) ? transfer(t) : corner_operands(t);
    default: return item(t);
  }
}

/// One instruction that may stand anywhere.
void ProgramGenerator::item(Thread& t) {
  switch (pick(11)) {
    case 0:
    case 1: return table_instruction(t, isa::Unit::Alu);
    case 2: return table_instruction(t, isa::Unit::Muldiv);
    case 3:
    case 4: return table_instruction(t, chance(15) ? isa::Unit::Function : isa::Unit::Simd);
    case 5:
    case 6: return table_instruction(t, isa::Unit::Matrix);
    case 7: return vector_memory(t);
    case 8: return memory_operand(t);
    default: return scalar_memory(t);
  }
}

/// `from` gives what `to` waits for. No branch leads around a meeting.
void ProgramGenerator::meet(Thread& from, Thread& to) {
  constexpr unsigned kFirstShared = 32;
  const auto count = 1 + below(3);
  const std::int64_t semaphore = kFirstShared + from.index * 4 + to.index;
  for (Thread* t : {&from, &to}) {
    settle(*t);
    t->as.li(t0, semaphore);
    t->as.li(t1, count);
  }
  from.as.sem_post(t0, t1);
  to.as.sem_wait(t0, t1);
}

/// All threads of the program meet at a barrier.
void ProgramGenerator::meet_all() {
  for (Thread& t : threads_) {
    settle(t);
    const std::int64_t set = (1 << threads_.size()) - 1;
    const std::int64_t beyond = chance(50) ? -1 << config_.threads : 0;
    t.as.li(t0, (chance(50) ? set & ~(1 << t.index) : set) | beyond);
    t.as.thread_barrier(t0);
  }
}

/// Places every forward target here.
void ProgramGenerator::settle(Thread& t) {
  for (const Label label : t.ahead) t.as.bind(label);
  t.ahead.clear();
}

void ProgramGenerator::maybe_settle(Thread& t) {
  if (chance(30)) settle(t);
}

/// Exits, or stops as faulted.
void ProgramGenerator::end(Thread& t) {
  settle(t);
  if (chance(75)) return t.as.thread_exit(source());
  t.as.csrw(isa::csr::mtvec, zero);
  t.as.li(t0, chance(50) ? 0x100000000 : static_cast<std::int64_t>(config_.sram_bytes));
  switch (pick(5)) {
    case 0: return t.as.jalr(ra, t0);
    case 1: return t.as.ecall();
    case 2: return t.as.ebreak();
    case 3: return t.as.ld(ra, t0, -1);
    default: return t.as.vst(VReg(1), t0);
  }
}

XReg ProgramGenerator::target() {
  for (;;) {
    const XReg reg = source();
    if (reg != s0 && reg != s1 && reg != s2 && reg != s3) return reg;
  }
}

std::int64_t ProgramGenerator::corner_value() {
  constexpr std::int64_t kCorners[] = {0, 1, -1, 2, -2, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN};
  if (chance(40)) return kCorners[pick(std::size(kCorners))];
  return static_cast<std::int64_t>(random_()) >> pick(64);
}

/// Indices of a gather of quarter registers that mostly stay in the thread's data.
std::int64_t ProgramGenerator::quarter_indices() {
  std::uint64_t indices = 0;
  for (unsigned i = 0; i < 4; ++i) indices |= pick(64) << (16 * i);
  if (chance(10)) indices |= std::uint64_t{0x8000} << (16 * pick(4));  // that item lies outside the SRAM: a trap
  return static_cast<std::int64_t>(indices);
}

/// Two FP32 lanes or four BF16 lanes: small numbers, special ones, and anything.
std::uint64_t ProgramGenerator::data_word() {
  constexpr std::uint16_t kSpecial[] = {0x0000, 0x8000, 0x3f80, 0xbf80, 0x7f80, 0xff80, 0x7fc0,
                                        0x7f81, 0x0001, 0x8001, 0x007f, 0x0080, 0x7f7f, 0xff7f};
  const unsigned kind = static_cast<unsigned>(pick(4));
  if (kind == 0) return random_();
  std::uint64_t word = 0;
  for (unsigned lane = 0; lane < 4; ++lane) {
    std::uint16_t half = static_cast<std::uint16_t>(0x3f00 + pick(0x200) + (pick(2) << 15));
    if (kind == 1 && chance(20)) half = kSpecial[pick(std::size(kSpecial))];
    word |= std::uint64_t{half} << (16 * lane);
  }
  return word;
}

}  // namespace tatami::test
