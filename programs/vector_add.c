/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * Adds arrays of 32-bit integers with vector instructions: a register of each at a time, whatever its width.
 */
#include "tatami.h"

enum { kCount = 256 };
static uint32_t a[kCount] __attribute__((aligned(64)));
static uint32_t b[kCount] __attribute__((aligned(64)));
static uint32_t sum[kCount] __attribute__((aligned(64)));

int main(void) {
  const uint64_t width = tatami_csr(0xfc2) & 0xff; /* tconfig: bytes of a vector register */
  uint64_t wrong = 0;
  for (uint32_t i = 0; i < kCount; ++i) {
    a[i] = 3 * i;
    b[i] = i * i;
  }
  const uint64_t begin = tatami_csr(mcycle);
  for (uint64_t at = 0; at < sizeof(sum); at += width) {
    tatami_vld(1, (uint64_t)a + at, 0);
    tatami_vld(2, (uint64_t)b + at, 0);
    tatami_vadd_i32(3, 1, 2);
    tatami_vst((uint64_t)sum + at, 3, 0);
  }
  __asm__ volatile("fence" : : : "memory");
  const uint64_t cycles = tatami_csr(mcycle) - begin;
  for (uint32_t i = 0; i < kCount; ++i) wrong += sum[i] != 3 * i + i * i;
  tatami_print("256 sums in ");
  tatami_print_number(cycles);
  tatami_print(" cycles\n");
  return wrong != 0;
}
