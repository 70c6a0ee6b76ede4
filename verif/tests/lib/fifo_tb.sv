// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Queues of depth 1 to 4, a skid buffer, and queues of depth 2 to 4 whose head is a register, side by side.
module fifo_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [7:0]  valid_i,
  output logic [7:0]  ready_o,
  input  logic [31:0] data_i[8],
  output logic [7:0]  valid_o,
  input  logic [7:0]  ready_i,
  output logic [31:0] data_o[8]
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

  skid_buffer #(
    .data_t(logic [31:0])
  ) u_skid (
    .clk_i,
    .rst_ni,
    .valid_i(valid_i[4]),
    .ready_o(ready_o[4]),
    .data_i(data_i[4]),
    .valid_o(valid_o[4]),
    .ready_i(ready_i[4]),
    .data_o(data_o[4])
  );

  for (genvar i = 5; i < 8; i++) begin : gen_head
    head_fifo #(
      .data_t(logic [31:0]),
      .Depth(i - 3)
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
