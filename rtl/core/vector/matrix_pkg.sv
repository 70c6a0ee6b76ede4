// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the matrix unit is asked to do.
package matrix_pkg;
  typedef struct packed {
    logic [cfg_pkg::ThreadW-1:0] thread;
    logic [2:0] acc;
  } target_t;

  /// One step. With `write` it multiplies nothing, and part `part` of the accumulator becomes the lanes of A's register.
  typedef struct packed {
    target_t target;
    logic first;             // +0 in place of the old accumulator
    logic write;
    logic [1:0] part;
    isa_pkg::tile_t tile;    // `pair` has no say here
    fmt_pkg::descriptor_t a; // formats, which must be ones that multiply
    fmt_pkg::descriptor_t b;
  } step_t;

  /// One read-out.
  typedef struct packed {
    target_t target;
    logic [1:0] part;
    logic bf16;              // rounded to BF16, else as it is
    logic [6:0] tag;         // comes back with the data
  } read_t;
endpackage
