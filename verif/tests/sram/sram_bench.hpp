// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "Vsram_tb.h"
#include "sim/engine/sram_backdoor.hpp"
#include "verif/golden/sram/secded.hpp"
#include "verif/lib/sim.hpp"
#include "verif/lib/wide.hpp"
#include "verif/tests/sram/word_history.hpp"

namespace tatami::test {

inline constexpr unsigned kReaders = 4;
inline constexpr unsigned kWriters = 2;
inline constexpr unsigned kPorts = kReaders + kWriters;

/// A request of any port; a reader ignores data and strobes.
struct SramRequest {
  std::uint8_t en = 0;
  std::array<std::uint64_t, 8> address{};  ///< byte addresses, multiples of 8
  std::array<std::uint64_t, 8> data{};
  std::array<std::uint8_t, 8> strobe{};
  bool flip = false;  ///< of a write: inverts stored bits instead, those of data and, of the check bits, of strobe
};

struct SramResponse {
  std::array<std::uint64_t, 8> data{};
  std::uint8_t corrected = 0;
  std::uint8_t uncorrectable = 0;
  std::uint64_t lost = 0;  ///< address of a word that is uncorrectable
};

/// The SRAM with six ports that draw requests from generators (nullopt: pause for a cycle), and a checker of all
/// answers.
class SramBench : public Agent {
 public:
  using Generator = std::function<std::optional<SramRequest>()>;

  /// Served requests of a port, and the most cycles between acceptance and answer.
  struct Statistics {
    std::uint64_t accepted = 0;
    std::uint64_t answered = 0;
    std::uint64_t longest = 0;
  };

  SramBench() : backdoor(*sim->contextp(), "top.sram_tb.u_sram", banks(), rows()) {
    sim->awake_i = sim->scrub_write_i = sim->fixed_write_i = sim->lost_write_i = 0;
    sim.add(*this);
  }

  unsigned banks() { return settled()->banks_o; }
  unsigned rows() { return settled()->rows_o; }
  std::uint64_t bytes() { return std::uint64_t{64} * banks() * rows(); }

  /// Runs the generators for some cycles, then lets all requests finish.
  void run(std::uint64_t cycles) {
    open_ = true;
    sim.cycles(cycles);
    open_ = false;
    REQUIRE(sim.run_until([this] { return idle(); }, 1000));
  }

  /// One request on one port, all else idle; returns cycles from acceptance to the answer.
  std::uint64_t single(unsigned port, const SramRequest& request) {
    bool given = false;
    generators[port] = [&]() -> std::optional<SramRequest> {
      if (given) return std::nullopt;
      given = true;
      return request;
    };
    statistics[port].longest = 0;
    run(2);
    generators[port] = nullptr;
    return statistics[port].longest;
  }

  /// Reads one word through port 0.
  SramResponse read_word(std::uint64_t address) {
    SramRequest request;
    request.en = 1;
    request.address[0] = address;
    single(0, request);
    return last_response;
  }

  void write_word(std::uint64_t address, std::uint64_t data, std::uint8_t strobe = 0xFF) {
    SramRequest request;
    request.en = 1;
    request.address[0] = address;
    request.data[0] = data;
    request.strobe[0] = strobe;
    single(kReaders, request);
    settle();
  }

  /// Waits until nothing is under way inside either, as the back door needs it.
  void settle() {
    REQUIRE(sim.run_until([this] { return !settled()->busy_o; }, 20));
  }

  /// Writes a register of the SRAM's error log.
  enum class Log { Scrub, Fixed, Lost };
  void write_log(Log which, std::uint32_t value) {
    sim->scrub_write_i = which == Log::Scrub;
    sim->fixed_write_i = which == Log::Fixed;
    sim->lost_write_i = which == Log::Lost;
    sim->errors_data_i = value;
    sim.cycle();
    sim->scrub_write_i = sim->fixed_write_i = sim->lost_write_i = 0;
    sim.settle();
  }

  /// Runs the scrubber over all lines and waits until its repairs are done.
  void scrub_all() {
    write_log(Log::Scrub, 1);
    sim->awake_i = 1;
    sim.cycles(std::uint64_t{4} * banks() * rows());
    sim->awake_i = 0;
    write_log(Log::Scrub, 0);
    settle();
  }

  /// Inverts one stored bit, 64 and up are check bits.
  void flip_bit(std::uint64_t address, unsigned bit) {
    const golden::Codeword mask = golden::flip({}, bit);
    backdoor.flip_bits(address, mask.data, mask.check);
  }

  void drive() override {
    if (open_ && each_cycle) each_cycle();
    for (unsigned p = 0; p < kPorts; ++p) {
      if (!offered_[p] && open_ && generators[p]) offered_[p] = generators[p]();
      const bool valid = offered_[p].has_value();
      if (p < kReaders) {
        set_bits(rd_valid_, p, 1, valid);
        if (valid) put(sim->rd_i[p], *offered_[p], 0);
      } else {
        set_bits(wr_valid_, p - kReaders, 1, valid);
        if (valid) put_write(sim->wr_i[p - kReaders], *offered_[p]);
      }
    }
    sim->rd_valid_i = static_cast<CData>(rd_valid_[0]);
    sim->wr_valid_i = static_cast<CData>(wr_valid_[0]);
  }

  void sample() override {
    ++now_;
    for (unsigned p = 0; p < kPorts; ++p) {
      if (!in_flight_[p].empty() && !sim->busy_o) FAIL_CHECK("not busy with a request of port " << p << " in flight");
      const bool is_read = p < kReaders;
      if (is_read ? sim->rd_valid_o >> p & 1 : sim->wr_done_o >> (p - kReaders) & 1) answer(p);
      const bool ready = is_read ? sim->rd_ready_o >> p & 1 : sim->wr_ready_o >> (p - kReaders) & 1;
      if (offered_[p] && ready) accept(p);
    }
  }

  Sim<Vsram_tb> sim;
  engine::SramBackdoor backdoor;
  std::array<Generator, kPorts> generators;
  std::array<Statistics, kPorts> statistics{};
  SramResponse last_response;
  std::function<void()> each_cycle;  ///< called at the begin of each cycle of `run`
  bool check_data = true;            ///< compare with the history
  bool wrong_bits = false;           ///< words with one wrong bit may be met

 private:
  struct InFlight {
    SramRequest request;
    std::uint64_t accepted;
    std::uint64_t order;
  };

  Vsram_tb* settled() {
    sim.settle();
    return &sim.top();
  }

  bool idle() const {
    for (unsigned p = 0; p < kPorts; ++p) {
      if (offered_[p] || !in_flight_[p].empty()) return false;
    }
    return true;
  }

  template <class Wide>
  static void put(Wide& port, const SramRequest& request, unsigned lsb) {
    for (unsigned i = 0; i < 8; ++i) set_bits(port, lsb + 18 * i, 18, request.address[i] / 8);
    set_bits(port, lsb + 144, 8, request.en);
  }

  template <class Wide>
  static void put_write(Wide& port, const SramRequest& request) {
    for (unsigned i = 0; i < 8; ++i) {
      set_bits(port, 8 * i, 8, request.strobe[i]);
      set_bits(port, 64 + 64 * i, 64, request.data[i]);
    }
    put(port, request, 576);
    set_bits(port, 728, 1, request.flip);
  }

  std::uint64_t oldest_read() const {
    std::uint64_t oldest = now_;
    for (unsigned p = 0; p < kReaders; ++p) {
      if (!in_flight_[p].empty()) oldest = std::min(oldest, in_flight_[p].front().accepted);
    }
    return oldest;
  }

  /// Calls `visit(byte address, value, order)` for every byte that a write request writes.
  template <class Visit>
  static void for_bytes(const InFlight& write, Visit visit) {
    for (unsigned i = 0; i < 8; ++i) {
      if (!(write.request.en >> i & 1)) continue;
      for (unsigned b = 0; b < 8; ++b) {
        if (!(write.request.strobe[i] >> b & 1)) continue;
        visit(write.request.address[i] + b, static_cast<std::uint8_t>(write.request.data[i] >> 8 * b),
              write.order * 8 + i);
      }
    }
  }

  void accept(unsigned p) {
    in_flight_[p].push_back({*offered_[p], now_, statistics[p].accepted++});
    offered_[p].reset();
    if (p < kReaders) return;
    for_bytes(in_flight_[p].back(), [&](std::uint64_t byte, std::uint8_t value, std::uint64_t order) {
      history_.begin(byte, {now_, WordHistory::kPending, p, order, value}, oldest_read());
    });
  }

  void answer(unsigned p) {
    if (in_flight_[p].empty()) {
      FAIL_CHECK("answer without a request on port " << p);
      return;
    }
    const InFlight done = in_flight_[p].front();
    in_flight_[p].pop_front();
    ++statistics[p].answered;
    statistics[p].longest = std::max(statistics[p].longest, now_ - done.accepted);
    if (p < kReaders) {
      check_read(p, done);
    } else {
      for_bytes(done,
                [&](std::uint64_t byte, std::uint8_t, std::uint64_t order) { history_.finish(byte, p, order, now_); });
    }
  }

  void check_read(unsigned p, const InFlight& read) {
    const auto& port = sim->rd_o[p];
    last_response.uncorrectable = static_cast<std::uint8_t>(get_bits(port, 0, 8));
    last_response.corrected = static_cast<std::uint8_t>(get_bits(port, 8, 8));
    for (unsigned i = 0; i < 8; ++i) last_response.data[i] = get_bits(port, 16 + 64 * i, 64);
    last_response.lost = 8 * get_bits(port, 528, 18);
    if (!check_data) return;
    if ((last_response.corrected && !wrong_bits) || last_response.uncorrectable) {
      FAIL_CHECK("ECC flags without an error");
    }
    for (unsigned i = 0; i < 8; ++i) {
      const bool asked = read.request.en >> i & 1;
      for (unsigned b = 0; b < 8; ++b) {
        const auto value = static_cast<std::uint8_t>(last_response.data[i] >> 8 * b);
        const std::uint64_t byte = read.request.address[i] + b;
        if (asked ? !history_.may_read(byte, value, read.accepted, now_) : value != 0) {
          FAIL_CHECK("port " << p << " word " << i << " byte " << byte << " reads " << unsigned{value} << ", asked at "
                             << read.accepted << ", answered at " << now_);
        }
      }
    }
  }

  std::uint64_t now_ = 0;
  bool open_ = false;
  std::array<std::optional<SramRequest>, kPorts> offered_;
  std::array<std::deque<InFlight>, kPorts> in_flight_;
  std::array<std::uint32_t, 1> rd_valid_{};
  std::array<std::uint32_t, 1> wr_valid_{};
  WordHistory history_;
};

/// Random requests within the first `bytes` of the SRAM.
class SramTraffic {
 public:
  SramTraffic(std::uint64_t seed, std::uint64_t bytes) : random_(seed), words_(bytes / 8) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  /// Eight words of one line, all bytes.
  SramRequest line() { return window(below(words_ / 8) * 8); }

  /// Eight consecutive words at any alignment, all bytes.
  SramRequest window() { return window(below(words_ - 7)); }

  /// Eight independent words, all bytes.
  SramRequest gather() {
    SramRequest request = window(0);
    for (auto& address : request.address) address = 8 * below(words_);
    return request;
  }

  /// Any shape, some words left out, some bytes left out.
  SramRequest any() {
    SramRequest request = below(2) ? window() : gather();
    if (below(4) == 0) request.address.fill(8 * below(words_));
    if (below(2)) request.en = static_cast<std::uint8_t>(random_());
    for (auto& strobe : request.strobe) {
      if (below(3) == 0) strobe = static_cast<std::uint8_t>(random_());
    }
    return request;
  }

  std::mt19937_64& random() { return random_; }

 private:
  SramRequest window(std::uint64_t word) {
    SramRequest request;
    request.en = 0xFF;
    for (unsigned i = 0; i < 8; ++i) {
      request.address[i] = 8 * (word + i);
      request.data[i] = random_();
      request.strobe[i] = 0xFF;
    }
    return request;
  }

  std::mt19937_64 random_;
  std::uint64_t words_;
};

}  // namespace tatami::test
