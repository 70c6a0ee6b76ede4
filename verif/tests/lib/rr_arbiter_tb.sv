// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A round-robin arbiter of five and the multiplexer that its grant drives.
module rr_arbiter_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [4:0]  req_i,
  output logic [4:0]  gnt_o,
  input  logic        advance_i,
  input  logic [31:0] data_i[5],
  output logic [31:0] data_o
);
  rr_arbiter #(
    .Inputs(5)
  ) u_arbiter (
    .clk_i,
    .rst_ni,
    .req_i,
    .gnt_o,
    .advance_i
  );

  onehot_mux #(
    .data_t(logic [31:0]),
    .Inputs(5)
  ) u_mux (
    .sel_i(gnt_o),
    .data_i,
    .data_o
  );
endmodule : rr_arbiter_tb
