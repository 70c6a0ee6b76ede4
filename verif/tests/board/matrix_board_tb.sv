// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix board with short bits, and its shape for the test.
module matrix_board_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        rx_i,
  output logic        tx_o,
  output logic [7:0]  led_o,
  output logic [31:0] clocks_per_bit_o,
  output logic [31:0] tiles_o,
  output logic [31:0] rows_o,
  output logic [31:0] cols_o,
  output logic [31:0] simd_bytes_o
);
  localparam int unsigned ClocksPerBit = 16;

  matrix_board #(
    .ClocksPerBit(ClocksPerBit)
  ) u_dut (
    .clk_i,
    .rst_ni,
    .rx_i,
    .tx_o,
    .led_o
  );

  assign clocks_per_bit_o = ClocksPerBit;
  assign tiles_o = cfg_pkg::Threads * cfg_pkg::Accumulators;
  assign rows_o = cfg_pkg::MatrixRows;
  assign cols_o = cfg_pkg::MatrixCols;
  assign simd_bytes_o = cfg_pkg::SimdBytes;
endmodule : matrix_board_tb
