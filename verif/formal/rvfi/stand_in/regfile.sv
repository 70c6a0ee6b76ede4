// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stands for the registers of a thread in proofs of single instructions: reads give anything, so that operands of any value
/// come from the first instruction on. Only x0 is zero.
module regfile #(
  parameter int unsigned Thread = 0
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // Reads.
  input  logic [4:0]          rs1_i,
  input  logic [4:0]          rs2_i,
  output logic [63:0]         xs1_o,
  output logic [63:0]         xs2_o,
  input  pipe_pkg::xwrite_t   forward_i,
  // Writes, of this thread.
  input  pipe_pkg::xwrite_t   x_i,
  input  pipe_pkg::xwrite_t   load_i,
  input  pipe_pkg::xwrite_t   muldiv_i,
  input  logic                start_i
);
  logic [63:0] any1, any2;  // without a driver: free in every cycle

  assign xs1_o = (rs1_i == '0) ? '0 : any1;
  assign xs2_o = (rs2_i == '0) ? '0 : any2;
endmodule : regfile
