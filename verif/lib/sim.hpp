// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#if VM_TRACE
#include <verilated_fst_c.h>
#endif

#if VM_COVERAGE
#include "verif/lib/coverage.hpp"
#endif
#include "verif/lib/catch.hpp"
#include "verif/lib/moment.hpp"

namespace tatami::test {

/// Something that drives or watches the ports of a model. `Sim::cycle` calls every agent twice per cycle.
class Agent {
 public:
  virtual ~Agent() = default;
  /// Sets inputs for this cycle; may look only at the agent's own state.
  virtual void drive() = 0;
  /// Sees the settled ports of this cycle, just before the rising edge; may not change any.
  virtual void sample() = 0;
};

/// Owns a Verilated top with ports clk_i and rst_ni, and its clock.
///
/// Registers start at random values that depend on the seed; assertions count from the end of reset on, and a failed
/// one fails the test. One cycle: agents drive, the model settles with the clock low, agents sample, rising edge. With
/// VM_TRACE a waveform is written to V<top>.fst beside the program, up to the bench in which a check fails.
template <class Top>
class Sim {
 public:
  explicit Sim(std::uint64_t seed = tatami::test::seed(), unsigned reset_cycles = 4) {
#if VM_COVERAGE
    naming_points = !CoverageLog<Top>::instance().has_names();
    context_->coveragep()->forcePerInstance(true);
#endif
    context_->randSeed(static_cast<int>(seed % 0x7fffffff) + 1);
    context_->randReset(2);
    context_->errorLimit(1 << 20);
    context_->assertOn(false);
#if VM_TRACE
    context_->traceEverOn(true);
#endif
    top_ = std::make_unique<Top>(context_.get(), "top");
#if VM_TRACE
    if (!FailureMoment::instance().failed()) {
      top_->trace(&trace_, 99);
      trace_.open((FailureMoment::folder() / (name() + ".fst")).c_str());
      FailureMoment::instance().add(this, {name(), [this] { return cycles_; }, [this] { return context_->time(); }});
    }
#endif
    reset(reset_cycles);
  }

  ~Sim() {
    Verilated::threadContextp(context_.get());  // where a model with DPI functions looks when it ends
    top_->final();
    CHECK(errors() == 0);
#if VM_COVERAGE
    CoverageLog<Top>::instance().add(context_, top_);
#endif
#if VM_TRACE
    trace_.close();
    FailureMoment::instance().remove(this);
#endif
  }

  Sim(const Sim&) = delete;
  Sim& operator=(const Sim&) = delete;

  /// Resets the model for some cycles with the inputs as they are; agents added before take part.
  void reset(unsigned count = 4) {
    context_->assertOn(false);
    top_->rst_ni = 0;
    cycles(count);
    top_->rst_ni = 1;
    context_->assertOn(true);
    cycles_ = 0;
  }

  Top& top() { return *top_; }
  const Top& top() const { return *top_; }
  Top* operator->() { return top_.get(); }

  /// Adds an agent; the caller owns it, and it must outlive the last cycle.
  void add(Agent& agent) { agents_.push_back(&agent); }

  /// One clock cycle.
  void cycle() { step(); }

  void cycles(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) step();
  }

  /// Runs cycles until `done()` holds, at most `limit`; returns whether it holds.
  template <class Predicate>
  bool run_until(Predicate done, std::uint64_t limit) {
    for (std::uint64_t i = 0; i < limit; ++i) {
      if (done()) return true;
      step();
    }
    return done();
  }

  /// Lets combinational outputs follow inputs that the test has just set, without an edge.
  void settle() {
    top_->clk_i = 0;
    top_->eval();
  }

  /// Cycles since the end of reset.
  std::uint64_t time() const { return cycles_; }

  /// Failed assertions of the model so far.
  int errors() const { return context_->errorCount(); }

 private:
  std::string name() const { return top_->modelName(); }

  void step() {
    for (Agent* agent : agents_) agent->drive();
    half(0);
    for (Agent* agent : agents_) agent->sample();
    half(1);
    ++cycles_;
  }

  void half(bool clock) {
    top_->clk_i = clock;
    top_->eval();
#if VM_TRACE
    if (trace_.isOpen()) trace_.dump(context_->time());
#endif
    context_->timeInc(1);
  }

  std::unique_ptr<VerilatedContext> context_ = std::make_unique<VerilatedContext>();
  std::unique_ptr<Top> top_;
#if VM_TRACE
  VerilatedFstC trace_;
#endif
  std::vector<Agent*> agents_;
  std::uint64_t cycles_ = 0;
};

}  // namespace tatami::test
