// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The arbiter is round robin and nobody starves, for each number of inputs from 1 to `Largest`.
module rr_arbiter_proof #(
  parameter int unsigned Largest = 5
) (
  input logic               clk_i,
  input logic               rst_ni,
  input logic [Largest-1:0] req_i,
  input logic               use_i
);
  `TATAMI_FORMAL_RESET

  for (genvar inputs = 1; inputs <= Largest; inputs++) begin : gen_size
    rr_arbiter_check #(
      .Inputs(inputs)
    ) u_check (
      .clk_i,
      .rst_ni,
      .req_i(req_i[inputs-1:0]),
      .use_i
    );
  end
endmodule : rr_arbiter_proof
