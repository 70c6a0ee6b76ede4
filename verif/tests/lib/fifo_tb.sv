// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Queues of depth 1 to 4 side by side.
module fifo_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [3:0]  valid_i,
  output logic [3:0]  ready_o,
  input  logic [31:0] data_i[4],
  output logic [3:0]  valid_o,
  input  logic [3:0]  ready_i,
  output logic [31:0] data_o[4]
);
  for (genvar i = 0; i < 4; i++) begin : gen_depth
    fifo #(
      .data_t(logic [31:0]),
      .Depth(i + 1)
    ) u_fifo (
      .clk_i,
      .rst_ni,
      .valid_i(valid_i[i]),
      .ready_o(ready_o[i]),
      .data_i(data_i[i]),
      .valid_o(valid_o[i]),
      .ready_i(ready_i[i]),
      .data_o(data_o[i])
    );
  end
endmodule : fifo_tb
