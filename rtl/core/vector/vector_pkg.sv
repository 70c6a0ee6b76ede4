// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the vector stage asks of the threads' arithmetic state, and its answer.
package vector_pkg;
  typedef struct packed {
    logic [cfg_pkg::ThreadW-1:0] thread;       // of the conversion
    logic [3:0] format;
    logic narrow;                              // it rounds: if stochastically, the thread's counter moves on
    logic [cfg_pkg::Threads-1:0][2:0] pair;    // of each thread's matrix step, when it is the head of its queue
  } number_ask_t;

  typedef struct packed {
    fmt_pkg::descriptor_t descriptor;  // of the conversion
    logic [63:0] key;                  // its random numbers
    logic [63:0] counter;
    fmt_pkg::descriptor_t [cfg_pkg::Threads-1:0] a;  // of the matrix steps: descriptor 2 * pair
    fmt_pkg::descriptor_t [cfg_pkg::Threads-1:0] b;  // and 2 * pair + 1
  } number_t;
endpackage
