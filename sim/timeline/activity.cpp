// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/activity.hpp"

#include <fmt/format.h>

#include "isa.hpp"
#include "sim/runtime/device.hpp"

namespace tatami::timeline {
namespace {

using State = ThreadStatus::State;

constexpr unsigned kMatrixRank = 10, kSimdRank = 12, kPostRank = 14;

std::string state_name(State state, std::uint64_t value) {
  switch (state) {
    case State::Running: return "running";
    case State::WaitSemaphore: return "waits until " + text_of(SemaphoreWait::unpack(value));
    case State::WaitTransfer: return "waits for the transfer queue";
    case State::WaitBarrier: return fmt::format("waits at a barrier of threads {:#x}", value);
    case State::Faulted: return "faulted";
    case State::Parked: break;
  }
  return "parked";
}

std::string cause_name(unsigned cause) {
  return std::string(cause == engine::ThreadActivity::kIssues ? "issue" : isa::kCounterNames.at(cause));
}

}  // namespace

Activity::Activity(Perfetto& trace, Perfetto::Track process, unsigned threads)
    : trace_(trace), posts_(trace.track(process, "posts", kPostRank)) {
  for (unsigned t = 0; t < threads; ++t) threads_[t].track = trace.track(process, fmt::format("thread {}", t), t);
  matrix_.track = trace.track(process, "matrix unit", kMatrixRank);
  matrix_.share = trace.counter(process, "matrix unit busy", "%", kMatrixRank + 1);
  simd_.track = trace.track(process, "SIMD unit", kSimdRank);
  simd_.share = trace.counter(process, "SIMD unit busy", "%", kSimdRank + 1);
}

void Activity::thread(const engine::ThreadActivity& activity, std::uint64_t time) {
  Thread& thread = threads_.at(activity.thread);
  const auto state = static_cast<State>(activity.state);
  const bool changes = activity.state != thread.state;
  if (changes || activity.cause != thread.cause) {
    trace_.end(thread.cause_slice, time);
    thread.cause_slice = Perfetto::kNone;
  }
  if (changes) {
    trace_.end(thread.state_slice, time);
    thread.state_slice =
        state == State::Parked ? Perfetto::kNone : trace_.begin(thread.track, time, state_name(state, activity.value));
    if (thread.semaphore && state == State::Running) trace_.arrow(last_post_[*thread.semaphore], thread.state_slice);
    thread.semaphore.reset();
    if (state == State::WaitSemaphore) thread.semaphore = SemaphoreWait::unpack(activity.value).semaphore;
  }
  thread.state = activity.state;
  thread.cause = activity.cause;
  if (state == State::Running && thread.cause_slice == Perfetto::kNone) {
    thread.cause_slice = trace_.begin(thread.track, time, cause_name(activity.cause), 1);
  }
}

void Activity::leave(const engine::LeavingInstruction& leaving, std::uint64_t time) {
  if (leaving.unit == engine::LeavingInstruction::Step) take(matrix_, "steps", time);
  if (leaving.unit == engine::LeavingInstruction::Simd) take(simd_, "instructions", time);
}

/// One more instruction of a unit.
void Activity::take(Unit& unit, const char* name, std::uint64_t time) {
  if (unit.slice == Perfetto::kNone || time != unit.last + 1) {
    close(unit);
    unit.slice = trace_.begin(unit.track, time, name);
  }
  unit.last = time;
  ++unit.count;
  if (time / kShare != unit.bucket) close_bucket(unit, time / kShare);
  ++unit.counted;
}

void Activity::close(Unit& unit) {
  trace_.add(unit.slice, "count", unit.count);
  trace_.end(unit.slice, unit.last + 1);
  unit.slice = Perfetto::kNone;
  unit.count = 0;
}

/// Tells the share of the cycles that were counted, and that there was nothing between them and the next ones.
void Activity::close_bucket(Unit& unit, std::uint64_t next) {
  trace_.count(unit.share, unit.bucket * kShare, 100.0 * static_cast<double>(unit.counted) / kShare);
  if (next > unit.bucket + 1) trace_.count(unit.share, (unit.bucket + 1) * kShare, 0);
  unit.bucket = next;
  unit.counted = 0;
}

Perfetto::Event Activity::post(unsigned semaphore, unsigned count, bool from_mesh, std::uint64_t time) {
  const auto post = trace_.instant(
      posts_, time, fmt::format("semaphore {} + {} by {}", semaphore, count, from_mesh ? "the mesh" : "the core"));
  last_post_[semaphore] = post;
  return post;
}

void Activity::finish(std::uint64_t time) {
  for (Unit* unit : {&matrix_, &simd_}) {
    close(*unit);
    close_bucket(*unit, time / kShare + 1);
  }
}

}  // namespace tatami::timeline
