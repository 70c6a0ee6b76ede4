// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Vector instructions of one thread, in order.
///
/// Latency: 1 cycle from `valid_i` to `valid_o`. Throughput: 1 instruction per cycle. `ready_o` comes from the fill level only.
/// The head is a register of its own, so that the choice among `Depth` places stands in front of it and not between
/// it and what says in the same cycle whether it leaves. For the same reason `pop_i`, which comes late, moves the head and the
/// counters, but writes no place: what passes the others on its way to the head is written behind them all the same.
module vector_queue #(
  parameter int unsigned Depth = pipe_pkg::VectorDepth
) (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            valid_i,
  output logic            ready_o,
  input  pipe_pkg::slot_t slot_i,
  output logic            valid_o,
  output pipe_pkg::slot_t head_o,
  input  logic            pop_i
);
  localparam int unsigned Places = Depth - 1;  // behind the head
  localparam int unsigned PlaceW = $clog2(Places);
  localparam int unsigned CountW = $clog2(Places + 1);

  pipe_pkg::slot_t mem_q [Places];
  pipe_pkg::slot_t head_q;
  logic [PlaceW-1:0] write_q, read_q;
  logic [CountW-1:0] count_q;
  logic valid_q, moves, waits, push;

  assign ready_o = count_q != CountW'(Places);
  assign valid_o = valid_q;
  assign head_o  = head_q;
  assign moves   = pop_i || !valid_q;
  assign waits   = count_q != '0;
  assign push    = valid_i && (waits || !moves);

  function automatic logic [PlaceW-1:0] after(input logic [PlaceW-1:0] place);
    return (place == PlaceW'(Places - 1)) ? '0 : place + 1'b1;
  endfunction

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q  <= '0;
      count_q <= '0;
      valid_q <= 1'b0;
    end else begin
      if (push) write_q <= after(write_q);
      if (pop_i && waits) read_q <= after(read_q);
      count_q <= count_q + CountW'(push) - CountW'(pop_i && waits);
      if (moves) valid_q <= waits || valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) mem_q[write_q] <= slot_i;
    if (moves && (waits || valid_i)) head_q <= waits ? mem_q[read_q] : slot_i;
  end

  `TATAMI_ASSERT(HeadFirst, valid_q || !waits)
endmodule : vector_queue
