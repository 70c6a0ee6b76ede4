// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The queue keeps order and loses nothing, for each depth from 1 to `Deepest`; that whose head is a register, from 2 on, likewise.
module fifo_proof #(
  parameter int unsigned Deepest = 5
) (
  input logic       clk_i,
  input logic       rst_ni,
  input logic       valid_i,
  input logic [1:0] data_i,
  input logic       ready_i,
  input logic       follow_i
);
  `TATAMI_FORMAL_RESET

  for (genvar depth = 1; depth <= Deepest; depth++) begin : gen_depth
    fifo_check #(
      .Depth(depth)
    ) u_check (
      .clk_i,
      .rst_ni,
      .valid_i,
      .data_i,
      .ready_i,
      .follow_i
    );

    if (depth >= 2) begin : gen_head
      fifo_check #(
        .Depth(depth),
        .Head (1'b1)
      ) u_check (
        .clk_i,
        .rst_ni,
        .valid_i,
        .data_i,
        .ready_i,
        .follow_i
      );
    end
  end
endmodule : fifo_proof
