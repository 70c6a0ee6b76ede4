// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stands for the multiplier and divider in proofs of the scalar core: never used, as no such instruction is fetched
/// (rvfi_core). The unit has proofs of its own.
module muldiv (
  input  logic                clk_i,
  input  logic                rst_ni,
  output logic                ready_o,
  input  logic                valid_i,
  input  isa_pkg::op_e        op_i,
  input  pipe_pkg::thread_t   thread_i,
  input  logic [4:0]          rd_i,
  input  logic [63:0]         xs1_i,
  input  logic [63:0]         xs2_i,
  output logic                done_valid_o,
  output pipe_pkg::xwrite_t   done_o          // valid when there is a register to write
);

  assign ready_o      = 1'b0;
  assign done_valid_o = 1'b0;
  assign done_o       = '0;
endmodule : muldiv
