/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * The nodes of a 2x2 mesh exchange blocks in a ring: each puts its own, framed with zeros, to the next one, and gets rows of
 * the one before, picked by that node's table. Run it with: build/tatami exec build/programs/exchange.elf --mesh 2x2
 */
#include "tatami.h"

enum { kNodes = 4, kRows = 4, kColumns = 10, kFramedRows = kRows + 2, kFramedColumns = kColumns + 2, kPicked = 6 };
enum { kPutDone = 1, kGetDone = 2, kArrive = 60, kRelease = 61 };

static const struct tatami_node nodes[kNodes] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
static const uint32_t picks[kPicked] = {3, 0, 0, 2, 1, 3};

static uint64_t block[kRows][kColumns] __attribute__((aligned(64)));
static uint64_t framed[kFramedRows][kFramedColumns] __attribute__((aligned(64)));
static uint64_t picked[kPicked][kColumns] __attribute__((aligned(64)));
static uint32_t table[kPicked] __attribute__((aligned(64)));
static struct tatami_descriptor lists[2] __attribute__((aligned(64)));
static struct tatami_barrier barrier __attribute__((aligned(64)));

static uint64_t value(uint64_t node, uint64_t row, uint64_t column) { return 10000 * (node + 1) + 100 * row + column; }

int main(void) {
  const struct tatami_node self = tatami_self();
  uint64_t own = 0, wrong = 0;
  while (nodes[own].y != self.y || nodes[own].x != self.x) ++own;
  const uint64_t before = (own + kNodes - 1) % kNodes;
  const struct tatami_node to = nodes[(own + 1) % kNodes], from = nodes[before];
  tatami_barrier_init(&barrier, nodes, kNodes, kArrive, kRelease);

  for (uint64_t r = 0; r < kRows; ++r)
    for (uint64_t c = 0; c < kColumns; ++c) block[r][c] = value(own, r, c);
  for (uint64_t r = 0; r < kFramedRows; ++r)
    for (uint64_t c = 0; c < kFramedColumns; ++c) framed[r][c] = ~(uint64_t)0;
  for (uint64_t i = 0; i < kPicked; ++i) table[i] = picks[i] * (uint32_t)sizeof(block[0]);
  tatami_barrier_wait(&barrier); /* all blocks, frames and tables are in place */

  const struct tatami_descriptor put = {.dst = tatami_global(to.y, to.x, framed),
                                        .src = (uint64_t)block,
                                        .row_bytes = sizeof(framed[0]),
                                        .rows = kFramedRows,
                                        .dst_pitch = sizeof(framed[0]),
                                        .src_pitch = sizeof(block[0]),
                                        .kind = TATAMI_PUT,
                                        .post = 1,
                                        .sem = kPutDone,
                                        .pad_top = 1,
                                        .pad_bottom = 1,
                                        .pad_left = 8,
                                        .pad_right = 8};
  const struct tatami_descriptor get = {.dst = (uint64_t)picked,
                                        .src = tatami_global(from.y, from.x, block),
                                        .row_bytes = sizeof(picked[0]),
                                        .rows = kPicked,
                                        .dst_pitch = sizeof(picked[0]),
                                        .kind = TATAMI_GET,
                                        .post = 1,
                                        .gather = 1,
                                        .sem = kGetDone,
                                        .index = (uint32_t)(uint64_t)table};
  lists[0] = put;
  lists[1] = get;
  tatami_transfer(lists, 2);
  tatami_sem_wait(kPutDone, 1);
  tatami_sem_wait(kGetDone, 1);

  for (uint64_t r = 0; r < kFramedRows; ++r) {
    for (uint64_t c = 0; c < kFramedColumns; ++c) {
      const int frame = r == 0 || r == kFramedRows - 1 || c == 0 || c == kFramedColumns - 1;
      wrong += framed[r][c] != (frame ? 0 : value(before, r - 1, c - 1));
    }
  }
  for (uint64_t i = 0; i < kPicked; ++i)
    for (uint64_t c = 0; c < kColumns; ++c) wrong += picked[i][c] != value(before, picks[i], c);
  tatami_barrier_wait(&barrier); /* nobody needs this node's block any more */
  if (own == 0) tatami_print(wrong == 0 ? "blocks exchanged\n" : "blocks WRONG\n");
  return wrong != 0;
}
