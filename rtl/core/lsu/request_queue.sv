// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The requests of a port on their way to the SRAM, up to pipe_pkg::RequestDepth in order. One whose access turns out to trap
/// comes with `wrong_i`, known late in its cycle, and is dropped when it comes up.
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
  input  logic     wrong_i,
  input  request_t request_i,
  // read side
  output logic     valid_o,
  input  logic     ready_i,
  output request_t request_o,
  output logic     leaves_o
);
  typedef struct packed {
    logic wrong;
    request_t request;
  } queued_t;

  logic queue_valid, goes;
  queued_t queued;

  assign goes      = queued.wrong || ready_i;
  assign valid_o   = queue_valid && !queued.wrong;
  assign request_o = queued.request;
  assign leaves_o  = queue_valid && goes;

  fifo #(
    .data_t(queued_t),
    .Depth (pipe_pkg::RequestDepth)
  ) u_fifo (
    .clk_i,
    .rst_ni,
    .valid_i,
    .ready_o,
    .data_i ({wrong_i, request_i}),
    .valid_o(queue_valid),
    .ready_i(goes),
    .data_o (queued)
  );
endmodule : request_queue
