// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// First-in first-out queue.
///
/// Latency: 1 cycle from `valid_i` to `valid_o`. Throughput: 1 item per cycle for `Depth` of 2 or more.
/// Handshake: valid/ready on both sides; `ready_o` comes from the fill level only. A full queue accepts nothing.
/// `data_o` is zero while `valid_o` is low, so that an idle queue moves no data.
module fifo #(
  parameter type data_t = logic [7:0],
  parameter int unsigned Depth = 4
) (
  input  logic  clk_i,
  input  logic  rst_ni,
  // write side
  input  logic  valid_i,
  output logic  ready_o,
  input  data_t data_i,
  // read side
  output logic  valid_o,
  input  logic  ready_i,
  output data_t data_o
);
  localparam int unsigned PtrW = (Depth > 1) ? $clog2(Depth) : 1;
  localparam int unsigned CountW = $clog2(Depth + 1);

  `TATAMI_ASSERT_STATIC(Depth, Depth >= 1, "fifo: Depth must be at least 1")

  data_t mem_q[Depth];
  logic [PtrW-1:0] write_q, read_q;
  logic [CountW-1:0] count_q;
  logic push, pop;

  assign ready_o = count_q != CountW'(Depth);
  assign valid_o = count_q != '0;
  assign push = valid_i && ready_o;
  assign pop = valid_o && ready_i;

  always_comb begin
    data_o = '0;
    if (valid_o) data_o = mem_q[read_q];
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q  <= '0;
      count_q <= '0;
    end else begin
      if (push) write_q <= (write_q == PtrW'(Depth - 1)) ? '0 : write_q + 1'b1;
      if (pop) read_q <= (read_q == PtrW'(Depth - 1)) ? '0 : read_q + 1'b1;
      if (push && !pop) count_q <= count_q + 1'b1;
      if (pop && !push) count_q <= count_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (push) mem_q[write_q] <= data_i;
  end

  `TATAMI_ASSERT(CountBound, int'(count_q) <= Depth)
endmodule : fifo
