// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/worker_pool.hpp"

#include <exception>
#include <utility>

namespace tatami::engine {
namespace {

/// Looks for a while before it sleeps: a round takes a few microseconds.
constexpr unsigned kSpins = 4000;

void await(const std::atomic<unsigned>& value, unsigned unwanted) {
  for (unsigned i = 0; i < kSpins; ++i) {
    if (value.load(std::memory_order_acquire) != unwanted) return;
  }
  value.wait(unwanted, std::memory_order_acquire);
}

}  // namespace

WorkerPool::WorkerPool(unsigned threads) : errors_(threads) {
  for (unsigned i = 1; i < threads; ++i) workers_.emplace_back([this, i] { serve(i); });
}

WorkerPool::~WorkerPool() {
  stop_ = true;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void WorkerPool::run(const std::function<void(unsigned)>& work) {
  work_ = &work;
  busy_.store(static_cast<unsigned>(workers_.size()), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  try {
    work(0);
  } catch (...) {
    errors_[0] = std::current_exception();
  }
  for (unsigned left = busy_.load(std::memory_order_acquire); left != 0; left = busy_.load(std::memory_order_acquire)) {
    await(busy_, left);
  }
  for (std::exception_ptr& error : errors_) {
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
  }
}

void WorkerPool::serve(unsigned index) {
  for (unsigned round = 0;; ++round) {
    await(round_, round);
    if (stop_) return;
    try {
      (*work_)(index);
    } catch (...) {
      errors_[index] = std::current_exception();
    }
    busy_.fetch_sub(1, std::memory_order_acq_rel);
    busy_.notify_one();
  }
}

}  // namespace tatami::engine
