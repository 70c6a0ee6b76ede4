// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The node board with short bits.
module node_board_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        rx_i,
  output logic        tx_o,
  output logic [7:0]  led_o,
  output logic [31:0] clocks_per_bit_o
);
  localparam int unsigned ClocksPerBit = 6;

  node_board #(
    .ClocksPerBit(ClocksPerBit)
  ) u_dut (
    .clk_i,
    .rst_ni,
    .rx_i,
    .tx_o,
    .led_o
  );

  assign clocks_per_bit_o = ClocksPerBit;
endmodule : node_board_tb
