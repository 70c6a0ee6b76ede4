// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// With one input selected the mux gives that input, with none it gives zero.
module onehot_mux_proof #(
  parameter int unsigned Inputs = 6,
  parameter int unsigned Width = 8
) (
  input logic              clk_i,
  input logic              rst_ni,
  input logic [Inputs-1:0] sel_i,
  input logic [Width-1:0]  data_i [Inputs]
);
  logic [Width-1:0] data;

  `TATAMI_FORMAL_RESET

  onehot_mux #(
    .data_t(logic [Width-1:0]),
    .Inputs(Inputs)
  ) u_mux (
    .sel_i,
    .data_i,
    .data_o(data)
  );

  `TATAMI_ASSERT(Idle, sel_i != '0 || data == '0)
  for (genvar i = 0; i < Inputs; i++) begin : gen_input
    `TATAMI_ASSERT(Selected, sel_i != Inputs'(1) << i || data == data_i[i])
    `TATAMI_COVER(Selected, sel_i == Inputs'(1) << i && data != '0)
  end
endmodule : onehot_mux_proof
