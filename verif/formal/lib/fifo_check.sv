// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A fifo of one depth, or one whose head is a register, and what they promise: one item, chosen by `follow_i` at any time,
/// is followed from its entry to its exit. It leaves after exactly those that were there before it, with its data, and the
/// fill level is what went in less what went out.
module fifo_check #(
  parameter int unsigned Depth = 4,
  parameter int unsigned Width = 2,
  parameter bit Head = 1'b0
) (
  input logic             clk_i,
  input logic             rst_ni,
  input logic             valid_i,
  input logic [Width-1:0] data_i,
  input logic             ready_i,
  input logic             follow_i
);
  localparam int unsigned CountW = $clog2(Depth + 2);

  logic ready, valid;
  logic [Width-1:0] data;

  if (Head) begin : gen_head
    head_fifo #(
      .data_t(logic [Width-1:0]),
      .Depth (Depth)
    ) u_fifo (
      .clk_i,
      .rst_ni,
      .valid_i,
      .ready_o(ready),
      .data_i,
      .valid_o(valid),
      .ready_i,
      .data_o (data)
    );
  end else begin : gen_fifo
    fifo #(
      .data_t(logic [Width-1:0]),
      .Depth (Depth)
    ) u_fifo (
      .clk_i,
      .rst_ni,
      .valid_i,
      .ready_o(ready),
      .data_i,
      .valid_o(valid),
      .ready_i,
      .data_o (data)
    );
  end

  logic [CountW-1:0] level_q, ahead_q;
  logic followed_q, inside_q;
  logic [Width-1:0] data_q;
  logic enters, leaves;

  assign enters = valid_i && ready;
  assign leaves = valid && ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      level_q <= '0;
      followed_q <= 1'b0;
      inside_q <= 1'b0;
    end else begin
      level_q <= level_q + CountW'(enters) - CountW'(leaves);
      if (enters && follow_i && !followed_q) begin
        followed_q <= 1'b1;
        inside_q <= 1'b1;
        data_q <= data_i;
        ahead_q <= level_q - CountW'(leaves);
      end
      if (inside_q && leaves) begin
        ahead_q <= ahead_q - 1'b1;
        if (ahead_q == '0) inside_q <= 1'b0;
      end
    end
  end

  `TATAMI_ASSERT(Ready, ready == (level_q != CountW'(Depth)))
  `TATAMI_ASSERT(Valid, valid == (level_q != '0))
  `TATAMI_ASSERT(Bound, level_q <= CountW'(Depth))
  `TATAMI_ASSERT(Kept, !inside_q || (valid && ahead_q < level_q))
  `TATAMI_ASSERT(Order, !inside_q || ahead_q != '0 || data == data_q)
  `TATAMI_ASSERT(IdleZero, Head || valid || data == '0)
  `TATAMI_COVER(Full, !ready)
  `TATAMI_COVER(LastLeaves, inside_q && ahead_q == '0 && leaves && data_q != '0)
  `TATAMI_COVER(Behind, Depth == 1 || (inside_q && ahead_q == CountW'(Depth - 1)))
endmodule : fifo_check
