// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The program of the collective operations: every thread works through a table of steps.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/runtime/config.hpp"
#include "sim/runtime/data_type.hpp"

namespace tatami {

/// What a thread does, in this order: meets the node's other threads, waits for posts, adds, queues transfers. A part
/// whose count is zero is left out.
struct Step {
  std::uint32_t barrier = 0;    ///< not 0: all threads of the node meet
  std::uint32_t semaphore = 0;  ///< takes `posts` of it
  std::uint32_t posts = 0;
  std::uint32_t target = 0;  ///< adds `registers` vector registers at `source` to those at `target`
  std::uint32_t source = 0;
  std::uint32_t registers = 0;
  std::uint32_t list = 0;  ///< queues the `transfers` descriptors there
  std::uint32_t transfers = 0;
};

/// Where the program finds its tables: the first bytes of SRAM hold, for each thread in turn, the address of its first
/// step and that of the end of its table, as 64-bit words. Thread 0 is started at the first instruction and starts the
/// others.
struct StepAbi {
  static constexpr std::uint64_t kParameters = 0x00;
  static constexpr std::uint64_t kThreadBytes = 16;
  static constexpr std::uint64_t kEnd = 0x80;  ///< first free byte
};

/// The program, which adds FP32 or BF16. A sum takes the element at `source` as the left operand.
std::vector<std::uint32_t> step_kernel(const Config& config, DataType type);

}  // namespace tatami
