// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/workloads/core_programs.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

#include "sim/asm/assembler.hpp"
#include "sim/kernels/simd_matmul_kernel.hpp"
#include "sim/workloads/host_layout.hpp"

namespace tatami {
namespace {

using namespace reg;

constexpr NodeId kNode{0, 0};
constexpr std::uint64_t kMaxCycles = 10'000'000, kData = 0x4000, kAlignment = 128;

template <typename T>
std::span<const std::uint8_t> bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(T)};
}

template <typename T>
std::vector<T> read(Device& device, std::uint64_t address, std::size_t count) {
  std::vector<T> values(count);
  device.read(kNode, address, {reinterpret_cast<std::uint8_t*>(values.data()), count * sizeof(T)});
  return values;
}

RunStatus run_threads(Device& device, const std::vector<std::uint32_t>& program, unsigned threads) {
  device.write(kNode, 0, bytes_of(program));
  for (unsigned t = 0; t < threads; ++t) device.start(kNode, t, 0);
  return device.run(kMaxCycles);
}

// Integer code: one round takes eight words of the thread's array.
constexpr std::uint64_t kRounds = 256, kUnroll = 8, kWords = kRounds * kUnroll, kMultiplier = 0x9e3779b97f4a7c15;
constexpr unsigned kShift = 13;

std::uint64_t hash(const std::uint64_t* words) {
  std::uint64_t sum = 0, mix = kMultiplier;
  for (std::uint64_t i = 0; i < kWords; ++i) {
    mix ^= words[i];
    sum += mix >> kShift;
    mix += sum;
  }
  return sum ^ mix;
}

/// Leaves the hash in the thread's exit word, behind all arrays. Words are loaded a round ahead of their use.
std::vector<std::uint32_t> hash_program(unsigned threads) {
  const auto word = [](unsigned i) { return XReg(16 + i % 8); };  // a6, a7, s2..s7
  Assembler as;
  as.li(t0, kData);
  as.li(t1, 8 * kWords);
  as.mul(t1, t1, a0);
  as.add(t0, t0, t1);
  as.li(a1, 0);
  as.li(a2, static_cast<std::int64_t>(kMultiplier));
  as.li(t2, kRounds);
  for (unsigned i = 0; i < kUnroll; ++i) as.ld(word(i), t0, 8 * i);
  const Label round = as.here();
  for (unsigned i = 0; i < kUnroll; ++i) {
    as.xor_(a2, a2, word(i));
    as.ld(word(i), t0, 8 * (kUnroll + i));
    as.srli(t3, a2, kShift);
    as.add(a1, a1, t3);
    as.add(a2, a2, a1);
  }
  as.addi(t0, t0, 8 * kUnroll);
  as.addi(t2, t2, -1);
  as.bnez(t2, round);
  as.xor_(a1, a1, a2);
  as.li(t0, kData + 8 * (kWords * threads + kUnroll));
  as.slli(t1, a0, 3);
  as.add(t0, t0, t1);
  as.sd(a1, t0);
  as.thread_exit(zero);
  return as.finish();
}

}  // namespace

CoreProgramResult run_simd_matmul(Device& device, const Config& config, std::uint64_t side, std::uint64_t seed) {
  const std::uint64_t bytes = (side * side * 4 + kAlignment - 1) / kAlignment * kAlignment;
  const SimdMatmulSpec spec{side, side, side, kData, kData + bytes, kData + 2 * bytes};
  const std::vector<std::uint32_t> a = random_tensor({side, side}, DataType::Fp32, seed, 0).bits;
  const std::vector<std::uint32_t> b = random_tensor({side, side}, DataType::Fp32, seed, 1).bits;
  device.write(kNode, spec.a, bytes_of(a));
  device.write(kNode, spec.b, bytes_of(b));
  CoreProgramResult result{run_threads(device, simd_matmul_kernel(config, spec), config.threads)};
  const std::vector<std::uint32_t> c = read<std::uint32_t>(device, spec.c, side * side);
  result.exact = result.status.end == RunStatus::End::Idle;
  for (std::uint64_t i = 0; i < side; ++i) {
    for (std::uint64_t j = 0; j < side; ++j) {
      float sum = 0;
      for (std::uint64_t p = 0; p < side; ++p) {
        sum = std::fma(std::bit_cast<float>(a[i * side + p]), std::bit_cast<float>(b[p * side + j]), sum);
      }
      result.exact = result.exact && c[i * side + j] == std::bit_cast<std::uint32_t>(sum);
    }
  }
  return result;
}

CoreProgramResult run_integer(Device& device, unsigned threads, std::uint64_t seed) {
  std::vector<std::uint64_t> words(kWords * threads);
  for (std::uint64_t i = 0; i < words.size(); ++i) words[i] = (i + seed + 1) * kMultiplier;
  device.write(kNode, kData, bytes_of(words));
  CoreProgramResult result{run_threads(device, hash_program(threads), threads)};
  const std::vector<std::uint64_t> sums =
      read<std::uint64_t>(device, kData + 8 * (kWords * threads + kUnroll), threads);
  result.exact = result.status.end == RunStatus::End::Idle;
  for (unsigned t = 0; t < threads; ++t) result.exact = result.exact && sums[t] == hash(&words[t * kWords]);
  return result;
}

}  // namespace tatami
