// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The requests of a port on their way to the SRAM, up to pipe_pkg::RequestDepth in order. Whether the access of one traps is
/// known a cycle later, and then it is dropped when it comes up.
///
/// Latency: 1 cycle from `valid_i` to `valid_o`. Throughput: 1 request per cycle.
/// Handshake: valid/ready on both sides. `count_o` are there, neither sent nor dropped; `leaves_o`: one of them is now.
module request_queue #(
  parameter type request_t = logic [7:0]
) (
  input  logic     clk_i,
  input  logic     rst_ni,
  // write side
  input  logic     valid_i,
  output logic     ready_o,
  input  request_t request_i,
  input  logic     wrong_i,    // that of the cycle before traps
  // read side
  output logic     valid_o,
  input  logic     ready_i,
  output request_t request_o,
  output logic [$clog2(pipe_pkg::RequestDepth + 1)-1:0] count_o,
  output logic     leaves_o
);
  localparam int unsigned Depth = pipe_pkg::RequestDepth;
  localparam int unsigned PlaceW = $clog2(Depth);
  localparam int unsigned CountW = $clog2(Depth + 1);

  typedef logic [PlaceW-1:0] place_t;

  request_t request_q[Depth];
  logic [Depth-1:0] wrong_q;
  place_t write_q, read_q, fresh_place_q;  // the next place, the oldest request's, and that of the cycle before
  logic [CountW-1:0] count_q;
  logic fresh_q, queued, wrong, push;

  function automatic place_t behind(input place_t place);
    return (place == place_t'(Depth - 1)) ? '0 : place + 1'b1;
  endfunction

  assign queued   = count_q != '0;
  assign ready_o  = count_q != CountW'(Depth);
  assign push     = valid_i && ready_o;
  assign wrong    = (fresh_q && fresh_place_q == read_q) ? wrong_i : wrong_q[read_q];
  assign valid_o  = queued && !wrong;
  assign leaves_o = queued && (wrong || ready_i);
  assign count_o  = count_q;

  always_comb begin
    request_o = '0;
    if (queued) request_o = request_q[read_q];
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      fresh_q <= 1'b0;
      write_q <= '0;
      read_q  <= '0;
      count_q <= '0;
    end else begin
      fresh_q <= push;
      if (push) write_q <= behind(write_q);
      if (leaves_o) read_q <= behind(read_q);
      if (push && !leaves_o) count_q <= count_q + 1'b1;
      if (leaves_o && !push) count_q <= count_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (push) request_q[write_q] <= request_i;
    fresh_place_q <= write_q;
    if (fresh_q) wrong_q[fresh_place_q] <= wrong_i;
  end

  `TATAMI_ASSERT(CountBound, int'(count_q) <= Depth)
endmodule : request_queue
