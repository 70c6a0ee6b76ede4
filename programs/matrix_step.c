/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * Multiplies two matrices on the matrix unit: A is rows x 4, B is 4 x columns, both BF16, the result FP32.
 */
#include "tatami.h"

enum { kMostLanes = 32, kMostSide = 8, kDepth = 4 };
static uint16_t a[kMostLanes] __attribute__((aligned(64)));
static uint16_t b[kMostLanes] __attribute__((aligned(64)));
static uint32_t c[kMostSide * kMostSide] __attribute__((aligned(64)));

/* A number from 0 to 255 as BF16, and as FP32 (which begins with the same bits). */
static uint32_t fp32(uint32_t number) {
  uint32_t exponent = 0;
  if (number == 0) return 0;
  while (number >> exponent > 1) ++exponent;
  return (exponent + 127) << 23 | (number << (23 - exponent) & 0x7fffff);
}
static uint16_t bf16(uint32_t number) { return (uint16_t)(fp32(number) >> 16); }

int main(void) {
  const uint64_t config = tatami_csr(0xfc2); /* tconfig */
  const uint64_t width = config & 0xff, rows = config >> 16 & 0xff, columns = config >> 24 & 0xff;
  uint64_t wrong = 0;
  for (uint64_t i = 0; i < rows * kDepth; ++i) a[i] = bf16((uint32_t)(i % 3)), b[i] = bf16((uint32_t)(i % 5));
  tatami_vld(1, a, 0);
  tatami_vld(2, b, 0);
  tatami_mma_z(0, 1, 2, 0);
  tatami_mrd_fp32(3, 0, 0);
  tatami_vst(c, 3, 0);
  __asm__ volatile("fence" : : : "memory");
  for (uint64_t e = 0; e < width / 4; ++e) { /* the first part of the result */
    const uint64_t i = e / columns, j = e % columns;
    uint32_t sum = 0;
    for (uint64_t k = 0; k < kDepth; ++k) sum += (uint32_t)((kDepth * i + k) % 3 * ((k * columns + j) % 5));
    wrong += c[e] != fp32(sum);
  }
  tatami_print(wrong == 0 ? "the product is right\n" : "the product is WRONG\n");
  return wrong != 0;
}
