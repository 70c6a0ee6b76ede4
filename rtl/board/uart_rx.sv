// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Serial receiver: 8 data bits, least significant first, no parity, one stop bit.
///
/// `valid_o` or `error_o` pulses in the middle of the stop bit: a byte, or a stop bit that is low. A start bit that is gone
/// again after half its time is none. Bits are sampled in their middle, so that a byte may be 4 % faster or slower.
module uart_rx #(
  /// Clock cycles of a bit, at least 4.
  parameter int unsigned ClocksPerBit = 25
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       rx_i,     // asynchronous
  output logic       valid_o,
  output logic [7:0] data_o,
  output logic       error_o
);
  localparam int unsigned CountW = $clog2(ClocksPerBit);

  logic [1:0] rx_q;            // against metastability
  logic busy_q;
  logic [CountW-1:0] count_q;  // cycles until the next sample
  logic [3:0] bit_q;           // 0 start, 1 to 8 data, 9 stop
  logic sample;

  assign sample = busy_q && count_q == '0;

  always_ff @(posedge clk_i) begin
    rx_q <= {rx_q[0], rx_i};
    valid_o <= rst_ni && sample && bit_q == 4'd9 && rx_q[1];
    error_o <= rst_ni && sample && bit_q == 4'd9 && !rx_q[1];
    if (sample && bit_q != 4'd9) data_o <= {rx_q[1], data_o[7:1]};
  end

  always_ff @(posedge clk_i) begin
    count_q <= (count_q == '0) ? CountW'(ClocksPerBit - 1) : count_q - 1'b1;
    if (!rst_ni) begin
      busy_q <= 1'b0;
    end else if (!busy_q) begin
      busy_q  <= !rx_q[1];
      bit_q   <= '0;
      count_q <= CountW'(ClocksPerBit / 2 - 1);
    end else if (sample) begin
      bit_q <= bit_q + 1'b1;
      if (bit_q == '0 ? rx_q[1] : bit_q == 4'd9) busy_q <= 1'b0;
    end
  end
endmodule : uart_rx
