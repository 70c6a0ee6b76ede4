/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * The functions that the compiler calls by itself, for large structs and loops that it recognises.
 */
#include <stddef.h>

/* Their own loops must stay loops. */
#define LOOPS __attribute__((optimize("no-tree-loop-distribute-patterns")))

LOOPS void* memset(void* to, int value, size_t count) {
  unsigned char* bytes = to;
  for (size_t i = 0; i < count; ++i) bytes[i] = (unsigned char)value;
  return to;
}

LOOPS void* memcpy(void* restrict to, const void* restrict from, size_t count) {
  unsigned char* target = to;
  const unsigned char* source = from;
  for (size_t i = 0; i < count; ++i) target[i] = source[i];
  return to;
}
