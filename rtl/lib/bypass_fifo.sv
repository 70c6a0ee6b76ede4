// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Queue whose writer counts the free places itself (credits), with a way round it: an item that meets an empty queue
/// is offered at the output in the same cycle and stored only if it is not taken.
///
/// Latency: 0 cycles through an empty queue. Throughput: 1 item per cycle.
/// Handshake: `valid_i` has no ready, the writer never has more than `Depth` items here. A reader takes with `ready_i`.
/// `data_o` is zero while `valid_o` is low.
module bypass_fifo #(
  parameter type data_t = logic [7:0],
  parameter int unsigned Depth = 4
) (
  input  logic  clk_i,
  input  logic  rst_ni,
  // write side, space guaranteed by the writer's credits
  input  logic  valid_i,
  input  data_t data_i,
  // read side
  output logic  valid_o,
  input  logic  ready_i,
  output data_t data_o,
  // items are stored
  output logic  stored_o
);
  data_t stored;
  logic  space;

  fifo #(
    .data_t(data_t),
    .Depth(Depth)
  ) u_store (
    .clk_i,
    .rst_ni,
    .valid_i(valid_i && (stored_o || !ready_i)),
    .ready_o(space),
    .data_i,
    .valid_o(stored_o),
    .ready_i,
    .data_o(stored)
  );

  assign valid_o = stored_o || valid_i;

  always_comb begin
    data_o = stored;
    if (!stored_o && valid_i) data_o = data_i;
  end

  `TATAMI_ASSERT(NoOverflow, space || !valid_i)
endmodule : bypass_fifo
