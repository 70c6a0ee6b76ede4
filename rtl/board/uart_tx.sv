// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Serial transmitter: 8 data bits, least significant first, no parity, one stop bit. The line is high while idle.
///
/// Throughput: a byte in ten bits; `ready_o` is high when the line is idle.
module uart_tx #(
  /// Clock cycles of a bit, at least 2.
  parameter int unsigned ClocksPerBit = 25
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       valid_i,
  output logic       ready_o,
  input  logic [7:0] data_i,
  output logic       tx_o
);
  localparam int unsigned CountW = $clog2(ClocksPerBit);

  logic [CountW-1:0] count_q;  // further cycles of this bit
  logic [3:0] left_q;          // further bits
  logic [8:0] bits_q;          // data, then the stop bit

  assign ready_o = left_q == '0 && count_q == '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      tx_o    <= 1'b1;
      left_q  <= '0;
      count_q <= '0;
    end else if (count_q != '0) begin
      count_q <= count_q - 1'b1;
    end else if (left_q != '0) begin
      tx_o    <= bits_q[0];
      left_q  <= left_q - 1'b1;
      count_q <= CountW'(ClocksPerBit - 1);
    end else if (valid_i) begin
      tx_o    <= 1'b0;
      left_q  <= 4'd9;
      count_q <= CountW'(ClocksPerBit - 1);
    end
  end

  always_ff @(posedge clk_i) begin
    if (ready_o) bits_q <= {1'b1, data_i};
    else if (count_q == '0) bits_q <= {1'b1, bits_q[8:1]};
  end
endmodule : uart_tx
