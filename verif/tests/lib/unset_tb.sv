// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// State that nothing sets, and values that nobody defines: what simulation puts in their place must come from the seed.
module unset_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        write_i,
  input  logic [63:0] data_i,
  output logic [63:0] register_o,
  output logic [63:0] entry_o,
  output logic [63:0] undefined_o
);
  logic [63:0] register_q;
  logic [63:0] memory_q[4];

  always_ff @(posedge clk_i) begin
    if (rst_ni && write_i) begin
      register_q  <= data_i;
      memory_q[3] <= data_i;
    end
  end

  assign register_o = register_q;
  assign entry_o = memory_q[3];

  always_comb begin
    undefined_o = 'x;
    if (write_i) undefined_o = data_i;
  end
endmodule : unset_tb
