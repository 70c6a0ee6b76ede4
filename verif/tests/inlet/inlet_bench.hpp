// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>

#include "Vinlet_tb.h"
#include "verif/golden/noc/mesh.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/packet_words.hpp"
#include "verif/lib/sim.hpp"
#include "verif/lib/wide.hpp"

namespace tatami::test {

/// The inlet between two packet streams, an SRAM that stalls and answers late, and an engine that takes gets when it
/// likes. Every effect is checked against the packets accepted so far: exactly once, in order, and never before the
/// earlier writes.
class InletBench {
 public:
  static constexpr std::uint32_t kSramBytes = 64 * 1024;  ///< of the `small` configuration, as are the next two
  static constexpr unsigned kSemaphores = 64;
  static constexpr unsigned kDieRows = 8, kDieCols = 8, kGroups = 8;  ///< of the `small` configuration
  static constexpr unsigned kThreads = 2;
  static constexpr unsigned kQueue = 8;  ///< packets that are accepted and wait for the writes before them

  struct Stalls {
    std::array<double, 2> eject{0, 0};
    double write = 0;
    double get = 0;
    unsigned done_min = 2;  ///< cycles from an accepted write to its `done`, at least
    double done = 0;        ///< an answer that is due waits
  };

  Stalls stalls;
  std::array<std::uint64_t, 2> accepted{};
  std::uint64_t errors = 0, writes = 0, flips = 0, posts = 0, starts = 0, routes = 0, gets = 0;
  std::mt19937_64 random{seed()};

  /// Queues a packet; `legal` says whether it may take effect.
  void send(golden::Message message, bool legal = true) {
    const auto cls = static_cast<unsigned>(message.header.cls);
    message.header.src_die = static_cast<std::uint32_t>(random() & 0xFFFFF);
    message.header.src_y = static_cast<std::uint8_t>(random() & 31);
    message.header.src_x = static_cast<std::uint8_t>(random() & 31);
    // Control packets have one word of payload, flips two.
    const std::size_t used = message.header.op != noc::Op::Ctrl ? 0 : message.header.addr < noc::kCtrlFlipBase ? 2 : 4;
    for (std::size_t i = used; i < message.payload.size(); ++i) {
      message.payload[i] = static_cast<std::uint32_t>(random());
    }
    streams_[cls].push_back({message, legal});
  }

  std::size_t waiting(unsigned cls) const { return streams_[cls].size(); }
  bool pending() const { return !due_.empty() || !expected_writes_.empty() || !effects_.empty() || !gets_.empty(); }

  void cycle() {
    auto& top = sim_.top();
    drive();
    sim_.settle();
    // Whatever is under way keeps the clock running.
    REQUIRE((top.busy_o || !(pending() || top.eject_valid_i)));
    if (top.wr_done_i) ++done_;
    check_effects();
    check_write();
    check_get();
    for (unsigned c = 0; c < 2; ++c) {
      if (top.eject_valid_i & top.eject_ready_o & 1U << c) accept(c);
    }
    REQUIRE(top.error_valid_o == error_now_.has_value());
    if (error_now_) REQUIRE(get_words<4>(top.error_header_o) == error_now_->pack());
    error_now_.reset();
    sim_.cycle();
    ++now_;
  }

  void drain(std::uint64_t limit) {
    for (std::uint64_t i = 0; i < limit && (waiting(0) + waiting(1) != 0 || pending()); ++i) cycle();
    REQUIRE(waiting(0) + waiting(1) == 0);
    REQUIRE_FALSE(pending());
    // Behind the last effect the queue may hold packets that have none; one leaves in a cycle.
    for (unsigned i = 0; i <= kQueue; ++i) cycle();
    REQUIRE(sim_->busy_o == 0);
  }

 private:
  struct Item {
    golden::Message message;
    bool legal;
  };
  struct Effect {
    enum What { kPost, kStart, kRoute, kExit, kGroup };
    What what;
    unsigned index;
    std::uint64_t value;
    std::uint64_t after;  // writes that must be done before
    unsigned src = 0;     // of a post: die, y, x
  };
  struct Get {
    golden::Message message;
    std::uint64_t after;
  };

  bool chance(double probability) { return std::uniform_real_distribution<>(0, 1)(random) < probability; }

  void drive() {
    auto& top = sim_.top();
    top.eject_valid_i = 0;
    for (unsigned c = 0; c < 2; ++c) {
      if (streams_[c].empty() || (!offered_[c] && chance(stalls.eject[c]))) continue;
      offered_[c] = true;
      top.eject_valid_i |= 1U << c;
      store_packet(streams_[c].front().message, top.eject_packet_i[c]);
    }
    top.wr_ready_i = !chance(stalls.write);
    top.get_ready_i = !chance(stalls.get);
    top.wr_done_i = !due_.empty() && due_.front() <= now_ && !chance(stalls.done);
    if (top.wr_done_i) due_.pop_front();
  }

  static unsigned source(const noc::Header& h) { return h.src_die << 10 | unsigned{h.src_y} << 5 | h.src_x; }

  void accept(unsigned c) {
    const Item item = streams_[c].front();
    streams_[c].pop_front();
    offered_[c] = false;
    ++accepted[c];
    if (!item.legal) {
      error_now_ = item.message.header;
      ++errors;
      return;
    }
    const noc::Header& h = item.message.header;
    const std::uint64_t value = item.message.payload[0] | static_cast<std::uint64_t>(item.message.payload[1]) << 32;
    switch (h.op) {
      case noc::Op::Put:
        if (h.len != 0) {
          expected_writes_.push_back(item.message);
          ++accepted_writes_;
        }
        if (h.post) effects_.push_back({Effect::kPost, h.sem, 1, accepted_writes_, source(h)});
        break;
      case noc::Op::Get: gets_.push_back({item.message, accepted_writes_}); break;
      default: {
        if (h.addr >= noc::kCtrlFlipBase) {
          expected_writes_.push_back(item.message);
          ++accepted_writes_;
          break;
        }
        const auto [what, base] = h.addr >= noc::kCtrlGroupBase   ? std::pair(Effect::kGroup, noc::kCtrlGroupBase)
                                  : h.addr >= noc::kCtrlExitBase  ? std::pair(Effect::kExit, noc::kCtrlExitBase)
                                  : h.addr >= noc::kCtrlRouteBase ? std::pair(Effect::kRoute, noc::kCtrlRouteBase)
                                  : h.addr >= noc::kCtrlStartBase ? std::pair(Effect::kStart, noc::kCtrlStartBase)
                                                                  : std::pair(Effect::kPost, noc::kCtrlSemBase);
        effects_.push_back({what, (h.addr - base) / noc::kCtrlStride, value, accepted_writes_, source(h)});
        break;
      }
    }
  }

  void check_effects() {
    auto& top = sim_.top();
    const int routes_now = top.route_entry_o + top.route_exit_o + top.route_group_o;
    const int count = top.post_valid_o + top.start_valid_o + routes_now;
    REQUIRE(count <= 1);
    if (count == 0) return;
    REQUIRE_FALSE(effects_.empty());
    const Effect e = effects_.front();
    effects_.pop_front();
    REQUIRE(done_ >= e.after);
    if (e.what == Effect::kStart) {
      ++starts;
      REQUIRE(top.start_valid_o);
      REQUIRE(top.start_thread_o == e.index);
      REQUIRE(top.start_pc_o == e.value);
    } else if (e.what == Effect::kPost) {
      ++posts;
      REQUIRE(top.post_valid_o);
      REQUIRE(top.post_sem_o == e.index);
      REQUIRE(top.post_value_o == e.value);
      REQUIRE(top.post_src_o == e.src);
    } else {
      ++routes;
      REQUIRE(routes_now == 1);
      REQUIRE(static_cast<bool>(top.route_exit_o) == (e.what == Effect::kExit));
      REQUIRE(static_cast<bool>(top.route_group_o) == (e.what == Effect::kGroup));
      if (e.what != Effect::kExit) REQUIRE(top.route_index_o == e.index);
      REQUIRE(top.route_data_o == e.value);
    }
  }

  void check_write() {
    auto& top = sim_.top();
    if (!top.wr_valid_o || !top.wr_ready_i) return;
    REQUIRE_FALSE(expected_writes_.empty());
    const golden::Message m = expected_writes_.front();
    expected_writes_.pop_front();
    ++writes;
    due_.push_back(now_ + stalls.done_min);
    REQUIRE(top.wr_flip_o == (m.header.op == noc::Op::Ctrl));
    if (m.header.op == noc::Op::Ctrl) {
      ++flips;
      REQUIRE(top.wr_en_o == 1);
      REQUIRE(top.wr_addr_o[0] == (m.header.addr - noc::kCtrlFlipBase) / noc::kCtrlStride);
      REQUIRE((get_bits(top.wr_data_o, 0, 64) == (m.payload[0] | std::uint64_t{m.payload[1]} << 32)));
      REQUIRE((top.wr_strb_o & 0xFF) == (m.payload[2] & 0xFF));
      return;
    }
    const unsigned words = m.header.len / 8U;
    REQUIRE(top.wr_en_o == (1U << words) - 1);
    for (unsigned i = 0; i < words; ++i) {
      REQUIRE(top.wr_addr_o[i] == m.header.addr / 8 + i);
      REQUIRE((top.wr_strb_o >> 8 * i & 0xFF) == 0xFF);
    }
    REQUIRE(get_words<16>(top.wr_data_o) == m.payload);
  }

  void check_get() {
    auto& top = sim_.top();
    if (!top.get_valid_o || !top.get_ready_i) return;
    REQUIRE_FALSE(gets_.empty());
    ++gets;
    REQUIRE(get_words<16>(top.get_o) == gets_.front().message.payload);
    REQUIRE(done_ >= gets_.front().after);
    gets_.pop_front();
  }

  Sim<Vinlet_tb> sim_;
  std::array<std::deque<Item>, 2> streams_;
  std::array<bool, 2> offered_{};
  std::deque<golden::Message> expected_writes_;
  std::deque<Effect> effects_;
  std::deque<Get> gets_;
  std::deque<std::uint64_t> due_;  // cycle in which the oldest accepted writes may answer
  std::uint64_t accepted_writes_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t now_ = 0;
  std::optional<noc::Header> error_now_;
};

}  // namespace tatami::test
