/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * What C programs of a node have beside the C language: printing, cycles, and every Tatami instruction (tatami_insn.h).
 */
#ifndef TATAMI_H_
#define TATAMI_H_

#include <stdint.h>

#include "tatami_insn.h"

extern volatile uint64_t tohost, fromhost;

/* Asks the host to print. */
static inline void tatami_write(const char* text, uint64_t length) {
  static volatile uint64_t call[8] __attribute__((aligned(64)));
  call[0] = 64;
  call[1] = 1;
  call[2] = (uint64_t)text;
  call[3] = length;
  __asm__ volatile("fence" : : : "memory");
  tohost = (uint64_t)call;
  while (fromhost == 0) {
  }
  fromhost = 0;
}

static inline void tatami_print(const char* text) {
  uint64_t length = 0;
  while (text[length] != 0) ++length;
  tatami_write(text, length);
}

static inline void tatami_print_number(uint64_t value) {
  char digits[20];
  unsigned first = sizeof(digits);
  do {
    digits[--first] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  tatami_write(digits + first, sizeof(digits) - first);
}

/* The value of a CSR, by its name or number. */
#define tatami_csr(csr) \
  ({ \
    uint64_t value_; \
    __asm__ volatile(".option push\n.option arch, +zicsr\ncsrr %0, " #csr "\n.option pop" : "=r"(value_)); \
    value_; \
  })

#endif
