// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "Vdma_tb.h"
#include "verif/golden/dma/transfer_engine.hpp"
#include "verif/lib/packet_words.hpp"
#include "verif/lib/sim.hpp"
#include "verif/lib/stream.hpp"
#include "verif/lib/wide.hpp"

namespace tatami::test {

inline auto sorted(auto items) {
  std::ranges::sort(items);
  return items;
}

/// An SRAM read port: answers in order, `kLatency` cycles after acceptance or later when it stalls.
class SramReadModel : public Agent {
 public:
  static constexpr std::uint64_t kLatency = 3;

  SramReadModel(Vdma_tb& top, std::vector<std::uint64_t>& words, std::uint64_t seed)
      : top_(top), words_(words), ready_(seed, 0.0), late_(seed + 1, 0.0) {}

  void set_stall(double stall) {
    ready_.set(stall);
    late_.set(stall);
  }

  std::set<std::uint64_t> unreadable;  ///< word indices

  void drive() override {
    ++now_;
    top_.rd_req_ready_i = open_ = !ready_();
    const bool answer = !reads_.empty() && now_ >= reads_.front().due && !late_();
    top_.rd_rsp_valid_i = answer;
    for (unsigned w = 0; w < 17; ++w)
      top_.rd_rsp_i[w] = static_cast<std::uint32_t>(now_ * 2654435761U);  // not zero when idle
    if (!answer) return;
    set_bits(top_.rd_rsp_i, 0, 16, 0);
    for (unsigned i = 0; i < 8; ++i) {
      const bool asked = reads_.front().en >> i & 1;
      const std::uint64_t word = reads_.front().address[i];
      set_bits(top_.rd_rsp_i, 16 + 64 * i, 64, asked ? words_[word] : 0);
      if (asked && unreadable.contains(word)) set_bits(top_.rd_rsp_i, i, 1, 1);
    }
    reads_.pop_front();
  }

  void sample() override {
    if (!open_ || !top_.rd_req_valid_o) return;
    Read read{now_ + kLatency, static_cast<unsigned>(get_bits(top_.rd_req_o, 144, 8)), {}};
    for (unsigned i = 0; i < 8; ++i) {
      read.address[i] = get_bits(top_.rd_req_o, 18 * i, 18);
      if ((read.en >> i & 1) && read.address[i] >= words_.size()) FAIL("read beyond the SRAM");
    }
    reads_.push_back(read);
  }

 private:
  struct Read {
    std::uint64_t due;
    unsigned en;
    std::array<std::uint64_t, 8> address;
  };

  Vdma_tb& top_;
  std::vector<std::uint64_t>& words_;
  Stall ready_;
  Stall late_;
  std::deque<Read> reads_;
  std::uint64_t now_ = 0;
  bool open_ = false;
};

/// A list to run.
struct List {
  unsigned thread = 0;
  std::uint32_t address = 0;
  unsigned count = 0;
};

/// The engine of node (y 3, x 5) of die 7 between an SRAM model and router sinks, next to its golden twin.
class DmaBench {
 public:
  static constexpr golden::Place kNode{7, 3, 5};
  using Words = golden::TransferEngine::Words;

  DmaBench()
      : memory(bytes() / 8),
        sram(sim.top(), memory, seed()),
        lists_(
            Bit(sim->start_valid_i), Bit(sim->start_ready_o), [this](const List& list) { put(list); }, seed() + 2),
        gets_(
            Bit(sim->get_valid_i), Bit(sim->get_ready_o), [this](const Words& get) { put(get); }, seed() + 3),
        sinks_{{{Bit(sim->inject_valid_o, 0), Bit(sim->inject_ready_i, 0), [this] { take(0); }, seed() + 4},
                {Bit(sim->inject_valid_o, 1), Bit(sim->inject_ready_i, 1), [this] { take(1); }, seed() + 5}}},
        watch_([this] { watch(); }),
        twin(kNode, memory, sim->semaphores_o) {
    sim->die_i = kNode.die;
    sim->y_i = kNode.y;
    sim->x_i = kNode.x;
    sim->rd_rsp_valid_i = 0;
    std::mt19937_64 random(seed());
    for (auto& word : memory) word = random();
    for (Agent* agent : std::initializer_list<Agent*>{&sram, &lists_, &gets_, &sinks_[0], &sinks_[1], &watch_})
      sim.add(*agent);
  }

  std::uint64_t bytes() {
    sim.settle();
    return sim->sram_bytes_o;
  }

  /// Stall probability of every handshake.
  void set_stall(double stall) {
    sram.set_stall(stall);
    for (auto& sink : sinks_) sink.set_stall(stall);
    lists_.set_stall(stall);
    gets_.set_stall(stall);
  }

  void set_sink_stall(unsigned cls, double stall) { sinks_[cls].set_stall(stall); }

  /// Lays descriptors into the memory from a byte address on.
  void store(std::uint32_t address, const std::vector<noc::Descriptor>& descriptors) {
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
      const auto words = descriptors[i].pack();
      std::ranges::copy(words, memory.begin() + address / 8 + 8 * static_cast<std::ptrdiff_t>(i));
    }
  }

  /// Queues work for the model and adds what the twin says to the expectations.
  void start(const List& list) {
    begin(list);
    expect(0, twin.run_list(list.thread, list.address, list.count));
  }

  /// Queues a list for the model alone: it takes longer than the twin could.
  void begin(const List& list) { lists_.push(list); }

  void get(const Words& descriptor) {
    gets_.push(descriptor);
    expect(1, twin.run_get(descriptor));
  }

  /// Runs until the engine has nothing left, then compares everything.
  void finish(std::uint64_t limit = 200000) {
    REQUIRE(sim.run_until([this] { return drained(); }, limit));
    for (unsigned cls = 0; cls < 2; ++cls) {
      REQUIRE(packets[cls].size() == expected[cls].packets.size());
      for (std::size_t i = 0; i < packets[cls].size(); ++i) {
        INFO("class " << cls << " packet " << i);
        CHECK(packets[cls][i].header == expected[cls].packets[i].header);
        CHECK(packets[cls][i].payload == expected[cls].packets[i].payload);
      }
    }
    // Payloads are at fault when they leave, which may be later than a descriptor behind them.
    CHECK(sorted(faults) == sorted(expected[0].faults));
    CHECK(sorted(get_faults) == sorted(expected[1].get_faults));
  }

  bool drained() {
    sim.settle();
    return lists_.empty() && gets_.empty() && !sim->busy_o;
  }

  std::uint64_t lists_accepted() const { return lists_.accepted(); }

  Sim<Vdma_tb> sim;
  std::vector<std::uint64_t> memory;
  SramReadModel sram;

 private:
  Source<List> lists_;
  Source<Words> gets_;
  std::array<Sink<>, 2> sinks_;
  Monitor watch_;

 public:
  golden::TransferEngine twin;
  std::array<golden::TransferResult, 2> expected;  ///< by class
  std::array<std::vector<golden::Message>, 2> packets;
  std::array<std::vector<std::uint64_t>, 2> times;  ///< when each packet was taken
  std::vector<golden::TransferFault> faults;
  std::vector<golden::Place> get_faults;

 private:
  void put(const List& list) {
    sim->start_thread_i = static_cast<CData>(list.thread);
    sim->start_addr_i = list.address;
    sim->start_count_i = static_cast<SData>(list.count);
  }

  void put(const Words& get) {
    for (unsigned i = 0; i < 8; ++i) set_bits(sim->get_i, 64 * i, 64, get[i]);
  }

  void take(unsigned cls) {
    packets[cls].push_back(load_packet(sim->inject_o[cls]));
    times[cls].push_back(sim.time());
  }

  void watch() {
    if (sim->fault_valid_o) faults.push_back({sim->fault_thread_o, static_cast<std::uint32_t>(sim->fault_addr_o)});
    if (sim->get_fault_valid_o) {
      const unsigned node = sim->get_fault_node_o;
      get_faults.push_back({node >> 10, node >> 5 & 31, node & 31});
    }
    if ((sim->inject_valid_o || sim->rd_req_valid_o || sim->fault_valid_o || sim->get_fault_valid_o) && !sim->busy_o)
      FAIL_CHECK("active but not busy");
  }

  void expect(unsigned cls, const golden::TransferResult& result) {
    auto& all = expected[cls];
    all.packets.insert(all.packets.end(), result.packets.begin(), result.packets.end());
    all.faults.insert(all.faults.end(), result.faults.begin(), result.faults.end());
    all.get_faults.insert(all.get_faults.end(), result.get_faults.begin(), result.get_faults.end());
  }
};

}  // namespace tatami::test
