// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "verif/golden/board/frame.hpp"
#include "verif/lib/sim.hpp"

namespace tatami::test {

/// The host's end of a board's serial line (8 data bits, no parity, one stop bit), at pins `rx_i` and `tx_o` of a top.
///
/// Its bits last `period` clock cycles, which need not be a whole number, nor the board's: clocks differ. It samples
/// like any receiver, in the middle of a bit.
template <class Top>
class SerialLine : public Agent {
 public:
  SerialLine(Sim<Top>& sim, double period) : sim_(sim), period_(period) {
    sim_.add(*this);
    sim_->rx_i = 1;
  }

  void set_period(double period) { period_ = period; }

  /// Queues a byte; `stop` is the level of its stop bit.
  void send(std::uint8_t byte, bool stop = true) {
    level(false, 1);
    for (unsigned bit = 0; bit < 8; ++bit) level(byte >> bit & 1, 1);
    level(stop, 1);
    if (!stop) level(true, 2);
  }
  void send(const std::vector<std::uint8_t>& bytes) {
    for (const std::uint8_t byte : bytes) send(byte);
  }
  /// Queues a level for a time in bits.
  void level(bool value, double bits) { levels_.push_back({value, bits * period_}); }

  /// Forgets what is queued and what it is sending: the line is high from now on.
  void stop() { levels_.clear(); }

  bool idle() const { return levels_.empty(); }
  /// What the board has sent, oldest first.
  std::deque<std::uint8_t>& received() { return received_; }

  void drive() override {
    while (!levels_.empty() && now_ >= until_ + levels_.front().cycles) {
      until_ += levels_.front().cycles;
      levels_.pop_front();
    }
    if (levels_.empty()) until_ = now_;
    sim_->rx_i = levels_.empty() || levels_.front().value;
  }

  void sample() override {
    const bool tx = sim_->tx_o != 0;
    if (bits_ == kIdle) {
      if (!tx) bits_ = 0, next_ = now_ + period_ / 2;
    } else if (now_ >= next_) {
      next_ += period_;
      shift_ = static_cast<std::uint16_t>(shift_ >> 1 | (tx ? 0x200 : 0));
      if (++bits_ == 10) {
        CHECK((shift_ & 0x201) == 0x200);  // start and stop
        received_.push_back(static_cast<std::uint8_t>(shift_ >> 1));
        bits_ = kIdle;
      }
    }
    now_ += 1;
  }

 private:
  struct Level {
    bool value;
    double cycles;
  };
  static constexpr int kIdle = -1;

  Sim<Top>& sim_;
  double period_;
  double now_ = 0, until_ = 0, next_ = 0;
  std::deque<Level> levels_;
  std::deque<std::uint8_t> received_;
  int bits_ = kIdle;
  std::uint16_t shift_ = 0;
};

/// A board top and the host on its line, which sends frames and waits for what comes.
template <class Top>
class BoardHost {
 public:
  /// `clocks`: cycles of a bit.
  explicit BoardHost(double clocks) : clocks_(clocks), line_(sim_, clocks) { sim_.cycles(8); }

  const Top& top() const { return sim_.top(); }
  SerialLine<Top>& line() { return line_; }
  double clocks() const { return clocks_; }
  void reset() { sim_.reset(); }
  void wait(double bits) { sim_.cycles(static_cast<std::uint64_t>(bits * clocks_)); }
  template <class Predicate>
  bool run_until(Predicate done, double bits) {
    return sim_.run_until(done, static_cast<std::uint64_t>(bits * clocks_));
  }

  /// The board's next byte.
  std::uint8_t answer() {
    const bool came = run_until([&] { return line_.idle() && !line_.received().empty(); }, 2000);
    REQUIRE(came);
    const std::uint8_t byte = line_.received().front();
    line_.received().pop_front();
    return byte;
  }
  /// Sends a frame; the answer to it, which comes before the frames that it causes.
  std::uint8_t send(const golden::Frame& frame) {
    line_.send(golden::on_line(frame));
    return answer();
  }
  /// The board's next frame, as it is on the line.
  std::vector<std::uint8_t> frame() {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < golden::kFrameBytes + 2; ++i) bytes.push_back(answer());
    return bytes;
  }

 private:
  Sim<Top> sim_;
  double clocks_;
  SerialLine<Top> line_;
};

}  // namespace tatami::test
