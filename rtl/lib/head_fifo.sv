// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// First-in first-out queue whose head is a register: `data_o` is there at the beginning of the cycle, and keeps its last
/// value while `valid_o` is low.
///
/// Latency: 1 cycle from `valid_i` to `valid_o`. Throughput: 1 item per cycle.
/// Handshake: valid/ready on both sides; `ready_o` comes from the fill level only. A full queue accepts nothing.
/// `ready_i` may come late: it moves the head and the counters, but writes no place. An item that is the next head at once
/// is written into the place behind it all the same, where the one after it will be written.
module head_fifo #(
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
  localparam int unsigned Places = Depth - 1;  // behind the head
  localparam int unsigned PtrW = (Places > 1) ? $clog2(Places) : 1;
  localparam int unsigned CountW = $clog2(Places + 1);

  `TATAMI_ASSERT_STATIC(Depth, Depth >= 2, "head_fifo: Depth must be at least 2")

  data_t mem_q[Places];
  data_t head_q;
  logic [PtrW-1:0] write_q, read_q;
  logic [CountW-1:0] count_q;
  logic valid_q, moves, waits, push, pop;

  assign ready_o = count_q != CountW'(Places);
  assign valid_o = valid_q;
  assign data_o = head_q;
  assign moves = ready_i || !valid_q;
  assign waits = count_q != '0;
  assign push = valid_i && ready_o && (waits || !moves);
  assign pop = waits && ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q  <= '0;
      count_q <= '0;
      valid_q <= 1'b0;
    end else begin
      if (push) write_q <= (write_q == PtrW'(Places - 1)) ? '0 : write_q + 1'b1;
      if (pop) read_q <= (read_q == PtrW'(Places - 1)) ? '0 : read_q + 1'b1;
      if (push && !pop) count_q <= count_q + 1'b1;
      if (pop && !push) count_q <= count_q - 1'b1;
      if (moves) valid_q <= waits || valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i && ready_o) mem_q[write_q] <= data_i;
    if (moves && (waits || valid_i)) head_q <= waits ? mem_q[read_q] : data_i;
  end

  `TATAMI_ASSERT(HeadFirst, valid_q || !waits)
  `TATAMI_ASSERT(CountBound, int'(count_q) <= Places)
endmodule : head_fifo
