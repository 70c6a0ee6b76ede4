// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Answers and frames to bytes: an answer (`Taken`, `Refused`) is one byte, a frame the byte `Start`, its bytes and their CRC.
///
/// Answers go before frames and never into one. One answer is kept: the host waits for it before it sends again.
/// Handshake of frames: valid/ready; a frame is taken when its first byte is sent.
module frame_sender (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              taken_i,
  input  logic              refused_i,
  input  logic              valid_i,
  output logic              ready_o,
  input  frame_pkg::frame_t frame_i,
  output logic              byte_valid_o,
  input  logic              byte_ready_i,
  output logic [7:0]        byte_o
);
  localparam int unsigned CountW = $clog2(frame_pkg::Bytes + 2);

  logic [1:0] answer_q;        // {refused, taken}
  logic [CountW-1:0] left_q;   // bytes of a frame to send, with its CRC
  frame_pkg::frame_t frame_q;
  logic [7:0] crc_q;
  logic answer, start, next;

  assign answer = left_q == '0 && answer_q != '0;
  assign byte_valid_o = answer || left_q != '0 || valid_i;
  assign ready_o = left_q == '0 && !answer && byte_ready_i;
  assign start = valid_i && ready_o;
  assign next = left_q != '0 && byte_ready_i;

  always_comb begin
    byte_o = frame_pkg::Start;
    if (answer) byte_o = answer_q[1] ? frame_pkg::Refused : frame_pkg::Taken;
    else if (left_q == CountW'(1)) byte_o = crc_q;
    else if (left_q != '0) byte_o = frame_q[7:0];
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      answer_q <= '0;
      left_q   <= '0;
    end else begin
      answer_q <= (answer_q & {2{!(answer && byte_ready_i)}}) | {refused_i, taken_i};
      if (start) left_q <= CountW'(frame_pkg::Bytes + 1);
      else if (next) left_q <= left_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start) begin
      frame_q <= frame_i;
      crc_q   <= '0;
    end else if (next) begin
      frame_q <= frame_q >> 8;
      crc_q   <= frame_pkg::crc(crc_q, frame_q[7:0]);
    end
  end
endmodule : frame_sender
