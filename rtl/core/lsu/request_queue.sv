// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The requests of a port on their way to the SRAM, up to pipe_pkg::RequestDepth in order. Whether the access of one traps is
/// known a cycle later, and then it is dropped when it comes up.
///
/// Latency: 1 cycle from `valid_i` to `valid_o`. Throughput: 1 request per cycle.
/// Handshake: valid/ready on both sides; `leaves_o` says that the oldest one is sent or dropped.
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
  output logic     leaves_o
);
  logic queued, marked, mark, wrong, fresh_q, unused_ready;

  // The mark of the oldest request, unless it comes just now.
  assign wrong    = marked ? mark : wrong_i;
  assign valid_o  = queued && !wrong;
  assign leaves_o = queued && (wrong || ready_i);

  always_ff @(posedge clk_i) fresh_q <= rst_ni && valid_i && ready_o;

  fifo #(
    .data_t(request_t),
    .Depth (pipe_pkg::RequestDepth)
  ) u_fifo (
    .clk_i,
    .rst_ni,
    .valid_i,
    .ready_o,
    .data_i (request_i),
    .valid_o(queued),
    .ready_i(leaves_o),
    .data_o (request_o)
  );

  fifo #(
    .data_t(logic),
    .Depth (pipe_pkg::RequestDepth)
  ) u_marks (
    .clk_i,
    .rst_ni,
    .valid_i(fresh_q && (marked || !leaves_o)),
    .ready_o(unused_ready),
    .data_i (wrong_i),
    .valid_o(marked),
    .ready_i(leaves_o),
    .data_o (mark)
  );
endmodule : request_queue
