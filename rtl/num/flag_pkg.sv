// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Status flags of operations on numbers (docs/numbers.md, "Status flags").
package flag_pkg;
  typedef struct packed {
    logic underflow;
    logic overflow;
    logic denormal;
    logic invalid;
  } flags_t;
endpackage
