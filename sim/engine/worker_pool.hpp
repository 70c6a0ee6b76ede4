// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace tatami::engine {

/// Threads that do the same thing at the same time, over and over; the caller is the first of them.
class WorkerPool {
 public:
  explicit WorkerPool(unsigned threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  unsigned threads() const { return static_cast<unsigned>(workers_.size()) + 1; }
  /// Calls `work(i)` for i = 0 .. threads() - 1, each on its own thread, and returns when all have returned. An
  /// exception of one of them is thrown again here.
  void run(const std::function<void(unsigned)>& work);

 private:
  void serve(unsigned index);

  std::vector<std::thread> workers_;
  const std::function<void(unsigned)>* work_ = nullptr;
  std::atomic<unsigned> round_{0};
  std::atomic<unsigned> busy_{0};
  std::vector<std::exception_ptr> errors_;
  bool stop_ = false;
};

}  // namespace tatami::engine
