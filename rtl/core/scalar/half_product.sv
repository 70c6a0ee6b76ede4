// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The product of two signed halves, as those with the two parts of the second one: a_i * b_i = low_o + high_o * 2**Low, where the
/// low part has no sign. Combinational. A block of its own in synthesis, because it is deeper than what stands beside it in `muldiv`.
module half_product #(
  parameter int unsigned Half = 32,
  localparam int unsigned Low = Half / 2
) (
  input  logic signed [Half:0]           a_i,
  input  logic signed [Half:0]           b_i,
  output logic signed [Half+Low+1:0]     low_o,
  output logic signed [2*Half-Low+1:0]   high_o
);
  logic signed [Half-Low:0] high;
  logic signed [Low:0] low;

  assign high   = b_i[Half:Low];
  assign low    = {1'b0, b_i[Low-1:0]};
  assign low_o  = a_i * low;
  assign high_o = a_i * high;
endmodule : half_product
