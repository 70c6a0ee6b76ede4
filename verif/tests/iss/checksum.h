/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/* A computation for both the host and the simulated node: sorting, division, shifts and calls. */
#ifndef TATAMI_VERIF_TESTS_ISS_CHECKSUM_H_
#define TATAMI_VERIF_TESTS_ISS_CHECKSUM_H_

#include <stdint.h>

enum { kChecksumItems = 64 };

static uint64_t next_random(uint64_t* state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static uint64_t checksum(uint64_t seed) {
  int64_t items[kChecksumItems];
  uint64_t state = seed, sum = seed;
  for (int i = 0; i < kChecksumItems; ++i) items[i] = (int64_t)next_random(&state) >> (next_random(&state) % 60);
  for (int i = 1; i < kChecksumItems; ++i) {
    for (int j = i; j > 0 && items[j - 1] > items[j]; --j) {
      const int64_t moved = items[j];
      items[j] = items[j - 1];
      items[j - 1] = moved;
    }
  }
  for (int i = 0; i < kChecksumItems; ++i) {
    const int64_t divisor = (int64_t)(int16_t)next_random(&state) | 1;
    sum = sum * 31 + (uint64_t)(items[i] / divisor) + (uint64_t)(items[i] % divisor);
    sum ^= (uint64_t)(int64_t)((int32_t)items[i] / (int32_t)divisor);
    sum += (uint64_t)(((unsigned __int128)sum * (uint64_t)items[i]) >> 64);
    sum = (sum >> (items[i] & 63)) | (sum << (-items[i] & 63));
  }
  return sum;
}

#endif /* TATAMI_VERIF_TESTS_ISS_CHECKSUM_H_ */
