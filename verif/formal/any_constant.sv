// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A value that the solver chooses once, before the first cycle: what is proved with it holds for each value.
module any_constant #(
  parameter int unsigned Width = 1
) (
  input  logic             clk_i,
  output logic [Width-1:0] value_o
);
  logic [Width-1:0] value_q;  // without a reset, so it starts with anything

  always_ff @(posedge clk_i) value_q <= value_q;
  assign value_o = value_q;
endmodule : any_constant
