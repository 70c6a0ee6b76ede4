// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The SIMD unit with a flat operation code and registers that are read as a thread does, and its width for the test.
module simd_unit_tb (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          valid_i,
  input  logic [7:0]                    op_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] b_i,
  input  logic [cfg_pkg::SimdWidth-1:0] c_i,
  input  logic [63:0]                   x_i,
  input  logic [4:0]                    lane_i,
  input  logic [6:0]                    tag_i,
  output logic                          valid_o,
  output logic [6:0]                    tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] data_o,
  output logic [3:0]                    flags_o,
  output logic                          busy_o,
  output logic [31:0]                   simd_bytes_o
);
  isa_pkg::op_e op;
  shuffle_pkg::read_e read;
  assign op   = isa_pkg::op_e'($bits(isa_pkg::op_e)'(op_i));
  assign read = shuffle_pkg::read_of(op);

  simd_unit u_dut (
    .clk_i,
    .rst_ni,
    .valid_i,
    .op_i(simd_pkg::unit_op(op)),
    .a_i (shuffle_pkg::first(read, lane_i[shuffle_pkg::WordIdW-1:0], a_i, b_i)),
    .b_i (shuffle_pkg::second(read, a_i, b_i)),
    .c_i,
    .x_i,
    .tag_i,
    .valid_o,
    .tag_o,
    .data_o,
    .flags_o,
    .busy_o
  );

  assign simd_bytes_o = cfg_pkg::SimdBytes;
endmodule : simd_unit_tb
