// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The random numbers of 16 lanes, 4 cycles after key and counter.
module counter_rng_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [63:0] key_i,
  input  logic [63:0] counter_i,
  output logic        valid_o,
  output logic [31:0] random_o[16]
);
  logic [4:1] valid_q;
  logic [15:0][23:0] random;

  always_ff @(posedge clk_i) valid_q <= rst_ni ? {valid_q[3:1], valid_i} : '0;

  assign valid_o = valid_q[4];

  counter_rng #(
    .Lanes(16)
  ) u_rng (
    .clk_i,
    .en_i    ({valid_q[3:1], valid_i}),
    .key_i,
    .counter_i,
    .random_o(random)
  );

  for (genvar i = 0; i < 16; i++) begin : gen_lane
    assign random_o[i] = {8'b0, random[i]};
  end
endmodule : counter_rng_tb
