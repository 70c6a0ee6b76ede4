// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <random>
#include <utility>
#include <vector>

#include "verif/lib/sim.hpp"

namespace tatami::test {

/// One bit of an integer port, such as valid bit 1 of `valid_i[1:0]`.
template <class Port>
class Bit {
 public:
  explicit Bit(Port& port, unsigned index = 0) : port_(&port), index_(index) {}
  bool get() const { return (*port_ >> index_ & 1) != 0; }
  void set(bool value) {
    const auto mask = static_cast<Port>(Port{1} << index_);
    *port_ = static_cast<Port>(value ? *port_ | mask : *port_ & ~mask);
  }

 private:
  Port* port_;
  unsigned index_;
};

/// A coin that says "stall" with probability `stall`; its own generator keeps agents independent of each other.
class Stall {
 public:
  Stall(std::uint64_t seed, double stall) : random_(seed), stall_(stall) {}
  bool operator()() { return stall_(random_); }
  void set(double stall) { stall_ = std::bernoulli_distribution(stall); }

 private:
  std::mt19937_64 random_;
  std::bernoulli_distribution stall_;
};

/// Feeds a valid/ready input from a queue. Between items it stalls at random; an offered item stays until it is
/// accepted.
template <class T, class Valid = CData, class Ready = CData>
class Source : public Agent {
 public:
  /// `put` writes an item to the payload ports.
  Source(Bit<Valid> valid, Bit<Ready> ready, std::function<void(const T&)> put, std::uint64_t seed, double stall = 0.0)
      : valid_(valid), ready_(ready), put_(std::move(put)), stall_(seed, stall) {
    valid_.set(false);
  }

  void push(T item) { queue_.push_back(std::move(item)); }
  bool empty() const { return queue_.empty(); }
  /// Items accepted by the model so far.
  std::uint64_t accepted() const { return accepted_; }
  void set_stall(double stall) { stall_.set(stall); }

  void drive() override {
    if (!offering_ && !queue_.empty() && !stall_()) {
      offering_ = true;
      put_(queue_.front());
    }
    valid_.set(offering_);
  }

  void sample() override {
    if (!offering_ || !ready_.get()) return;
    offering_ = false;
    queue_.pop_front();
    ++accepted_;
  }

 private:
  Bit<Valid> valid_;
  Bit<Ready> ready_;
  std::function<void(const T&)> put_;
  Stall stall_;
  std::deque<T> queue_;
  bool offering_ = false;
  std::uint64_t accepted_ = 0;
};

/// Takes items from a valid/ready output, with random stalls, and hands each to `take`.
template <class Valid = CData, class Ready = CData>
class Sink : public Agent {
 public:
  /// `take` reads the payload ports and checks or stores the item.
  Sink(Bit<Valid> valid, Bit<Ready> ready, std::function<void()> take, std::uint64_t seed, double stall = 0.0)
      : valid_(valid), ready_(ready), take_(std::move(take)), stall_(seed, stall) {}

  std::uint64_t taken() const { return taken_; }
  void set_stall(double stall) { stall_.set(stall); }

  void drive() override {
    open_ = !stall_();
    ready_.set(open_);
  }

  void sample() override {
    if (!open_ || !valid_.get()) return;
    take_();
    ++taken_;
  }

 private:
  Bit<Valid> valid_;
  Bit<Ready> ready_;
  std::function<void()> take_;
  Stall stall_;
  bool open_ = false;
  std::uint64_t taken_ = 0;
};

/// Calls a function once per cycle with the settled ports: for outputs without back-pressure and for checks.
class Monitor : public Agent {
 public:
  explicit Monitor(std::function<void()> see) : see_(std::move(see)) {}
  void drive() override {}
  void sample() override { see_(); }

 private:
  std::function<void()> see_;
};

}  // namespace tatami::test
