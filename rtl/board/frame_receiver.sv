// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Bytes to frames. A frame with a wrong CRC or a broken byte, and one that stops for longer than `Gap` cycles, are refused:
/// `refused_o` pulses, and the next `Start` begins a frame.
///
/// Handshake: valid/ready. The host waits for the answer to a frame before it sends the next; what comes while a frame
/// waits to be taken is lost. Bytes between frames other than `Start` are ignored.
module frame_receiver #(
  /// Cycles without a byte after which a frame that has begun is given up.
  parameter int unsigned Gap = 8000
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              byte_valid_i,
  input  logic              byte_error_i,
  input  logic [7:0]        byte_i,
  output logic              valid_o,
  input  logic              ready_i,
  output frame_pkg::frame_t frame_o,
  output logic              refused_o
);
  localparam int unsigned CountW = $clog2(frame_pkg::Bytes + 1);
  localparam int unsigned GapW = $clog2(Gap + 1);

  typedef enum logic [1:0] {
    Idle,
    Receive,
    Wait
  } state_e;

  state_e state_q;
  logic [CountW-1:0] count_q;  // bytes received
  logic [GapW-1:0] gap_q;
  logic [7:0] crc_q;
  logic last;

  assign last = count_q == CountW'(frame_pkg::Bytes);
  assign valid_o = state_q == Wait;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q   <= Idle;
      refused_o <= 1'b0;
    end else begin
      refused_o <= 1'b0;
      unique case (state_q)
        Idle: if (byte_valid_i && byte_i == frame_pkg::Start) state_q <= Receive;
        Receive: begin
          if (byte_error_i || gap_q == GapW'(Gap) || (byte_valid_i && last && byte_i != crc_q)) begin
            state_q   <= Idle;
            refused_o <= 1'b1;
          end else if (byte_valid_i && last) begin
            state_q <= Wait;
          end
        end
        Wait: if (ready_i) state_q <= Idle;
        default: state_q <= Idle;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    gap_q <= (state_q != Receive || byte_valid_i) ? '0 : gap_q + 1'b1;
    if (state_q == Idle) begin
      count_q <= '0;
      crc_q   <= '0;
    end else if (state_q == Receive && byte_valid_i && !last) begin
      count_q <= count_q + 1'b1;
      crc_q   <= frame_pkg::crc(crc_q, byte_i);
      frame_o <= {byte_i, frame_o[$bits(frame_o)-1:8]};
    end
  end
endmodule : frame_receiver
