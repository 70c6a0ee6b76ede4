// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Queues of depth 1 to 4, and queues of depth 2 to 4 whose head is a register, side by side.
module fifo_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [6:0]  valid_i,
  output logic [6:0]  ready_o,
  input  logic [31:0] data_i[7],
  output logic [6:0]  valid_o,
  input  logic [6:0]  ready_i,
  output logic [31:0] data_o[7]
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

  for (genvar i = 4; i < 7; i++) begin : gen_head
    head_fifo #(
      .data_t(logic [31:0]),
      .Depth(i - 2)
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
