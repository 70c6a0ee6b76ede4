// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a memory pipe hands to the store port.
package lsu_pkg;
  /// A scalar store in stage X, void or not: what is stored, and where.
  typedef struct packed {
    logic valid;
    pipe_pkg::thread_t thread;
    sram_pkg::word_addr_t [1:0] word;
    logic both;          // it touches the second word, too
    logic [2:0] first;   // its first byte, in the first word
    logic [1:0] size;    // log2 of the bytes
    logic [63:0] data;
  } store_t;
endpackage
