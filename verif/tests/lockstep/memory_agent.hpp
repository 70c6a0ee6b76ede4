// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The SRAM as the core sees it, with the latest and the earliest behaviour that its contract allows, at random.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <random>
#include <vector>

#include "Vlockstep_tb.h"
#include "verif/lib/sim.hpp"

namespace tatami::test {

/// How often the memory holds the core up.
struct Stalls {
  unsigned not_ready_percent = 0;
  unsigned extra_latency = 0;  ///< up to so many cycles beyond the shortest answer
};

/// Three read ports and a store port over one array. A read takes its data when it is accepted or when it is answered;
/// a store becomes visible when it is accepted or when it is reported done.
class MemoryAgent : public Agent {
 public:
  MemoryAgent(Vlockstep_tb& top, std::vector<std::uint8_t> image, Stalls stalls, std::uint64_t seed)
      : top_(top), bytes_(std::move(image)), stalls_(stalls), random_(seed) {}

  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  bool idle() const {
    return std::ranges::all_of(reads_, [](const auto& queue) { return queue.empty(); }) && stores_.empty();
  }

  void drive() override {
    ++now_;
    for (unsigned port = 0; port < kReaders; ++port) {
      top_.rd_req_ready_i[port] = ready();
      auto& queue = reads_[port];
      const bool answer = !queue.empty() && queue.front().due <= now_;
      top_.rd_rsp_valid_i[port] = answer;
      if (!answer) continue;
      Read& read = queue.front();
      if (read.late) read.data = load(read);
      for (unsigned w = 0; w < kWords; ++w) top_.rd_data_i[kWords * port + w] = read.data[w];
      queue.pop_front();
    }
    top_.wr_ready_i = ready();
    const bool done = !stores_.empty() && stores_.front().due <= now_;
    top_.wr_done_i = done;
    if (!done) return;
    if (stores_.front().late) store(stores_.front());
    stores_.pop_front();
  }

  void sample() override {
    for (unsigned port = 0; port < kReaders; ++port) {
      if (!top_.rd_req_valid_o[port] || !top_.rd_req_ready_i[port]) continue;
      Read read{.en = top_.rd_en_o[port], .late = coin(), .due = now_ + latency()};
      for (unsigned w = 0; w < kWords; ++w) read.address[w] = top_.rd_addr_o[kWords * port + w];
      if (!read.late) read.data = load(read);
      reads_[port].push_back(read);
    }
    if (!top_.wr_valid_o || !top_.wr_ready_i) return;
    // Stores become visible in order: none overtakes one that is still invisible.
    const bool behind = !stores_.empty() && stores_.back().late;
    Store request{.en = top_.wr_en_o, .late = behind || coin(), .due = now_ + latency()};
    for (unsigned w = 0; w < kWords; ++w) {
      request.address[w] = top_.wr_addr_o[w];
      request.data[w] = top_.wr_data_o[w];
      request.strobe[w] = top_.wr_strb_o[w];
    }
    if (!request.late) store(request);
    stores_.push_back(request);
  }

 private:
  static constexpr unsigned kReaders = 3;
  static constexpr unsigned kWords = 8;
  static constexpr std::uint64_t kShortest = 3;  ///< cycles from acceptance to answer

  struct Read {
    std::uint8_t en;
    bool late;
    std::uint64_t due;
    std::array<std::uint32_t, kWords> address{};
    std::array<std::uint64_t, kWords> data{};
  };
  struct Store {
    std::uint8_t en;
    bool late;
    std::uint64_t due;
    std::array<std::uint32_t, kWords> address{};
    std::array<std::uint64_t, kWords> data{};
    std::array<std::uint8_t, kWords> strobe{};
  };

  bool coin() { return (random_() & 1) != 0; }
  bool ready() { return random_() % 100 >= stalls_.not_ready_percent; }
  std::uint64_t latency() { return kShortest + random_() % (stalls_.extra_latency + 1); }

  /// The place of a word; a core that asks for one outside the SRAM has not checked.
  std::uint8_t* word(std::uint32_t address) {
    REQUIRE(8 * (std::uint64_t{address} + 1) <= bytes_.size());
    return bytes_.data() + 8 * std::uint64_t{address};
  }

  std::array<std::uint64_t, kWords> load(const Read& read) {
    std::array<std::uint64_t, kWords> data{};
    for (unsigned w = 0; w < kWords; ++w) {
      if ((read.en >> w & 1) != 0) std::memcpy(&data[w], word(read.address[w]), 8);
    }
    return data;
  }

  void store(const Store& request) {
    for (unsigned w = 0; w < kWords; ++w) {
      if ((request.en >> w & 1) == 0) continue;
      std::uint8_t* place = word(request.address[w]);
      for (unsigned b = 0; b < 8; ++b) {
        if ((request.strobe[w] >> b & 1) != 0) place[b] = static_cast<std::uint8_t>(request.data[w] >> (8 * b));
      }
    }
  }

  Vlockstep_tb& top_;
  std::vector<std::uint8_t> bytes_;
  Stalls stalls_;
  std::mt19937_64 random_;
  std::array<std::deque<Read>, kReaders> reads_;
  std::deque<Store> stores_;
  std::uint64_t now_ = 0;
};

}  // namespace tatami::test
