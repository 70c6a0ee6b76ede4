// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Stands for the branch target buffer in proofs of the scalar core: it guesses anything that the real one could say of a
/// window, whatever was trained, so what retires must not depend on it.
module btb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         flush_i,
  // Lookup of the window of an instruction, and its answer one cycle later.
  input  logic [63:2]  lookup_pc_i,
  output logic         taken_o,
  output logic [2:0]   last_o,
  output logic [63:0]  target_o,
  // A branch went elsewhere than the guess.
  input  logic         train_valid_i,
  input  logic         train_taken_i,
  input  logic [63:2]  train_pc_i,
  input  logic [63:0]  train_target_i
);
  logic any_taken;  // without a driver: free in every cycle
  logic [2:0] any_last, last, first_q;
  logic [31:2] guess_target;

  always_ff @(posedge clk_i) first_q <= lookup_pc_i[4:2];

  // Behind a multiplexer what is free is one value for all that read it.
  assign last    = rst_ni ? any_last : '0;
  assign taken_o = rst_ni ? any_taken && last >= first_q : 1'b0;
  assign last_o  = last;
  assign target_o = {32'b0, guess_target, 2'b0};
endmodule : btb
