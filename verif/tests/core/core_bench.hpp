// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The core with behavioural surroundings: SRAM ports with random delays, semaphores, a transfer queue, and a record of
/// everything that retired.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <vector>

#include "Vcore_tb.h"
#include "sim/asm/assembler.hpp"
#include "verif/lib/sim.hpp"
#include "verif/lib/stream.hpp"

namespace tatami::test {

inline constexpr unsigned kThreads = 2;  // of the configuration `small`
inline constexpr unsigned kSimdBytes = 32;
inline constexpr std::uint64_t kSramBytes = 65536;
inline constexpr unsigned kReadLatency = 3;  // of an SRAM read without conflicts

/// What a thread is doing; the codes of core_pkg::thread_state_e.
enum class State : unsigned { Parked, Running, WaitSemaphore, WaitTransfer, Faulted, WaitBarrier };

/// One retired instruction.
struct Retired {
  std::uint32_t insn;
  bool trap, intr, halt;
  unsigned rd;
  std::uint64_t rd_wdata, pc, next_pc, mem_addr, mem_rdata, mem_wdata, cycle;
  unsigned mem_rmask, mem_wmask;
  bool vd_valid;
  unsigned vd;
  std::vector<std::uint32_t> vd_wdata;
};

/// Everything around the core. `stall` is the probability that a channel pauses in a cycle.
class CoreBench : private Agent {
 public:
  explicit CoreBench(double stall = 0.0, std::uint64_t seed = tatami::test::seed())
      : memory(kSramBytes), semaphores(64), sim_(seed), stall_(seed, stall), stall_probability_(stall) {
    sim_.add(*this);
    for (unsigned w = 0; w < 8; ++w)
      sim_->fetch_rsp_data_i[w] = sim_->load_rsp_data_i[0][w] = sim_->load_rsp_data_i[1][w] = 0;
    sim_->fetch_rsp_uncorrectable_i = sim_->load_rsp_uncorrectable_i[0] = sim_->load_rsp_uncorrectable_i[1] = 0;
    sim_->xfer_fault_valid_i = 0;
    sim_->id_x_i = 3;
    sim_->id_y_i = 2;
    sim_->id_die_i = 1;
  }

  std::vector<std::uint8_t> memory;
  std::vector<std::uint16_t> semaphores;
  std::map<unsigned, std::vector<Retired>> retired;     ///< by thread, in program order
  std::vector<std::array<std::uint64_t, 3>> transfers;  ///< thread, address, count
  bool accept_transfers = true;
  bool answer_loads = true;
  bool finish_stores = true;
  std::vector<unsigned> words_asked;  ///< by loads, in the order of their requests
  unsigned stores_sent = 0;
  bool poison_loads = false;  ///< answers of loads are uncorrectable
  unsigned lost_word = 0;     ///< in this word

  /// Puts a program into memory.
  void load(const Assembler& program, std::uint64_t address = 0) {
    const std::vector<std::uint32_t> words = program.finish();
    std::memcpy(&memory.at(address), words.data(), 4 * words.size());
  }
  std::uint64_t word(std::uint64_t address) const {
    std::uint64_t value;
    std::memcpy(&value, &memory.at(address), 8);
    return value;
  }
  void set_word(std::uint64_t address, std::uint64_t value) { std::memcpy(&memory.at(address), &value, 8); }

  /// Starts a thread as the mesh does.
  void start(unsigned thread, std::uint64_t pc) {
    start_ = {thread, pc};
    starting_ = true;
    sim_.cycle();
  }
  void post(unsigned semaphore, std::uint16_t value) { semaphores.at(semaphore) += value; }
  void transfer_fault(unsigned thread, std::uint64_t address) {
    sim_->xfer_fault_valid_i = 1;
    sim_->xfer_fault_thread_i = thread;
    sim_->xfer_fault_addr_i = address;
    sim_.cycle();
    sim_->xfer_fault_valid_i = 0;
  }

  /// Runs until nothing can move; false when that takes more than `limit` cycles.
  bool run(std::uint64_t limit = 20000) {
    sim_.cycle();
    return sim_.run_until([this] { return quiet(); }, limit);
  }
  void cycles(std::uint64_t count) { sim_.cycles(count); }

  State state(unsigned thread) const { return static_cast<State>(sim().status_state_o[thread]); }
  std::uint64_t value(unsigned thread) const { return sim().status_value_o[thread]; }
  std::uint64_t pc(unsigned thread) const { return sim().status_pc_o[thread]; }
  unsigned cause(unsigned thread) const { return sim().status_cause_o[thread]; }
  std::uint64_t time() const { return sim_.time(); }

  /// Cycles from the first to the last retirement of a thread.
  std::uint64_t span(unsigned thread) const {
    const auto& list = retired.at(thread);
    return list.back().cycle - list.front().cycle;
  }

 private:
  struct Read {
    std::uint64_t due;
    std::array<std::uint64_t, 8> data;
    std::array<std::uint32_t, 8> address;
  };

  /// Nothing can move: the core sleeps, the memory has answered, and no wait can be granted.
  bool quiet() const {
    for (unsigned t = 0; t < kThreads; ++t) {
      if (state(t) == State::WaitSemaphore && semaphores[value(t) & 0x3f] >= value(t) >> 16) return false;
    }
    return !sim().busy_o && fetches_.empty() && loads_[0].empty() && loads_[1].empty() && stores_.empty();
  }

  const Vcore_tb& sim() const { return const_cast<Sim<Vcore_tb>&>(sim_).top(); }

  std::uint64_t delay() {
    return sim_.time() + kReadLatency + (stall_probability_ > 0 && stall_() ? random_() % 12 : 0);
  }

  template <typename Addresses>
  Read read(unsigned enable, const Addresses& addresses) {
    Read result{delay(), {}, {}};
    for (unsigned w = 0; w < 8; ++w) {
      result.address[w] = static_cast<std::uint32_t>(addresses[w]);
      if ((enable >> w & 1) != 0) result.data[w] = word(8 * std::uint64_t{addresses[w]});
    }
    return result;
  }

  void drive() override {
    Vcore_tb& top = sim_.top();
    top.time_i = sim_.time();
    top.start_valid_i = starting_;
    top.start_thread_i = start_.first;
    top.start_pc_i = start_.second;
    starting_ = false;
    top.fetch_req_ready_i = !stall_();
    top.load_req_ready_i = (stall_() ? 0 : 1) | (stall_() ? 0 : 2);
    top.store_ready_i = !stall_();
    top.xfer_ready_i = accept_transfers && !stall_();
    top.fetch_rsp_valid_i = answer(fetches_, top.fetch_rsp_data_i);
    top.load_rsp_valid_i = 0;
    for (unsigned port = 0; port < 2; ++port) {
      top.load_rsp_lost_i[port] = loads_[port].empty() ? 0 : loads_[port].front().address[lost_word];
      const bool valid = answer_loads && answer(loads_[port], top.load_rsp_data_i[port]);
      top.load_rsp_valid_i |= valid ? 1u << port : 0u;
      top.load_rsp_uncorrectable_i[port] = valid && poison_loads ? 1U << lost_word : 0;
    }
    // Stores commit, in order, when their `done` is given.
    top.store_done_i = finish_stores && !stores_.empty() && stores_.front().due <= sim_.time();
    if (top.store_done_i) {
      const Store& store = stores_.front();
      for (unsigned w = 0; w < 8; ++w) {
        for (unsigned b = 0; b < 8; ++b) {
          if ((store.enable >> w & 1) != 0 && (store.strobe[w] >> b & 1) != 0) {
            memory.at(8 * std::uint64_t{store.address[w]} + b) = static_cast<std::uint8_t>(store.data[w] >> (8 * b));
          }
        }
      }
      stores_.pop_front();
    }
    top.sem_wait_grant_i = 0;
    for (unsigned t = 0; t < kThreads; ++t) {
      std::uint16_t& have = semaphores[top.sem_wait_sem_o[t]];
      if ((top.sem_wait_valid_o >> t & 1) != 0 && have >= top.sem_wait_count_o[t]) {
        have -= top.sem_wait_count_o[t];
        top.sem_wait_grant_i = 1u << t;
        break;
      }
    }
    // The core reads a semaphore combinationally; let the number settle before it is answered.
    sim_.settle();
    top.sem_read_value_i = semaphores[top.sem_read_sem_o];
  }

  /// Gives the oldest answer when it is due; false when there is none.
  template <typename Words>
  bool answer(std::deque<Read>& queue, Words& data) {
    if (queue.empty() || queue.front().due > sim_.time()) return false;
    for (unsigned w = 0; w < 8; ++w) data[w] = queue.front().data[w];
    queue.pop_front();
    return true;
  }

  /// Something retires, or the core becomes busy, only behind a cycle in which its clock runs: it says that it is busy,
  /// or something comes in. What it asks of the SRAM is taken while the clock runs.
  void check_clock() {
    const Vcore_tb& top = sim();
    bool retires = false;
    for (unsigned c = 0; c < std::size(top.rvfi_valid_o); ++c) retires |= top.rvfi_valid_o[c] != 0;
    const bool comes = top.start_valid_i || top.fetch_rsp_valid_i || top.load_rsp_valid_i || top.store_done_i ||
                       top.sem_wait_grant_i || top.xfer_fault_valid_i || (top.xfer_valid_o && top.xfer_ready_i);
    if (retires && !clocked_ && !comes)
      FAIL_CHECK("cycle " << sim_.time() << ": an instruction retires without a clock");
    if (!top.busy_o && (top.fetch_req_valid_o || top.load_req_valid_o != 0 || top.store_valid_o))
      FAIL_CHECK("cycle " << sim_.time() << ": asks for something without a clock");
    if (top.busy_o && !clocked_ && !comes) FAIL_CHECK("cycle " << sim_.time() << ": busy again without a clock");
    clocked_ = top.busy_o || comes;
  }

  void sample() override {
    Vcore_tb& top = sim_.top();
    check_clock();
    if (top.fetch_req_valid_o && top.fetch_req_ready_i) {
      fetches_.push_back(read(top.fetch_req_en_o, top.fetch_req_addr_o));
    }
    for (unsigned port = 0; port < 2; ++port) {
      if ((top.load_req_valid_o & top.load_req_ready_i) >> port & 1) {
        loads_[port].push_back(read(top.load_req_en_o[port], top.load_req_addr_o[port]));
        words_asked.push_back(static_cast<unsigned>(std::popcount(top.load_req_en_o[port])));
      }
    }
    if (top.store_valid_o && top.store_ready_i) {
      if (top.store_flip_o) FAIL_CHECK("cycle " << sim_.time() << ": a store inverts what is stored");
      Store store{delay(), top.store_en_o, {}, {}, {}};
      for (unsigned w = 0; w < 8; ++w) {
        store.address[w] = top.store_addr_o[w];
        store.data[w] = top.store_data_o[w];
        store.strobe[w] = top.store_strb_o[w];
      }
      stores_.push_back(store);
      ++stores_sent;
    }
    if (top.sem_post_valid_o) semaphores[top.sem_post_sem_o] += top.sem_post_value_o;
    if (top.xfer_valid_o && top.xfer_ready_i)
      transfers.push_back({top.xfer_thread_o, top.xfer_addr_o, top.xfer_count_o});
    for (unsigned c = 0; c < std::size(top.rvfi_valid_o); ++c) {
      if (top.rvfi_valid_o[c]) note(c);
    }
  }

  /// Files a retirement record; a thread's records may come out of order, but none twice.
  void note(unsigned c) {
    Vcore_tb& top = sim_.top();
    Retired r{top.rvfi_insn_o[c],
              top.rvfi_trap_o[c] != 0,
              top.rvfi_intr_o[c] != 0,
              top.rvfi_halt_o[c] != 0,
              top.rvfi_rd_addr_o[c],
              top.rvfi_rd_wdata_o[c],
              top.rvfi_pc_rdata_o[c],
              top.rvfi_pc_wdata_o[c],
              top.rvfi_mem_addr_o[c],
              top.rvfi_mem_rdata_o[c],
              top.rvfi_mem_wdata_o[c],
              sim_.time(),
              top.rvfi_mem_rmask_o[c],
              top.rvfi_mem_wmask_o[c],
              top.rvfi_vd_valid_o[c] != 0,
              top.rvfi_vd_addr_o[c],
              {}};
    if (r.vd_valid) {
      for (unsigned i = 0; i < kSimdBytes / 4; ++i) r.vd_wdata.push_back(top.rvfi_vd_wdata_o[c][i]);
    }
    const unsigned thread = top.rvfi_thread_o[c];
    pending_[thread].emplace(top.rvfi_order_o[c], std::move(r));
    auto& pending = pending_[thread];
    auto& list = retired[thread];
    for (auto next = pending.find(list.size()); next != pending.end(); next = pending.find(list.size())) {
      list.push_back(std::move(next->second));
      pending.erase(next);
    }
  }

  struct Store {
    std::uint64_t due;
    unsigned enable;
    std::array<std::uint32_t, 8> address;
    std::array<std::uint64_t, 8> data;
    std::array<std::uint8_t, 8> strobe;
  };

  Sim<Vcore_tb> sim_;
  Stall stall_;
  double stall_probability_;
  std::mt19937_64 random_;
  std::pair<unsigned, std::uint64_t> start_{};
  bool starting_ = false;
  bool clocked_ = false;  ///< in the cycle before
  std::deque<Read> fetches_;
  std::array<std::deque<Read>, 2> loads_;
  std::deque<Store> stores_;
  std::map<unsigned, std::map<std::uint64_t, Retired>> pending_;
};

}  // namespace tatami::test
