/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * What C programs of a node have beside the C language: printing, cycles, transfers, barriers, and every Tatami
 * instruction (tatami_insn.h).
 */
#ifndef TATAMI_H_
#define TATAMI_H_

#include <stdint.h>

#include "tatami_insn.h"
#include "tatami_noc.h"

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

/* A node: its row and column. */
struct tatami_node {
  uint32_t y, x;
};

/* The node that this thread runs on. */
static inline struct tatami_node tatami_self(void) {
  const uint64_t hart = tatami_csr(mhartid); /* 4 * (1024 * die + 32 * y + x) + thread */
  const struct tatami_node self = {(uint32_t)(hart >> 7 & 31), (uint32_t)(hart >> 2 & 31)};
  return self;
}

/* Queues descriptors for the transfer engine, after all stores of this thread; they must not change while they run. */
static inline void tatami_transfer(const struct tatami_descriptor* list, uint64_t count) {
  __asm__ volatile("fence" : : : "memory");
  tatami_xfer(list, count);
}

/* A barrier over any set of nodes, which all list them in the same order: node i waits for the nodes 4 i + 1 to 4 i + 4,
 * posts to node (i - 1) / 4, waits for its release, and passes it on. `arrive` and `release` are semaphores that nothing else
 * uses. It can be used again at once: a node arrives again only after its release, which the node above sends only
 * after it has taken all arrivals of the round. One thread of each node takes part.
 */
enum { TATAMI_FAN_OUT = 4 };
struct tatami_barrier {
  struct tatami_descriptor above, below[TATAMI_FAN_OUT];
  uint32_t has_above, count_below, arrive, release;
};

static inline struct tatami_descriptor tatami_post_to(struct tatami_node node, uint32_t semaphore) {
  const struct tatami_descriptor post = {.dst = tatami_global(node.y, node.x, 0), .post = 1, .sem = semaphore};
  return post;
}

static inline void tatami_barrier_init(struct tatami_barrier* barrier, const struct tatami_node* nodes, uint32_t count,
                                       uint32_t arrive, uint32_t release) {
  const struct tatami_node self = tatami_self();
  uint32_t own = 0;
  while (own < count && (nodes[own].y != self.y || nodes[own].x != self.x)) ++own;
  barrier->arrive = arrive;
  barrier->release = release;
  barrier->has_above = own != 0;
  barrier->count_below = 0;
  if (own != 0) barrier->above = tatami_post_to(nodes[(own - 1) / TATAMI_FAN_OUT], arrive);
  for (uint32_t i = TATAMI_FAN_OUT * own + 1; i <= TATAMI_FAN_OUT * (own + 1) && i < count; ++i)
    barrier->below[barrier->count_below++] = tatami_post_to(nodes[i], release);
}

/* Returns when all nodes have called it. Stores before it are visible to transfers after it; what transfers move is
 * announced by their own posts only. */
static inline void tatami_barrier_wait(const struct tatami_barrier* barrier) {
  __asm__ volatile("fence" : : : "memory");
  if (barrier->count_below != 0) tatami_sem_wait(barrier->arrive, barrier->count_below);
  if (barrier->has_above) {
    tatami_transfer(&barrier->above, 1);
    tatami_sem_wait(barrier->release, 1);
  }
  if (barrier->count_below != 0) tatami_transfer(barrier->below, barrier->count_below);
}

#endif
