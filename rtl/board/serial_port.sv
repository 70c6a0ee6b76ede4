// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A board's serial line: frames in and out, and answers to frames. What uses a frame may refuse it when it takes it. Latency:
/// `refused_o` shows a frame from the cycle after it was taken or found broken.
module serial_port #(
  /// Clock cycles of a bit, at least 4.
  parameter int unsigned ClocksPerBit = 25,
  /// Time in which the next byte of a frame must come, in bytes.
  localparam int unsigned GapBytes = 32
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  // pins
  input  logic              rx_i,
  output logic              tx_o,
  // frames from the host
  output logic              valid_o,
  input  logic              ready_i,
  input  logic              refuse_i,
  output frame_pkg::frame_t frame_o,
  output logic              refused_o,  // the last frame was refused: it was broken, or by `refuse_i`
  // frames to the host
  input  logic              valid_i,
  output logic              ready_o,
  input  frame_pkg::frame_t frame_i
);
  logic rx_valid, rx_error, tx_valid, tx_ready, broken, taken, refused;
  logic [7:0] rx_data, tx_data;

  assign taken = valid_o && ready_i;
  assign refused = broken || (taken && refuse_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) refused_o <= 1'b0;
    else if (refused || taken) refused_o <= refused;
  end

  uart_rx #(
    .ClocksPerBit(ClocksPerBit)
  ) u_rx (
    .clk_i,
    .rst_ni,
    .rx_i,
    .valid_o(rx_valid),
    .data_o (rx_data),
    .error_o(rx_error)
  );

  frame_receiver #(
    .Gap(GapBytes * 10 * ClocksPerBit)
  ) u_receiver (
    .clk_i,
    .rst_ni,
    .byte_valid_i(rx_valid),
    .byte_error_i(rx_error),
    .byte_i      (rx_data),
    .valid_o,
    .ready_i,
    .frame_o,
    .refused_o   (broken)
  );

  frame_sender u_sender (
    .clk_i,
    .rst_ni,
    .taken_i     (taken && !refuse_i),
    .refused_i   (refused),
    .valid_i,
    .ready_o,
    .frame_i,
    .byte_valid_o(tx_valid),
    .byte_ready_i(tx_ready),
    .byte_o      (tx_data)
  );

  uart_tx #(
    .ClocksPerBit(ClocksPerBit)
  ) u_tx (
    .clk_i,
    .rst_ni,
    .valid_i(tx_valid),
    .ready_o(tx_ready),
    .data_i (tx_data),
    .tx_o
  );
endmodule : serial_port
