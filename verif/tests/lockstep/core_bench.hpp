// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Runs a program on the Verilated core and on the instruction-set simulator, side by side.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "verif/lockstep/comparer.hpp"
#include "verif/tests/lockstep/memory_agent.hpp"
#include "verif/tests/lockstep/program.hpp"

namespace tatami::test {

/// The configuration that the bench's top is built for; each block that uses the bench defines it.
const golden::CoreConfig& bench_config();

/// One run. `run` returns a report of the first difference, or nothing. A core that gets stuck is one: then nothing
/// more is compared, while any program that goes on gives the simulator something to do.
class CoreBench {
 public:
  CoreBench(const Program& program, Stalls stalls, std::uint64_t seed)
      : program_(program),
        sim_(seed, 0),
        memory_(sim_.top(), program.image, stalls, seed),
        iss_(bench_config(), {.die = kDie, .y = kY, .x = kX}),
        comparer_(iss_),
        stalls_(stalls),
        random_(seed + 1) {
    std::ranges::copy(program.image, iss_.memory().bytes(0, program.image.size()).begin());
    Vlockstep_tb& top = sim_.top();
    top.die_i = kDie, top.y_i = kY, top.x_i = kX;
    top.start_valid_i = 0;
    top.xfer_ready_i = 0;
    top.xfer_fault_valid_i = 0;
    top.time_i = 1000;
    sim_.reset();
    sim_.add(memory_);
  }

  std::optional<std::string> run() {
    for (const Program::Start& start : program_.starts) {
      if (auto difference = cycle(&start)) return difference;
      iss_.start(start.thread, start.pc);
    }
    constexpr unsigned kQuiet = 32;        // cycles without work before the core counts as done
    std::uint64_t compared = 0, last = 0;  // how much was compared, and when that last grew
    for (unsigned quiet = 0; quiet < kQuiet; ++quiet) {
      if (std::exchange(compared, comparer_.compared()) != comparer_.compared()) last = sim_.time();
      if (sim_.time() - last > kStuck) {
        return fmt::format("stuck for {} cycles; threads:\n", kStuck) + threads() + comparer_.history();
      }
      if (auto difference = cycle(nullptr)) return difference;
      if (sim_->busy_o || !memory_.idle()) quiet = 0;
    }
    return check_end();
  }

  std::uint64_t compared() const { return comparer_.compared(); }
  std::uint64_t cycles() const { return sim_.time(); }
  golden::Iss& iss() { return iss_; }
  Vlockstep_tb& top() { return sim_.top(); }

 private:
  static constexpr std::uint32_t kDie = 5;
  static constexpr unsigned kY = 7, kX = 11;
  /// Cycles without progress that no run comes near: 112 were the most in 5 million random instructions.
  static constexpr std::uint64_t kStuck = 2000;

  std::optional<std::string> cycle(const Program::Start* start) {
    Vlockstep_tb& top = sim_.top();
    ++top.time_i;
    top.start_valid_i = start != nullptr;
    if (start != nullptr) top.start_thread_i = start->thread, top.start_pc_i = start->pc;
    top.xfer_ready_i = random_() % 100 >= stalls_.not_ready_percent;
    sim_.settle();
    if (top.xfer_valid_o && top.xfer_ready_i) {
      lists_.push_back({top.xfer_thread_o, top.xfer_addr_o, top.xfer_count_o});
    }
    sim_.cycle();
    if (sim_.errors() != 0) return "an assertion of the core failed; last instructions:\n" + comparer_.history();
    for (unsigned channel = 0; channel < std::size(top.rvfi_valid_o); ++channel) {
      if (!top.rvfi_valid_o[channel]) continue;
      if (auto difference = comparer_.push(record(channel))) return difference;
    }
    return std::nullopt;
  }

  golden::Retirement record(unsigned c) {
    const Vlockstep_tb& top = sim_.top();
    golden::Retirement r;
    r.thread = top.rvfi_thread_o[c];
    r.order = top.rvfi_order_o[c];
    r.insn = top.rvfi_insn_o[c];
    r.trap = top.rvfi_trap_o[c];
    r.intr = top.rvfi_intr_o[c];
    r.halt = top.rvfi_halt_o[c];
    r.rd_addr = top.rvfi_rd_addr_o[c];
    r.rd_wdata = top.rvfi_rd_wdata_o[c];
    r.pc_rdata = top.rvfi_pc_rdata_o[c];
    r.pc_wdata = top.rvfi_pc_wdata_o[c];
    r.mem_addr = top.rvfi_mem_addr_o[c];
    r.mem_rmask = top.rvfi_mem_rmask_o[c];
    r.mem_wmask = top.rvfi_mem_wmask_o[c];
    r.mem_rdata = top.rvfi_mem_rdata_o[c];
    r.mem_wdata = top.rvfi_mem_wdata_o[c];
    r.vd_valid = top.rvfi_vd_valid_o[c];
    r.vd_addr = top.rvfi_vd_addr_o[c];
    std::array<std::uint32_t, golden::kMaxSimdBytes / 4> words{};
    for (std::size_t w = 0; w < words.size(); ++w) words[w] = top.rvfi_vd_wdata_o[c].at(w);
    r.vd_wdata = std::bit_cast<golden::VectorRegister>(words);
    return r;
  }

  /// The core is idle: nothing may be left over, and threads, memory and transfer lists agree.
  std::optional<std::string> check_end() {
    if (const std::string rest = comparer_.leftover(); !rest.empty()) return rest + comparer_.history();
    for (unsigned t = 0; t < bench_config().threads; ++t) {
      if (auto difference = check_thread(t)) return difference;
    }
    const auto expected = iss_.memory().bytes(0, iss_.memory().size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (memory_.bytes()[i] != expected[i]) {
        return fmt::format("SRAM at 0x{:x}: expected {:02x}, got {:02x}", i, expected[i], memory_.bytes()[i]);
      }
    }
    return check_lists();
  }

  std::optional<std::string> check_thread(unsigned t) {
    using Run = golden::ThreadState::Run;
    enum : unsigned { kParked = 0, kRunning = 1, kWaitSemaphore = 2, kFaulted = 4 };
    const golden::ThreadState& twin = iss_.thread(t);
    const unsigned state = sim_->state_o[t];
    if (iss_.can_step(t)) return fmt::format("thread {} stopped at 0x{:x}, its twin goes on", t, sim_->pc_o[t]);
    const unsigned expected = twin.run == Run::Parked ? kParked : twin.run == Run::Faulted ? kFaulted : kWaitSemaphore;
    const bool agrees = state == expected && (twin.run == Run::Parked || sim_->pc_o[t] == twin.pc) &&
                        (twin.order == 0 || sim_->value_o[t] == twin.value) &&
                        (twin.run != Run::Faulted || sim_->cause_o[t] == static_cast<unsigned>(twin.cause));
    if (agrees) return std::nullopt;
    return fmt::format("status of thread {}: expected state {} pc 0x{:x} value 0x{:x} cause {}\n{}", t, expected,
                       twin.pc, twin.value, static_cast<unsigned>(twin.cause), threads());
  }

  std::optional<std::string> check_lists() {
    for (unsigned t = 0; t < bench_config().threads; ++t) {
      const auto text_of = [t](const auto& lists) {
        std::string text;
        for (const golden::TransferList& list : lists) {
          if (list.thread == t && list.count != 0) text += fmt::format(" {:x}+{}", list.offset, list.count);
        }
        return text;
      };
      const std::string expected = text_of(iss_.transfers()), got = text_of(lists_);
      if (expected != got) return fmt::format("transfer lists of thread {}: expected{}, got{}", t, expected, got);
    }
    return std::nullopt;
  }

  std::string threads() {
    std::string text;
    for (unsigned t = 0; t < bench_config().threads; ++t) {
      text += fmt::format("  core's thread {}: state {} pc 0x{:x} value 0x{:x} cause {}\n", t, sim_->state_o[t],
                          sim_->pc_o[t], sim_->value_o[t], sim_->cause_o[t]);
    }
    return text;
  }

  const Program& program_;
  Sim<Vlockstep_tb> sim_;
  MemoryAgent memory_;
  golden::Iss iss_;
  lockstep::Comparer comparer_;
  Stalls stalls_;
  std::mt19937_64 random_;
  std::vector<golden::TransferList> lists_;
};

}  // namespace tatami::test
