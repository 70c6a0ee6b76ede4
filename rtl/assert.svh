// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Assertions that run alike in simulation, lint, synthesis front ends and formal tools: clocked immediate statements only.
`ifndef TATAMI_ASSERT_SVH_
`define TATAMI_ASSERT_SVH_

`ifdef TATAMI_FORMAL
`define TATAMI_INC_ASSERT
`elsif SYNTHESIS
`else
`define TATAMI_INC_ASSERT
`endif

// The property holds in every cycle outside reset.
`define TATAMI_ASSERT(__name, __prop)                             \
`ifdef TATAMI_INC_ASSERT                                          \
  always_ff @(posedge clk_i) begin : gen_assert_``__name          \
    if (rst_ni) begin                                             \
      __name : assert (__prop) else $error("%m");                 \
    end                                                           \
  end                                                             \
`endif

// When __ante held in one cycle, __cons holds in the next.
`define TATAMI_ASSERT_NEXT(__name, __ante, __cons)                \
`ifdef TATAMI_INC_ASSERT                                          \
  logic __name``_past_q;                                          \
  always_ff @(posedge clk_i) begin : gen_past_``__name            \
    __name``_past_q <= rst_ni && (__ante);                        \
  end                                                             \
  `TATAMI_ASSERT(__name, !__name``_past_q || (__cons))            \
`endif

// Valid/ready source rules: valid and payload are held until accepted.
`define TATAMI_ASSERT_STREAM(__name, __valid, __ready, __data)    \
`ifdef TATAMI_INC_ASSERT                                          \
  logic [$bits(__data)-1:0] __name``_data_q;                      \
  always_ff @(posedge clk_i) begin : gen_data_``__name            \
    __name``_data_q <= __data;                                    \
  end                                                             \
  `TATAMI_ASSERT_NEXT(__name``ValidHeld, (__valid) && !(__ready), (__valid)) \
  `TATAMI_ASSERT_NEXT(__name``DataHeld, (__valid) && !(__ready), (__data) == __name``_data_q) \
`endif

// For proofs only: what the environment guarantees outside reset.
`define TATAMI_ASSUME(__name, __prop)                             \
`ifdef TATAMI_FORMAL                                              \
  always_ff @(posedge clk_i) begin : gen_assume_``__name          \
    if (rst_ni) begin                                             \
      __name : assume (__prop);                                   \
    end                                                           \
  end                                                             \
`endif

// For proofs only: a situation that must be reachable outside reset, so that a proof is about something.
`define TATAMI_COVER(__name, __prop)                              \
`ifdef TATAMI_FORMAL                                              \
  always_ff @(posedge clk_i) begin : gen_cover_``__name           \
    if (rst_ni) begin                                             \
      __name : cover (__prop);                                    \
    end                                                           \
  end                                                             \
`endif

// For the top of a proof: reset in the first cycle, and never again.
`define TATAMI_FORMAL_RESET                                       \
  logic formal_begun_q = 1'b0;                                    \
  always_ff @(posedge clk_i) formal_begun_q <= 1'b1;              \
  always_comb assume (rst_ni == formal_begun_q);

// A parameter check; __text is a sentence that says what to change.
`define TATAMI_ASSERT_STATIC(__name, __cond, __text)              \
  if (!(__cond)) begin : gen_err_``__name                         \
    $fatal(1, __text);                                            \
  end

`endif
